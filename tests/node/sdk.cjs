// Prints what the postman-collection SDK makes of a collection: node sdk.cjs COLLECTION [ENVIRONMENT]
'use strict';
const fs = require('node:fs');
const { Collection, Property, Url, VariableScope } = require('postman-collection');

const read = (path) => JSON.parse(fs.readFileSync(path, 'utf8'));
const text = (description) => (description ? String(description.content ?? description) : '');
const pairs = (list) => list.all().map((one) => [one.key, one.value ?? null]);

const collection = new Collection(read(process.argv[2]));
const environment = new VariableScope(process.argv[3] ? read(process.argv[3]) : {});
const scopes = [environment.values, collection.variables];
const substituted = (value) => Property.replaceSubstitutionsIn(value, scopes);

const folders = (item) => {
    const names = [];
    for (let up = item.parent(); up && up !== collection; up = up.parent()) {
        names.unshift(up.name);
    }
    return names;
};

const sentUrl = (url) => {
    const plain = new Url(substituted(url.toJSON()));
    return (plain.protocol ? plain.protocol + '://' : '') + plain.getRemote() + plain.getPathWithQuery();
};

// The SDK's own toString fills in the path variables.
const writtenUrl = (url) => {
    const query = url.query.count() ? '?' + url.getQueryString() : '';
    return (url.protocol ? url.protocol + '://' : '') + url.getRemote() + url.getPath(true) + query;
};

const authOf = (auth) => {
    const raw = Object.fromEntries(auth ? pairs(auth.parameters()) : []);
    return { type: auth ? auth.type : null, parameters: substituted(raw), unresolved: raw };
};

const bodyOf = (body) => ({
    mode: body?.mode ?? null,
    raw: body && body.mode === 'raw' ? body.raw : null,
    urlencoded: body && body.mode === 'urlencoded' ? pairs(body.urlencoded) : [],
});

const requestOf = (item) => ({
    folders: folders(item),
    id: item.id,
    name: item.name,
    method: item.request.method,
    url: writtenUrl(item.request.url),
    sent_url: sentUrl(item.request.url),
    query: pairs(item.request.url.query),
    path_variables: pairs(item.request.url.variables),
    headers: pairs(item.request.headers),
    body: bodyOf(item.request.body),
    description: text(item.request.description),
    own_auth: Boolean(item.request.auth),
    auth: authOf(item.getAuth()),
});

const requests = [];
collection.forEachItem((item) => requests.push(requestOf(item)));
console.log(JSON.stringify({
    name: collection.name, description: text(collection.description), requests,
}));
