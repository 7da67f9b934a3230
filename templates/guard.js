[# Runs before a request, and stops it only for what is certain to fail. Runners go on after a   #]
[# throw and say nothing about a skip: only a failing test and a skip together stop the request  #]
[# and fail the run. Auth that a request inherits is invisible here, and so is its token: then   #]
[# nothing is certain about it, and the script after the response explains what Okta answers.    #]
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
    return "The access token has expired: get a new one, and empty the variable accessToken if it holds the old";
  }
  const has = Array.isArray(claims.scp) ? claims.scp : null;
  const lacking = resolved(auth.get("scope")).split(" ").filter(function (scope) {
    return has && scope && has.indexOf(scope) < 0;
  });
  return lacking.length
    ? "The access token lacks " + lacking.join(" ") + ": get one for this request; it has " + has.join(" ")
    : null;
}

function resolved(text) {
  return pm.variables.replaceIn(String(text || "")).trim();
}

// A JWT can be read; of any other token nothing is known. Okta's has its scopes in `scp`.
function claimsOf(token) {
  const parts = token.split(".");
  try {
    const base64 = parts[1].replace(/-/g, "+").replace(/_/g, "/");
    return parts.length === 3 ? Object(JSON.parse(Buffer.from(base64, "base64").toString("utf8"))) : null;
  } catch (error) {
    return null;
  }
}
