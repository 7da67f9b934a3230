"""Endpoints that need no scope: with any token, or without one."""

from __future__ import annotations

import pytest

from okta_postman.commands.check import check
from okta_postman.manifest import write
from okta_postman.manifest.model import Manifest
from tests.support.manifests import ALBUMS, codes, manifest, problems

HEAD = ALBUMS.partition("scopes:")[0]


def test_a_request_knows_whether_it_needs_a_scope_and_a_token() -> None:
    read = [(each.endpoint.path, each.scopes, each.public) for each in manifest(ALBUMS).requests]
    assert read == [("/me", ("user-read",), False), ("/albums", (), False), ("/health", (), True)]


def test_requests_are_in_the_order_of_the_file() -> None:
    text = f"{HEAD}public: [GET /health]\nscopes: {{user-read: [GET /me]}}\n"
    assert [each.endpoint.path for each in manifest(text).requests] == ["/health", "/me"]


def test_no_endpoint_has_to_need_a_scope() -> None:
    only = manifest(f"{HEAD}token_only: [GET /albums]\n")
    assert only.token_scopes == ((),)


def test_tokens_are_requested_for_requests_that_need_one() -> None:
    assert manifest(ALBUMS).token_scopes == (("user-read",), ())


def test_any_token_is_enough_for_an_endpoint_that_is_under_a_scope_as_well() -> None:
    (only,) = manifest(f"{HEAD}scopes: {{write: [GET /a]}}\ntoken_only: [GET /a]\n").requests
    assert (only.scopes, only.alternatives) == ((), (("write",),))


def test_an_endpoint_is_public_and_needs_a_token_only_in_two_requests_with_names() -> None:
    named = "{{request: GET /a, name: {}}}"
    text = f"{HEAD}scopes: {{read: [{named.format('Mine')}]}}\npublic: [{named.format('All')}]\n"
    assert [each.public for each in manifest(text).requests] == [False, True]
    assert codes(text.replace(named.format("All"), "GET /a")) == ["R043"]


@pytest.mark.parametrize("server", ["org", "default"])
def test_only_the_org_authorization_server_refuses_a_request_without_a_scope(server: str) -> None:
    text = f"""
version: 1
name: A
org: https://acme.okta.com
authorization_server: {server}
app: {{client_id: 0oan47pj9BsB30h7}}
redirect_uri: https://oauth.pstmn.io/v1/callback
token_only: [GET /a]
"""
    assert codes(text) == (["R044"] if server == "org" else [])


def test_what_okta_calls_public_can_be_listed_as_public() -> None:
    okta = "version: 1\nname: A\norg: https://acme.okta.com\napp: {client_id: 0oan47pj9BsB30h7}\n"
    okta += "redirect_uri: https://oauth.pstmn.io/v1/callback\n"
    text = f"{okta}scopes: {{openid: [GET /oauth2/v1/userinfo]}}\npublic: [GET /oauth2/v1/keys]\n"
    assert problems(text) == ()
    assert manifest(text).requests[1].name == "OAuth keys"


def test_a_manifest_is_written_as_it_was_read() -> None:
    read = manifest(ALBUMS)
    entries = (
        (() if each.public else (each.scopes,), write.request_to_entry(each))
        for each in read.requests
    )
    head = write.head(read.name, write.connections(read.environments))
    result = check("test.yaml", write.text(head, write.endpoint_lists(entries)).encode())
    assert result.value is not None
    again: Manifest = result.value.manifest
    assert again.requests == read.requests
