// An OpenID provider, at the paths and with the manners of an Okta org on 127.0.0.1.
//
//   node org.mjs < SETTINGS     prints its URL, and ends with its standard input
//
// The first line of standard input is JSON: `scopes` that the server knows, the `api` that holds
// the resources, and `clients`, each with `id`, `redirect_uris`, `secret`, the scopes `granted`, and
// the `manner` in which it goes wrong: "downscoping", "dpop", "unassigned", or one of REFUSALS.
//
// What Okta says where the provider says something else stands in okta() and page(); their sources
// are Okta's OpenAPI document of its OAuth endpoints and support.okta.com.
import { generateKeyPairSync } from 'node:crypto';
import http from 'node:http';
import readline from 'node:readline';
import { jwtVerify } from 'jose';
import Provider, { errors, interactionPolicy } from 'oidc-provider';

const lines = readline.createInterface({ input: process.stdin });
const settings = JSON.parse(await new Promise((resolve) => { lines.once('line', resolve); }));
lines.on('close', () => process.exit(0));

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
// A connection that is kept must not be closed while a slow machine makes up its mind.
const server = http.createServer({ keepAliveTimeout: 120_000 });
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const url = `http://127.0.0.1:${server.address().port}`;
const clients = new Map(settings.clients.map((client) => [client.id, client]));
const scopesOf = (text) => (text ? text.split(' ') : []);

const registered = (client) => ({
    client_id: client.id,
    client_secret: client.secret ?? undefined,
    redirect_uris: client.redirect_uris,
    // Native clients of the provider may use any loopback port; Okta's may not.
    application_type: 'web',
    token_endpoint_auth_method: client.secret ? 'client_secret_post' : 'none',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    dpop_bound_access_tokens: client.manner === 'dpop',
});

// A scope is granted to the app once, by an admin; the person who signs in is not asked.
const grantOf = async (ctx) => {
    const { client, session, params } = ctx.oidc;
    const granted = new Set(clients.get(client.clientId).granted);
    const allowed = scopesOf(params.scope).filter((scope) => granted.has(scope)).join(' ');
    const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
    grant.addOIDCScope(allowed);
    grant.addResourceScope(url, allowed);
    await grant.save();
    return grant;
};

// Before anyone signs in: what the app may not do, an unknown scope, and one that is not granted.
const REFUSALS = {
    denied: () => new errors.AccessDenied('Policy evaluation failed for this request.'),
    flow: () => new errors.UnauthorizedClient('The client is not authorized to use this flow.'),
    consent: () => new errors.ConsentRequired('You are not allowed any of the requested scopes.'),
    puzzled: () => new errors.InvalidRequest('The request is missing something.'),
};
const refusal = (ctx) => {
    const asked = scopesOf(ctx.oidc.params.scope);
    const { granted, manner } = clients.get(ctx.oidc.client.clientId);
    if (manner in REFUSALS) return REFUSALS[manner]();
    if (asked.some((scope) => !settings.scopes.includes(scope))) {
        return new errors.InvalidScope('Custom scopes are not allowed for this request.');
    }
    if (manner !== 'downscoping' && asked.some((scope) => !granted.includes(scope))) {
        return new errors.InvalidScope('One or more scopes are not granted to the client.');
    }
    return undefined;
};
const policy = interactionPolicy.base();
policy.remove('consent');
policy.get('login').checks.unshift(new interactionPolicy.Check('scopes', '', (ctx) => {
    const error = refusal(ctx);
    if (error) throw error;
    return false;
}));

const page = (error) => `<!DOCTYPE html><html><head><title>400 Bad Request</title></head><body>
<h1>400</h1><p>Your request resulted in an error. ${{
    invalid_redirect_uri: "The 'redirect_uri' parameter must be a Login redirect URI in the client "
        + 'app settings.',
    invalid_client: "Invalid value for 'client_id' parameter.",
}[error] ?? ''}</p></body></html>`;

const okta = (ctx) => {
    const { error } = ctx.body ?? {};
    if (error === 'invalid_grant' && ctx.oidc.client?.dpopBoundAccessTokens && !ctx.get('DPoP')) {
        ctx.body = { error: 'invalid_dpop_proof', error_description: 'The DPoP proof JWT header is missing.' };
    } else if (error === 'invalid_client') {
        ctx.status = 401;
        ctx.body = oktaError('invalid_client', "Invalid value for 'client_id' parameter.");
    }
};

const oktaError = (errorCode, errorSummary) => ({
    errorCode, errorSummary, errorLink: errorCode, errorId: 'oae-example', errorCauses: [],
});

const provider = new Provider(url, {
    clients: settings.clients.map(registered),
    scopes: settings.scopes,
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    jwks: { keys: [privateKey.export({ format: 'jwk' })] },
    cookies: { keys: ['of a test'] },
    pkce: { required: () => true },
    routes: {
        authorization: '/oauth2/v1/authorize',
        token: '/oauth2/v1/token',
        jwks: '/oauth2/v1/keys',
        userinfo: '/oauth2/v1/userinfo',
    },
    features: {
        devInteractions: { enabled: false },
        resourceIndicators: {
            defaultResource: () => url,
            useGrantedResource: () => true,
            getResourceServerInfo: () => ({
                scope: settings.scopes.join(' '),
                audience: url,
                accessTokenFormat: 'jwt',
                accessTokenTTL: 3600,
                jwt: { sign: { alg: 'RS256' } },
            }),
        },
    },
    formats: {
        customizers: {
            jwt(ctx, token, { payload }) {
                payload.scp = scopesOf(payload.scope);
                delete payload.scope;
            },
        },
    },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: { policy, url: (ctx, { uid }) => `/signin/${uid}` },
    loadExistingGrant: grantOf,
    renderError: (ctx, { error }) => {
        ctx.type = 'html';
        ctx.body = page(error);
    },
    ttl: { AccessToken: 3600, AuthorizationCode: 300, Grant: 3600, Interaction: 600, Session: 3600 },
});
provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route === 'token') okta(ctx);
});

// The page that a person sees: a name, a password, a button.
const signIn = async (request, response) => {
    const { params } = await provider.interactionDetails(request, response);
    if (request.method === 'GET') {
        response.setHeader('Content-Type', 'text/html');
        response.end('<form method="post"><input name="username"><input name="password" '
            + 'type="password"><button>Sign in</button></form>');
        return;
    }
    const result = clients.get(params.client_id).manner === 'unassigned'
        ? { error: 'access_denied', error_description: 'User is not assigned to the client application.' }
        : { login: { accountId: 'ada@example.com' } };
    await provider.interactionFinished(request, response, result);
};

const say = (response, status, body) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
};

// The resources: a token that this server has signed goes on to the API, which looks at its scopes.
const resources = async (request, response) => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    try {
        await jwtVerify(token, publicKey, { issuer: url, audience: url, algorithms: ['RS256'] });
    } catch {
        say(response, 401, oktaError('E0000011', 'Invalid token provided'));
        return;
    }
    const { method, headers } = request;
    const options = { method, headers, agent: false };
    const onward = http.request(`${settings.api}${request.url}`, options, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
    });
    onward.on('error', (error) => say(response, 502, oktaError('E0000009', String(error))));
    request.pipe(onward);
};

const callback = provider.callback();
server.on('request', (request, response) => {
    const { pathname, searchParams } = new URL(request.url, url);
    const client = searchParams.get('client_id');
    if (pathname.startsWith('/signin/')) {
        signIn(request, response).catch((error) => say(response, 400, oktaError('E0000001', String(error))));
    } else if (pathname === '/.well-known/okta-organization') {
        say(response, 200, { id: '00oexample', pipeline: 'idx', _links: { organization: { href: url } } });
    } else if (pathname === '/.well-known/openid-configuration' && client && !clients.has(client)) {
        say(response, 400, oktaError('invalid_client', "Invalid value for 'client_id' parameter."));
    } else if (pathname.startsWith('/oauth2/') || pathname.startsWith('/.well-known/')) {
        callback(request, response);
    } else {
        resources(request, response);
    }
});
console.log(url);
