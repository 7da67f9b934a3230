"""Read a manifest: a document becomes a draft, the rules look at it, and a manifest comes out."""

from __future__ import annotations

from okta_postman.documents.document import Document
from okta_postman.manifest.draft import Draft, Listing
from okta_postman.manifest.environments import environments
from okta_postman.manifest.keys import settings_of
from okta_postman.manifest.model import Layout, Manifest
from okta_postman.manifest.names import identity, stem
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.requests import merged, requests
from okta_postman.manifest.rules.credentials import check_hidden, credentials_in
from okta_postman.manifest.rules.order import RULES
from okta_postman.manifest.schema.types import ManifestKeys
from okta_postman.manifest.schema.validate import fits
from okta_postman.manifest.scope_map import entries_of, listings_of, scope_sets
from okta_postman.manifest.servers import servers
from okta_postman.okta.scopes import is_okta_scope
from okta_postman.okta.servers import ORG_SERVER
from okta_postman.problems import Problem, in_order


def read(document: Document) -> tuple[Manifest, tuple[Problem, ...]]:
    """The manifest in a document, and warnings about it.

    Raises InvalidSource with every problem, of shape and of meaning, if one of them is an error.
    """
    problems = Problems(document, credentials_in(document.source))
    check_hidden(problems)
    draft = _draft(problems)
    for rule in RULES:
        rule(draft, problems)
    problems.raise_if_invalid()
    return _manifest(draft), in_order(problems.problems)


def listings(document: Document) -> tuple[Listing, ...]:
    """The entries of a valid document, in the order in which they are listed."""
    return _draft(Problems(document)).listings


def _draft(problems: Problems) -> Draft:
    """All that can be read of a document; adds the problems of what cannot."""
    data = _well_shaped(problems)
    every = settings_of(data)
    named_servers = servers(every)
    commas = not any(settings.has_okta_tokens for settings in every)
    sets = scope_sets(problems, data.get("scopes", {}), commas=commas)
    # With Okta's scopes the endpoints are meant to be Okta's, and another server is what is wrong.
    of_okta = ORG_SERVER in named_servers or any(
        is_okta_scope(scope) for scopes in sets.values() for scope in scopes
    )
    entries = entries_of(problems, data, sets, of_okta=of_okta)
    listed = listings_of(entries, sets)
    scoped = merged(listed)
    readable = environments(problems, every)
    layout = Layout(**data.get("collection", {}))
    return Draft(
        document=problems.document,
        data=data,
        settings=every,
        servers=named_servers,
        environments=readable,
        scope_sets=sets,
        entries=entries,
        listings=listed,
        scoped=scoped,
        layout=layout,
        requests=requests(scoped, readable, layout),
    )


def _well_shaped(problems: Problems) -> ManifestKeys:
    """The data of a document; of one that is ill-shaped, the data as if it were not."""
    data = problems.document.data
    if fits(data):
        return data
    from okta_postman.manifest.schema.recovery import recovered  # noqa: PLC0415 - 0.1 s

    return recovered(problems)


def _manifest(draft: Draft) -> Manifest:
    data = draft.data
    slug = stem(data.get("id") or data["name"])
    return Manifest(
        id=data.get("id") or identity(data["name"]),
        slug=slug,
        name=data["name"],
        description=data.get("description", ""),
        environments=draft.environments,
        requests=draft.requests,
        layout=draft.layout,
    )
