"""The edits that migrate a collection of format v2, and a row for each request."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from okta_postman.compose.auth import oauth2
from okta_postman.manifest.model import Manifest
from okta_postman.migrate.credentials import is_replaced
from okta_postman.migrate.decide import Decision
from okta_postman.migrate.edits import Edit, Editor, applied
from okta_postman.migrate.formats import File
from okta_postman.migrate.headers import headers_of
from okta_postman.migrate.levels import Levels
from okta_postman.migrate.requests import Request, holders_of, kept_parts, variable_name
from okta_postman.migrate.tree import Node, child, elements, offsets, plain, text
from okta_postman.migrate.upgrade import upgraded
from okta_postman.okta.credentials import all_masked
from okta_postman.operation import ScopeSet
from okta_postman.postman.collection_v2 import auth_to_json
from okta_postman.problems import visible

_NO_AUTH: Final = {"type": "noauth"}


class Row(NamedTuple):
    """What was done to a request, and what was found there; no credential is in it.

    `scopes` are what it needs, and `token_scopes` is what its token asks for, which it may share.
    """

    file: str
    folder: str
    name: str
    method: str
    path: str
    result: str
    scopes: str
    token_scopes: str
    credential: str
    reason: str


class Plan(NamedTuple):
    """A collection, and all that was decided about it; `unsent` requests are only kept."""

    root: Node
    description: Manifest
    decisions: Sequence[Decision]
    unsent: Sequence[Decision]
    levels: Levels
    remove_unknown: bool
    renamed: Mapping[str, str]

    def block(self, scopes: ScopeSet) -> dict[str, Any]:
        """The OAuth 2.0 block that asks for a scope set, as `generate` writes it.

        Its variables have other names only where the collection means something else by theirs.
        """
        name = text(child(self.root, "info", "name")).replace("{{", "{").replace("}}", "}")
        named = name.encode(errors="replace").decode()
        block = auth_to_json(oauth2(self.description, scopes, collection=named))
        others = {f"{{{{{name}}}}}": f"{{{{{other}}}}}" for name, other in self.renamed.items()}
        for said in block["oauth2"]:
            said["value"] = others.get(said["value"], said["value"])
        return block

    def block_holder(self, decision: Decision) -> Node | None:
        """The object whose block a migrated request is sent with."""
        holders = (decision.request.node, *decision.request.above[::-1])
        return next((each for each in holders if each.start in self.levels.blocks), None)

    def asked_by(self, decision: Decision) -> ScopeSet:
        """The scopes that the token of a request asks for, if it is migrated."""
        holder = self.block_holder(decision) if decision.outcome == "migrated" else None
        return self.levels.blocks[holder.start] if holder else ()

    def loses_headers(self, decision: Decision) -> bool:
        """Whether the credentials in the headers of a request go."""
        gone = ("migrated", "unknown") if self.remove_unknown else ("migrated",)
        return decision.outcome in gone


def edits(plan: Plan, editor: Editor) -> Iterator[Edit]:
    """Everything that changes in a collection."""
    whole: dict[int, Request] = {
        each.request.node.start: each.request
        for each in plan.decisions
        if isinstance(each.request.node.value, str)
    }
    touched = set()
    for holder in holders_of(plan.root):
        edit = _auth(plan, editor, holder, whole.get(holder.start))
        if edit:
            touched.add(holder.start)
            yield from edit
    for decision in plan.decisions:
        if plan.loses_headers(decision):
            yield from _headers(editor, decision)
    yield from upgraded(plan.root, editor, touched)


def _auth(plan: Plan, editor: Editor, holder: Node, whole: Request | None) -> list[Edit]:
    """The edits of the auth that an object holds, if it changes."""
    start, auth = holder.start, child(holder, "auth")
    if start in plan.levels.blocks:
        wanted = plan.block(plan.levels.blocks[start])
    elif start in plan.levels.barred:
        wanted = _NO_AUTH
    elif start in plan.levels.stripped and auth:
        return list(editor.changed(holder, {auth.start}))
    else:
        return []
    if whole:  # a request that is nothing but its URL has no room for auth
        said = {"auth": wanted, "method": "GET", "header": [], "url": holder.value}
        return [editor.replaced(holder, said, whole.item)]
    if auth is None:
        return [editor.with_member(holder, "auth", wanted, after="item")]
    return [] if plain(auth) == wanted else [editor.replaced(auth, wanted, holder)]


def _headers(editor: Editor, decision: Decision) -> Iterator[Edit]:
    """The headers of a request without those that OAuth 2.0 replaces."""
    request = decision.request.node
    headers, gone = child(request, "header"), [*filter(is_replaced, headers_of(request))]
    if headers is None or not gone:
        return
    listed = {each.item.start for each in gone if each.item}
    if listed:
        yield from editor.changed(headers, listed)
        return
    at = offsets(editor.text, headers)
    for each in gone:
        yield Edit(at[each.line[0]], at[each.line[1]], "")


def sent(file: File, made: Sequence[Edit]) -> str:
    """What of a collection with edits is sent, and what runs: no JSON any more."""
    kept = sorted(Edit(each.start, each.end, "") for each in kept_parts(file.root))

    def is_kept(edit: Edit) -> bool:
        before = bisect_right(kept, edit.start, key=lambda each: each.start) - 1
        return before >= 0 and edit.end <= kept[before].end

    return applied(file.editor.text, [*(each for each in made if not is_kept(each)), *kept])


def variables_gone(root: Node, editor: Editor, gone: frozenset[str]) -> Iterator[Edit]:
    """The collection without the variables that held the API token."""
    listed = child(root, "variable")
    found = {each.start for each in elements(listed) if variable_name(each) in gone}
    if listed is not None and found:
        yield from editor.changed(listed, found)


def rows(file: str, plan: Plan, secrets: Collection[str]) -> list[Row]:
    """What was done to each request; what is secret is not shown, nor what a terminal obeys."""
    found = [_row(file, plan, decision) for decision in plan.decisions]
    shown = all_masked((said for row in found for said in row), secrets=secrets)
    return [Row(*(visible(shown[said]) for said in row)) for row in found]


def _row(file: str, plan: Plan, decision: Decision) -> Row:
    request = decision.request
    return Row(
        file=file,
        folder=" / ".join(request.folders),
        name=request.name,
        method=request.method,
        path=decision.target.path,
        result=_result(plan, decision),
        scopes=" ".join(decision.scopes),
        token_scopes=" ".join(plan.asked_by(decision)),
        credential="; ".join(dict.fromkeys(map(str, decision.credentials))),
        reason=decision.reason,
    )


def _result(plan: Plan, decision: Decision) -> str:
    if decision.outcome == "unknown":
        return "credential removed" if plan.remove_unknown else "unknown"
    if decision.outcome == "left" or decision.credentials:
        return decision.outcome
    holder = plan.block_holder(decision)
    wanted = plan.block(plan.levels.blocks[holder.start]) if holder else None
    said = child(holder, "auth")
    return "unchanged" if said and plain(said) == wanted else "migrated"
