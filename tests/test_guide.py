"""The steps of Okta's guide "Get an access token and make a request", for every sample request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from okta_postman.manifest.model import Environment, Request
from tests.support.postman import SdkRequest, sdk
from tests.support.samples import SAMPLES, Sample, sample


@dataclass(frozen=True)
class Case:
    """A request as described and as Postman reads it, in one environment."""

    sample: Sample
    environment: Environment
    described: Request
    read: SdkRequest

    @property
    def field(self) -> dict[str, Any]:
        """The OAuth 2.0 block that is in force, variables filled in."""
        return dict(self.read.auth.parameters)


# Source: developer.okta.com/docs/guides/implement-oauth-for-okta, steps 1 to 6 of the request in
# Postman. Each line is a thing that a person would otherwise choose or type by hand.
STEPS: dict[str, Callable[[Case], bool]] = {
    "1. the method and path are those of the endpoint": lambda case: (
        case.read.method == case.described.endpoint.method
        and case.read.url.partition("?")[0].endswith(
            "/".join(
                f":{part[1:-1]}" if part.startswith("{") else part
                for part in case.described.endpoint.path.split("/")
            )
        )
    ),
    "2. no SSWS header, and no Authorization header at all": lambda case: (
        all(name.lower() != "authorization" for name, _ in case.read.headers)
        and "SSWS" not in case.sample.collection.read_text(encoding="utf-8")
    ),
    "3. the type is OAuth 2.0": lambda case: case.read.auth.type == "oauth2",
    "4. the token has a name": lambda case: case.field["tokenName"].startswith(
        case.sample.description.name
    ),
    "5. the grant type is Authorization Code (With PKCE)": lambda case: (
        case.field["grant_type"] == "authorization_code_with_pkce"
    ),
    "6. the callback URL is the description's redirect URI": lambda case: (
        case.field["redirect_uri"] == case.environment.redirect_uri
    ),
    "6. the auth URL is the org authorization server's": lambda case: (
        case.field["authUrl"] == f"{case.environment.org}/oauth2/v1/authorize"
    ),
    "6. the access token URL is the org authorization server's": lambda case: (
        case.field["accessTokenUrl"] == f"{case.environment.org}/oauth2/v1/token"
    ),
    "6. the code challenge method is SHA-256": lambda case: (
        case.field["challengeAlgorithm"] == "S256"
    ),
    "6. the code verifier is empty": lambda case: case.field["code_verifier"] == "",
    "6. the client id is the app's": lambda case: (
        case.field["clientId"] == case.environment.app.client_id
    ),
    "6. the scope is exactly what is needed": lambda case: (
        case.field["scope"] == case.sample.scope_asked(case.described)
    ),
    "6. the state is alphanumeric and not empty": lambda case: case.field["state"].isalnum(),
    "6. client credentials go in the body": lambda case: (
        case.field["client_authentication"] == "body"
    ),
    "7. a secret is asked for only by a web app, and has no value": lambda case: (
        case.field.get("clientSecret", "") == ""
        and ("clientSecret" in case.field) == (case.environment.app.type == "web")
    ),
    "8. the token goes into the Authorization header": lambda case: (
        (case.field["addTokenTo"], case.field["headerPrefix"]) == ("header", "Bearer")
    ),
}


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def cases(request: pytest.FixtureRequest) -> list[Case]:
    """Every request of a sample in every environment, as the SDK reads the committed files."""
    path: Path = request.param
    chosen = sample(path)
    described = {each.name: each for each in chosen.description.requests}
    return [
        Case(chosen, environment, described[read.name], read)
        for environment, file in zip(
            chosen.description.environments, chosen.environments, strict=True
        )
        for read in sdk(chosen.collection, file).requests
    ]


@pytest.mark.parametrize("step", STEPS)
def test_the_guide_holds(step: str, cases: list[Case]) -> None:
    wrong = [
        f"{case.environment.name}: {case.read.name}" for case in cases if not STEPS[step](case)
    ]

    assert len(cases) == len(cases[0].sample.description.requests) * len(
        cases[0].sample.description.environments
    )
    assert wrong == []
