"""What endpoints take, and what they are about."""

from __future__ import annotations

import pytest

from okta_postman.okta.endpoints import accept_header, reason_against_bearer, resource


@pytest.mark.parametrize(
    ("path", "takes_one"),
    [
        ("/api/v1/users", True),
        ("/oauth2/v1/clients", True),
        ("/oauth2/v1/userinfo", True),
        ("/api/v1/authn", False),
        ("/api/v1/authn/factors/{factorId}/verify", False),
        ("/api/v1/authenticators", True),
        ("/oauth2/v1/token", False),
        ("/oauth2/{authorizationServerId}/v1/token", False),
        ("/oauth2/default/v1/introspect", False),
        ("/oauth2/v1/keys", False),
        ("/.well-known/okta-organization", False),
        ("/oauth2/default/.well-known/openid-configuration", False),
    ],
)
def test_some_endpoints_take_no_bearer_token(path: str, takes_one: bool) -> None:  # noqa: FBT001
    assert (reason_against_bearer(path) is None) == takes_one


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/api/v1/users/{userId}/lifecycle/activate", "Users"),
        ("/api/v1/logStreams/{id}", "Log streams"),
        ("/api/v1/api-tokens", "API tokens"),
        ("/api/v1/iam/roles", "IAM"),
        ("/oauth2/v1/clients/{clientId}", "Clients"),
        ("/idp/myaccount/emails", "MyAccount"),
        ("/integrations/api/v1/api-services", "API services"),
        ("/{everything}", "Other"),
    ],
)
def test_a_path_is_about_its_first_own_segment(path: str, title: str) -> None:
    assert resource(path) == title


def test_accept_is_versioned_for_myaccount_only() -> None:
    assert accept_header("/api/v1/users") == "application/json"
    assert accept_header("/idp/myaccount/profile") == "application/json; okta-version=1.0.0"
