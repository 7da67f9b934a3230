"""Which environment of a description a file is, if it is one of them at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from okta_postman.manifest.model import Environment, Manifest
from okta_postman.migrate.tree import At, Node, child, elements, text
from okta_postman.okta.org_url import OKTA_DOMAINS
from okta_postman.problems import Position, Problem

# Hosts of Okta itself, which people keep beside the one they call.
_NO_ORGS: Final = ("developer", "help", "login", "status", "support", "trust", "www")
_ORG: Final = re.compile(
    rf"(?:https?://)?(?!(?:{'|'.join(_NO_ORGS)})\.)"
    rf"([\w-]+?)(?:-admin)?\.({'|'.join(map(re.escape, OKTA_DOMAINS))})(?=[/:?#]|$)",
    re.IGNORECASE,
)
"""The URL of an org, as people write it: without `https://`, or that of its Admin Console."""


class Place(NamedTuple):
    """An environment of a description, and what tells that a file is another one.

    `org` is the value of the file that names an org which the description does not have.
    `is_guessed` if several environments might be meant, and this is the first.
    """

    environment: Environment
    org: Node | None = None
    is_guessed: bool = False


def place_of(manifest: Manifest, root: Node) -> Place:
    """The environment with the same org, or else with the same name, or else the first.

    If a file names several of its orgs, its name decides.
    """
    values = [value for each in elements(child(root, "values")) if (value := _value(each))]
    name = text(child(root, "name")).lower()
    named = [each for each in manifest.environments if each.name == name]
    same = [each for each in manifest.environments if any(_is_of(each, v) for v in values)]
    other = None if same else next((each for each in values if _ORG.match(_url(each))), None)
    both = [each for each in same if each in named]
    meant = both or same or named or manifest.environments
    return Place(meant[0], other, len(meant) > 1)


def _value(variable: Node) -> Node | None:
    """The value of a variable that is not switched off."""
    off = child(variable, "enabled")
    return None if off is not None and off.value is False else child(variable, "value")


def _is_of(environment: Environment, value: Node) -> bool:
    return f"{_as_org(_url(value))}/".startswith(f"{environment.org}/")


def _url(value: Node) -> str:
    return text(value).strip()


def place_problems(at: At, root: Node, place: Place) -> Iterator[Problem]:
    """A warning if the org of a file is not in the description, or if nothing tells which it is."""
    name = child(root, "name")
    if place.org:
        message = f"the description has no environment with the org `{_as_org(_url(place.org))}`"
        hint = (
            "add it to the description's `environments`, or fill in by hand what has no value: "
            "the URLs to sign in and the client id"
        )
        told = place.org
    elif place.is_guessed:
        message = "nothing in this environment tells which one of the description it is"
        hint = f"it has the values of `{place.environment.name}` now; give it the org or the name"
        told = name or root
    else:
        return
    where = at(told) if told is not root else Position(1, 1)
    yield Problem("P025", message, hint, where, "warning")


def _as_org(url: str) -> str:
    """A URL in a domain of Okta as that of the org alone; any other as it is."""
    found = _ORG.match(url)
    return f"https://{found[1]}.{found[2]}".lower() if found else url
