[# Runs after a response. Runners report the name of a failing test, so it says what to do next. #]
const status = pm.response.code;
const challenge = status && pm.response.headers.get("WWW-Authenticate") || "";
const answer = body();

if (status >= 200 && status < 300) {
  pm.test("Okta accepted the request (" + status + ")", function () {});
} else {
  pm.test(explanation(), function () { throw new Error("Okta returned " + status + "."); });
}

function explanation() {
  if (status >= 300 && status < 400) {
    return "Okta redirected the request (" + status + "): check the variable baseUrl";
  }
  const explain = { 401: unauthorized, 403: forbidden, 429: limited, undefined: unreachable }[status];
  return explain ? explain() : "Okta returned " + status + ": " + summary();
}

function unreachable() {
  return "No response: check the variable baseUrl and the network connection";
}

function unauthorized() {
[% if public %]
  if (pm.request.auth && pm.request.auth.type === "noauth") {
    return "This endpoint isn't public, as the manifest has it: list it under its scope there";
  }
[% endif %]
  const sent = (pm.request.headers.get("Authorization") || "").replace(/^Bearer\s*/, "");
  const why = sent && sent.indexOf("{{") < 0
    ? "The access token is invalid, expired or from another org"
    : "No access token was sent";
  return why + ": get one on the Authorization tab,"
    + " or set accessToken in newman or the Postman CLI";
}

function forbidden() {
  if (/insufficient_scope/.test(challenge)) {
    const scope = /[\s,]scope="([^"]*)"/.exec(challenge);
    return "The access token lacks the scope " + (scope ? scope[1] : "that this request needs")
      + ": grant it to the app under Okta API Scopes, then get a new token";
  }
  if (answer.errorCode === "E0000006") {
    return "The admin role of the user who signed in doesn't allow this request (E0000006): ask an admin for a role that does";
  }
  return "Okta refused the request (403): " + summary();
}

function limited() {
  const reset = Number(pm.response.headers.get("X-Rate-Limit-Reset"));
  return "Too many requests (429)" + (reset ? ": try again after " + new Date(reset * 1000).toISOString() : "");
}

function body() {
  try {
    return Object(pm.response.json());
  } catch (error) {
    return {};
  }
}

function summary() {
  return answer.errorCode ? answer.errorSummary + " (" + answer.errorCode + ")" : challenge || pm.response.status;
}
