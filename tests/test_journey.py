"""From a generated file to an answer of 200, through a real authorization server.

oidc-provider plays the org: it signs people in, checks clients, redirect URIs, scopes and PKCE,
signs tokens, and hands what comes with a token of its own on to an API that enforces the scopes.
"""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import pytest

from tests.support.postman import Run, SdkRequest, postman_cli, sdk
from tests.support.provider import SECRET, Client, provider
from tests.support.samples import SAMPLES, Sample, sample
from tests.support.stub_org import StubOrg, stub_org
from tests.support.token import Signed, SignInFailed, signed_in
from tests.support.tokens import claims_of, scopes_of

CHOSEN = [sample(path) for path in SAMPLES]
SCOPE_SETS = {each.scopes for chosen in CHOSEN for each in chosen.description.requests}
GRANTED = sorted({scope for scopes in SCOPE_SETS for scope in scopes})
NOT_GRANTED = "okta.devices.manage"
OK, FORBIDDEN = 200, 403


@dataclass(frozen=True)
class Step:
    """A request in an environment: what Postman reads, the sign-in, and what the API answered."""

    environment: int
    request: SdkRequest
    signed: Signed
    status: int
    sent_header: str


@dataclass
class Journey:
    """A sample, the org it is pointed at, and its files there."""

    sample: Sample
    url: str
    api: StubOrg
    folder: Path

    def file(self, path: Path, change: Callable[[str], str] = str) -> Path:
        """A committed file; nothing in it is another than the org's URL, and what is changed."""
        text = path.read_text(encoding="utf-8")
        for environment in self.sample.description.environments:
            text = text.replace(environment.org, self.url)
        (self.folder / path.name).write_text(change(text), encoding="utf-8")
        return self.folder / path.name

    @property
    def collection(self) -> Path:
        return self.file(self.sample.collection)

    @cached_property
    def read(self) -> list[tuple[SdkRequest, ...]]:
        """The requests as Postman's SDK reads them, for each environment."""
        files = map(self.file, self.sample.environments)
        return [sdk(self.collection, environment).requests for environment in files]

    @cached_property
    def steps(self) -> list[Step]:
        """Every request of every environment, signed in for by itself and sent."""
        return [
            self._step(place, request)
            for place, requests in enumerate(self.read)
            for request in requests
        ]

    @cached_property
    def tokens(self) -> dict[tuple[str, ...], str]:
        """A token for every scope set of every sample, and for what this sample asks for."""
        own = self.sample.description.token_scopes
        fields = filled(self.read[0][0])
        sets = sorted({*SCOPE_SETS, *own})
        return {each: signed_in({**fields, "scope": " ".join(each)}).token for each in sets}

    def _step(self, place: int, request: SdkRequest) -> Step:
        signed = signed_in(filled(request))
        status = sent(request, signed.token)
        return Step(place, request, signed, status, self.api.seen[-1].headers["authorization"])


def filled(request: SdkRequest) -> dict[str, str]:
    """The fields of the OAuth 2.0 block; a person has typed the secret, if there is a field."""
    fields = dict(request.auth.parameters)
    return fields | ({"clientSecret": SECRET} if "clientSecret" in fields else {})


def sent(request: SdkRequest, token: str) -> int:
    """The status of a request that is sent with a token."""
    parts = urlsplit(request.sent_url)
    # A path variable that a person has to fill in is still `:appId`.
    target = quote(f"{parts.path.replace(':', 'some-')}?{parts.query}", safe="/?&=%")
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    connection.request(request.method, target, "", {"Authorization": f"Bearer {token}"})
    status = connection.getresponse().status
    connection.close()
    return status


def clients(chosen: Sample) -> Iterator[Client]:
    """The app of each environment, with its redirect URI and the scopes of all samples."""
    for environment in chosen.description.environments:
        secret = SECRET if environment.app.type == "web" else None
        yield Client(environment.app.client_id, (environment.redirect_uri,), tuple(GRANTED), secret)


@pytest.fixture(scope="module", params=CHOSEN, ids=lambda each: each.path.stem)
def journey(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Journey]:
    chosen: Sample = request.param
    with (
        stub_org(chosen.scope_map) as api,
        provider([*GRANTED, NOT_GRANTED], clients(chosen), api.url) as url,
    ):
        yield Journey(chosen, url, api, tmp_path_factory.mktemp("journey"))


def expiry(step: Step) -> int:
    claims = claims_of(step.signed.token) or {}
    return int(claims["exp"]) - int(claims["iat"])


# Source: developer.okta.com/docs/guides/implement-oauth-for-okta, the steps in Postman; steps 1 to
# 6, which are read from the files alone, stand in test_guide.
STEPS: dict[str, Callable[[Journey, Step], bool]] = {
    "7. signing in ends at the callback URL": lambda journey, step: step.signed.ended_at.startswith(
        journey.sample.description.environments[step.environment].redirect_uri + "?"
    ),
    "7. the token has exactly the scopes requested": lambda _, step: (
        scopes_of(step.signed.token) == frozenset(step.request.auth.parameters["scope"].split())
    ),
    "7. the token is a bearer token of the org for one hour": lambda journey, step: (
        (step.signed.answer["token_type"], step.signed.answer["expires_in"]) == ("Bearer", 3600)
        and expiry(step) == 3600
        and (claims_of(step.signed.token) or {})["iss"] == journey.url
    ),
    "8. the token is used in the header of the request": lambda _, step: (
        step.sent_header == f"Bearer {step.signed.token}"
    ),
    "9. the request is answered with 200": lambda _, step: step.status == OK,
}


@pytest.mark.parametrize("name", STEPS)
def test_the_guide_ends_well_for_every_request(name: str, journey: Journey) -> None:
    description = journey.sample.description
    wrong = [step.request.name for step in journey.steps if not STEPS[name](journey, step)]

    assert len(journey.steps) == len(description.requests) * len(description.environments)
    assert wrong == []


def test_a_token_opens_what_it_has_the_scopes_for_and_nothing_else(journey: Journey) -> None:
    needed = {each.name: set(each.scopes) for each in journey.sample.description.requests}
    for scopes, token in journey.tokens.items():
        for request in journey.read[0]:
            expected = OK if needed[request.name] <= set(scopes) else FORBIDDEN
            assert sent(request, token) == expected, (scopes, request.name)


def without_scripts(text: str) -> str:
    """A collection whose requests are sent whatever becomes of them."""
    data = json.loads(text)
    waiting: list[dict[str, Any]] = [data]
    while waiting:
        each = waiting.pop()
        each.pop("event", None)
        waiting += each.get("item", [])
    return json.dumps(data)


def in_the_postman_cli(
    journey: Journey, tokens: Mapping[tuple[str, ...], str], collection: Path
) -> tuple[Run, list[tuple[tuple[str, ...], str, int | None]]]:
    """One run with all of some tokens: scopes, request and status of each request."""
    environment = journey.file(journey.sample.environments[0])
    turns = [{"accessToken": token} for token in tokens.values()]
    run = postman_cli(collection, environment, journey.sample.blanks(), turns)
    count = len(journey.sample.description.requests)
    assert len(run.executed) == count * len(tokens), run.output
    return run, [
        (scopes, name, status)
        for place, scopes in enumerate(tokens)
        for name, status in run.executed[place * count : (place + 1) * count]
    ]


def test_the_postman_cli_gets_200_with_the_token_of_a_request_and_403_with_any_other(
    journey: Journey,
) -> None:
    needed = {each.name: set(each.scopes) for each in journey.sample.description.requests}
    collection = journey.file(journey.sample.collection, without_scripts)

    _, answers = in_the_postman_cli(journey, journey.tokens, collection)

    wrong = [
        answer
        for answer in answers
        if answer[2] != (OK if needed[answer[1]] <= set(answer[0]) else FORBIDDEN)
    ]
    assert wrong == []
    assert {name for _, name, status in answers if status == OK} == set(needed)


def test_with_its_scripts_only_what_the_token_is_for_succeeds_in_the_postman_cli(
    journey: Journey,
) -> None:
    needed = {each.name: set(each.scopes) for each in journey.sample.description.requests}
    asked = {each: journey.tokens[each] for each in journey.sample.description.token_scopes}

    run, answers = in_the_postman_cli(journey, asked, journey.collection)

    opened = [name for scopes, name, _ in answers if needed[name] <= set(scopes)]
    assert [name for _, name, status in answers if status == OK] == opened
    assert {*opened} == set(needed)
    assert len(run.failures) == len(answers) - len(opened)


def test_a_token_that_the_org_has_not_signed_opens_nothing(journey: Journey) -> None:
    request = journey.read[0][0]
    head, claims, _ = journey.tokens[min(journey.sample.description.token_scopes)].split(".")
    assert sent(request, f"{head}.{claims}.{'A' * 342}") == 401


class Broken(NamedTuple):
    """What is wrong in a copy of a sample's files: the key, its new value, and how it fails."""

    key: str
    value: str
    error: str


BROKEN = {
    "a redirect URI with a slash too many": Broken("redirectUri", r"\2/", "the org's own page"),
    "a client id of another org": Broken("clientId", "0oaother123456789012", "the org's own page"),
    "a scope that is not granted": Broken("scope", NOT_GRANTED, "invalid_scope"),
    "a scope that Okta does not have": Broken("scope", "okta.users.write", "invalid_scope"),
    "a plain challenge": Broken("challengeAlgorithm", "plain", "invalid_request"),
    "no challenge": Broken("challengeAlgorithm", "", "invalid_request"),
}


@pytest.mark.parametrize("journey", CHOSEN[:1], ids=["one sample"], indirect=True)
@pytest.mark.parametrize("broken", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_copy_gets_no_token(journey: Journey, broken: Broken) -> None:
    def changed(text: str) -> str:
        pattern = rf'("key": "{broken.key}",\s+"value": )"([^"{{]+)"'
        return re.sub(pattern, rf'\1"{broken.value}"', text)

    collection = journey.file(journey.sample.collection, changed)
    environment = journey.file(journey.sample.environments[0], changed)
    request = sdk(collection, environment).requests[0]
    assert request.auth != journey.read[0][0].auth

    with pytest.raises(SignInFailed, match=broken.error):
        signed_in(filled(request))
