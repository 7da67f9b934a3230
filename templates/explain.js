[# Runs after a response: the name of the failing test says what to do, in every runner's report. #]
const status = pm.response.code;
const challenge = status && pm.response.headers.get("WWW-Authenticate") || "";
const answer = body();

if (status >= 200 && status < 300) {
  pm.test("Okta accepted the request (" + status + ")", function () {});
} else {
  pm.test(explanation(), function () { throw new Error("Okta answered " + status + "."); });
}

function explanation() {
  if (status >= 300 && status < 400) {
    return "Okta redirects elsewhere (" + status + "): look at the variable baseUrl";
  }
  const explain = { 401: unauthorized, 403: forbidden, 429: limited, undefined: unreachable }[status];
  return explain ? explain() : "Okta answered " + status + ": " + summary();
}

function unreachable() {
  return "No answer: look at the variable baseUrl and at the network";
}

function unauthorized() {
  const sent = (pm.request.headers.get("Authorization") || "").replace(/^Bearer\s*/, "");
  const why = sent && sent.indexOf("{{") < 0
    ? "The access token is not valid any more, or not for this org"
    : "No access token was sent";
  return why + ": press Get New Access Token and Use Token on the Authorization tab"
    + " of what holds the OAuth 2.0 settings; newman and the Postman CLI take it from the variable accessToken";
}

function forbidden() {
  if (/insufficient_scope/.test(challenge)) {
    const scope = /[\s,]scope="([^"]*)"/.exec(challenge);
    return "The access token lacks the scope " + (scope ? scope[1] : "that this request needs")
      + ": grant it to the app under Okta API Scopes, then get a new token";
  }
  if (answer.errorCode === "E0000006") {
    return "The admin role of the user who signed in does not allow this (E0000006); the scope is not what is missing";
  }
  return "Okta forbids this (403): " + summary();
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
