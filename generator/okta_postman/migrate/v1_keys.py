"""What of format v1 has no place in v2.1.0, or is not known: a warning for each such key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from okta_postman.migrate.tree import At, Member, Node, child, elements, members, text
from okta_postman.migrate.v1 import HELPERS, LINE, MODES
from okta_postman.problems import Problem

_SCRIPTS: Final = "auth events preRequestScript tests "
_RESPONSE: Final = "id name text responseCode status headers time cookies language"
_CARRIED: Final = {
    "collection": frozenset(
        f"{_SCRIPTS} id name description order folders folders_order requests variables".split()
    ),
    "folder": frozenset(f"{_SCRIPTS} id name description order folders_order".split()),
    "request": frozenset(
        f"{_SCRIPTS} id name description method url headers headerData queryParams pathVariables"
        " pathVariableData data dataMode dataOptions dataDisabled rawModeData graphqlModeData"
        " currentHelper helperAttributes responses responses_order protocolProfileBehavior".split()
    ),
    "response": frozenset(f"{_RESPONSE} request originalRequest".split()),
}
_KNOWN: Final = {"dataMode": MODES, "currentHelper": ("normal", *HELPERS)}
_PLACES: Final = frozenset(
    ("collection", "collectionId", "collection_id", "folder", "collectionRequestId", "parentId")
)
"""Keys that say where something stands, which the lists of format v2 say themselves."""


def uncarried(at: At, root: Node) -> Iterator[Problem]:
    """A warning for the first of every key that the result is without, with how often it stands."""
    found: dict[tuple[str, str], list[Member]] = {}
    for kind, node in _parts(root):
        for key, member in members(node).items():
            if not _is_carried(kind, key, member.node) or (
                key == "headers" and _is_more_than_listed(node)
            ):
                found.setdefault((kind, key), []).append(member)
    for (kind, key), listed in found.items():
        more = f", nor are {len(listed) - 1} more of them" if len(listed) > 1 else ""
        message = f"`{key}` of this {kind} is not in what is written{more}"
        hint = "format v2.1.0 has no place for it, or none is known; keep the file if you need it"
        place = at(Node(listed[0].start, listed[0].node.start, key))
        yield Problem("P027", message, hint, place, "warning")


def _is_carried(kind: str, key: str, said: Node) -> bool:
    if key in _KNOWN:
        return text(said) in ("", "null", *_KNOWN[key])
    return key in _CARRIED[kind] | _PLACES or said.value in (None, "", [], {})


def _is_more_than_listed(request: Node) -> bool:
    """Whether headers in a text name one that the list beside it, which counts, does not have."""
    listed = {text(child(each, "key")).lower() for each in elements(child(request, "headerData"))}
    typed = {name.strip("/ ").lower() for name, _ in LINE.findall(text(child(request, "headers")))}
    return bool(listed and typed - listed)


def _parts(root: Node) -> Iterator[tuple[str, Node]]:
    yield "collection", root
    for folder in elements(child(root, "folders")):
        yield "folder", folder
    for request in elements(child(root, "requests")):
        yield "request", request
        for response in elements(child(request, "responses")):
            yield "response", response
            if (saved := child(response, "request")) is not None:
                yield "request", saved
