[# Runs before a request, and stops it only if it is certain to fail. Runners continue after an  #]
[# exception and don't report a skipped request, so a failing test and a skip are both needed to #]
[# stop the request and fail the run. A script can't see auth that a request inherits, or its    #]
[# token. Such a request is sent, and the script after the response explains Okta's response.    #]
const auth = pm.request.auth && pm.request.auth.type === "oauth2" ? pm.request.auth.parameters() : null;

const obstacle = emptyVariable() || unfitToken();
if (obstacle) {
  pm.test(obstacle, function () { throw new Error("The request was not sent."); });
  pm.execution.skipRequest();
}

function emptyVariable() {
  const names = (pm.request.url.path || []).reduce(function (found, segment) {
    const whole = /^:(.+)/.exec(segment);
    return found.concat(whole ? whole[1] : String(segment).match(/\{\{[^{}]+\}\}/g) || []);
  }, []);
  const empty = names.find(function (name) {
    const value = resolved(/^\{\{/.test(name) ? name : pm.request.url.variables.get(name));
    return value === "" || value.indexOf("{{") >= 0;
  });
  return empty && "The path variable " + empty.replace(/[{}]/g, "") + " is empty: give it a value in the environment";
}

function unfitToken() {
  const claims = auth && claimsOf(resolved(auth.get("accessToken")));
  if (!claims) {
    return null;
  }
  if (claims.exp * 1000 <= Date.now()) {
    return "The access token has expired: get a new one, and clear accessToken if it holds the old one";
  }
  const has = Array.isArray(claims.scp) ? claims.scp : null;
  const lacking = resolved(auth.get("scope")).split(" ").filter(function (scope) {
    return has && scope && has.indexOf(scope) < 0;
  });
  return lacking.length
    ? "The access token lacks " + lacking.join(" ") + ": get a new one for this request; the current token has " + has.join(" ")
    : null;
}

function resolved(text) {
  return pm.variables.replaceIn(String(text || "")).trim();
}

// Only a JWT can be read. Okta's access tokens list their scopes in `scp`.
function claimsOf(token) {
  const parts = token.split(".");
  try {
    const base64 = parts[1].replace(/-/g, "+").replace(/_/g, "/");
    return parts.length === 3 ? Object(JSON.parse(Buffer.from(base64, "base64").toString("utf8"))) : null;
  } catch (error) {
    return null;
  }
}
