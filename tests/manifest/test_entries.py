"""How an entry of the scope map is read."""

from __future__ import annotations

import pytest

from tests.support.manifests import ORDERS, OTHER_SERVER, manifest

each_server = pytest.mark.parametrize("server", [OTHER_SERVER, "default", "aus9o8wzkhckw9TLa0h7"])


QUERY = """
version: 1
name: {name}
org: https://acme.okta.com
app: {{client_id: 0oan47pj9BsB30h7}}
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
  okta.users.read:
    - request: GET /api/v1/users
      query: {{q: {value}}}
"""


@each_server
def test_the_api_catalog_is_used_for_no_other_api(server: str) -> None:
    paths = ("POST /api/v1/users", "GET /oauth2/v1/keys", "GET /idp/myaccount/profile")
    created, keys, profile = manifest(ORDERS.format(server=server, listed=list(paths))).requests
    assert (created.name, created.folder, created.body) == (paths[0], "Users", None)
    assert str(keys.endpoint) == paths[1]
    assert profile.name == paths[2]


@pytest.mark.parametrize("word", ["no", "yes", "010", "12:30", "2026-01-01", "0x1F", "1_000", ".5"])
def test_words_that_yaml_1_1_reads_otherwise_are_strings(word: str) -> None:
    found = manifest(QUERY.format(name=word, value=word))
    assert found.name == word
    assert found.requests[0].query == (("q", word),)


@pytest.mark.parametrize("word", ["1.10", "1e3", "true", "False", "null", "-0", "9" * 40])
def test_unquoted_values_stay_as_typed(word: str) -> None:
    found = manifest(QUERY.format(name="Users", value=word))
    assert found.requests[0].query == (("q", word),)
