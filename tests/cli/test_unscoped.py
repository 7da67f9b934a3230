"""Tokens for requests without a scope."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.manifests import ALBUMS
from tests.support.program import okta_postman


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "albums.yaml").write_text(ALBUMS, encoding="utf-8")
    return tmp_path


def test_a_token_without_a_scope_is_requested_without_the_parameter(folder: Path) -> None:
    done = okta_postman("url", "albums.yaml", "GET /albums", cwd=folder)
    assert done.code == 0
    assert "scope" not in parse_qs(urlsplit(done.stdout.strip()).query, keep_blank_values=True)


def test_no_token_is_requested_for_a_public_endpoint(folder: Path) -> None:
    done = okta_postman("url", "albums.yaml", "GET /health", cwd=folder)
    assert done.code != 0
    assert "`GET /health` is public: its request is sent without a token" in done.stderr


def test_a_token_without_a_scope_goes_by_its_request(folder: Path) -> None:
    done = okta_postman("login", "albums.yaml", cwd=folder)
    assert "--request 'user-read', --request 'GET /albums'" in done.stderr
