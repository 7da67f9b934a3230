"""The requests of a collection of format v2, and what above each of them may hold its auth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from okta_postman.migrate.tree import Node, child, elements, members, plain, text


class Auth(NamedTuple):
    """Auth that an object holds: its type and its parameters, in either spelling of format v2."""

    node: Node
    type: str
    parameters: Mapping[str, Any]
    nodes: Mapping[str, Node]


class Request(NamedTuple):
    """A request: its item, its own object or URL, and the objects above it, outermost first."""

    item: Node
    node: Node
    above: tuple[Node, ...]

    @property
    def name(self) -> str:
        """What people call it."""
        return text(child(self.item, "name"))

    @property
    def folders(self) -> tuple[str, ...]:
        """The names of the folders it stands in, outermost first."""
        return tuple(text(child(folder, "name")) for folder in self.above[1:])

    @property
    def method(self) -> str:
        """Its method in capitals; without one it is GET."""
        return (text(child(self.node, "method")) or "GET").upper()

    @property
    def url(self) -> Node | None:
        """Its URL, a text or an object; a request may be nothing but that."""
        return self.node if isinstance(self.node.value, str) else child(self.node, "url")


def requests_of(root: Node) -> Iterator[Request]:
    """Every request of a collection, in its order."""
    yield from _inside(root, (root,))


def variables_of(root: Node) -> Iterator[Node]:
    """The variables of a collection, or the values of an environment."""
    for key in ("variable", "values"):
        yield from elements(child(root, key))


def variable_name(variable: Node) -> str:
    """The name of a variable, which format v2 allows to stand under its id."""
    return text(child(variable, "key")) or text(child(variable, "id"))


def is_folder(item: Node) -> bool:
    """Whether an item is a folder, as Postman's SDK reads it: its items may be an empty list."""
    inside = child(item, "item")
    return inside is not None and inside.value not in (None, "", 0, False)


def items_of(parent: Node) -> Iterator[Node]:
    """Every item of a collection, folders and what is in them, in their order."""
    for item in elements(child(parent, "item")):
        yield item
        yield from items_of(item)


def lines_of(event: Node) -> list[Node]:
    """The lines of the script that an event runs; it may be one text."""
    code = child(event, "script", "exec")
    return elements(code) or ([code] if code else [])


def scripts_of(root: Node) -> Iterator[list[Node]]:
    """The lines of each script of a collection, and of everything in it."""
    for each in (root, *items_of(root)):
        yield from map(lines_of, elements(child(each, "event")))


def _inside(parent: Node, above: tuple[Node, ...]) -> Iterator[Request]:
    for item in elements(child(parent, "item")):
        request = child(item, "request")
        if is_folder(item):
            yield from _inside(item, (*above, item))
        elif request is not None and isinstance(request.value, dict | str):
            yield Request(item, request, above)


def unsent_of(root: Node) -> Iterator[Request]:
    """The requests that are only kept: that a saved response answered, or of a folder."""
    for item in items_of(root):
        answered = [child(each, "originalRequest") for each in elements(child(item, "response"))]
        of_a_folder = child(item, "request") if is_folder(item) else None
        for each in (*answered, of_a_folder):
            if each is not None and isinstance(each.value, dict):
                yield Request(item, each, ())


def kept_parts(root: Node) -> Iterator[Node]:
    """What is never sent: what describes, saved responses, a folder's own request, variables."""
    parts = [child(root, "variable"), child(root, "info", "description")]
    for item in items_of(root):
        request = ("request",) if is_folder(item) else ("request", "description")
        parts += [child(item, "description"), child(item, "response"), child(item, *request)]
    yield from (each for each in parts if each is not None)


def holders_of(root: Node) -> Iterator[Node]:
    """Every object that may hold auth: the collection, then its folders and requests."""
    yield root
    for item in items_of(root):
        holder = item if is_folder(item) else child(item, "request")
        if holder is not None:
            yield holder


def own_auth(holder: Node) -> Auth | None:
    """The auth that an object holds itself; without a type it inherits, as if there were none.

    Parameters are a list of pairs in format v2.1.0, and an object in v2.0.0.
    """
    node = child(holder, "auth")
    kind = text(child(node, "type"))
    if node is None or not kind:
        return None
    said = child(node, kind)
    pairs = {text(child(each, "key")): each for each in elements(said)}
    values = {key: child(each, "value") for key, each in pairs.items()}
    values |= {key: member.node for key, member in members(said).items()}
    nodes = {key: value for key, value in values.items() if value is not None}
    return Auth(node, kind, {key: plain(value) for key, value in nodes.items()}, nodes)


def auth_holder(request: Request) -> Node | None:
    """The object whose auth a request is sent with: itself, or the nearest above."""
    return next((each for each in (request.node, *request.above[::-1]) if own_auth(each)), None)
