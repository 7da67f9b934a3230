"""How a document becomes a manifest."""

from __future__ import annotations

from tests.support.manifests import manifest
from tests.support.program import BASE


def test_the_id_is_a_slug_of_the_name_unless_it_is_given() -> None:
    assert manifest(BASE).id == "okta-users"
    assert manifest(BASE + "id: Mine_2\n").id == "Mine_2"
    assert (
        manifest(BASE.replace("Okta users", "'Équipe №1: Okta'")).id
        == "equipe-no1-okta\0Équipe №1: Okta"
    )
