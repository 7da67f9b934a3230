"""Which scopes an operation needs: its own `security` or the document's, all in one or in turn."""

from __future__ import annotations

from typing import Final, NamedTuple

from okta_postman.okta.scopes import is_scope
from okta_postman.openapi.api import Flow
from okta_postman.openapi.nodes import Documents, Node
from okta_postman.openapi.urls import split
from okta_postman.operation import ScopeSet

_NO_FLOW: Final = Flow("", "")
_PKCE_FLOW: Final = "authorizationCode"
_ASK: Final = "ask for a client of the authorization code flow, or leave its operations out"


class Requirement(NamedTuple):
    """Scopes that are needed together, and the flow of the scheme that gives them out."""

    scopes: ScopeSet
    flow: Flow


class Security:
    """The security schemes of a document, and what each operation asks of them."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._everywhere = documents.root.get("security")
        self._flows: dict[str, Flow | None] = {}
        self._kinds: dict[str, str] = {}
        self.scopes: set[str] = set()
        for name, said in documents.root.get("components").get("securitySchemes").pairs():
            self._add(name, said)

    def requirements(self, operation: Node) -> tuple[Requirement, ...]:
        """The scope sets of which each is enough; none if the operation takes no scope."""
        own = operation.get("security")
        asked = own if "security" in operation.data else self._everywhere
        if not isinstance(asked.data, list | None):
            hint = "write a list of requirements: `security: [{login: [orders.read]}]`"
            self._documents.warn("O006", asked, "`security` is not a list", hint)
        found = [self._requirement(each) for each in asked.entries()]
        return tuple(dict.fromkeys(each for each in found if each))

    def _add(self, name: str, said: Node) -> None:
        scheme = self._documents.resolve(said)
        if scheme is None:
            return
        self._kinds[name] = scheme.text("type")
        if self._kinds[name] == "oauth2":
            self._flows[name] = self._flow(name, scheme)
        elif self._kinds[name] == "openIdConnect":
            self._flows[name] = _NO_FLOW

    def _flow(self, name: str, scheme: Node) -> Flow:
        flows = scheme.get("flows")
        for _, flow in flows.pairs():
            self.scopes.update(scope for scope, _ in flow.get("scopes").pairs())
        found = flows.get(_PKCE_FLOW)
        if found.data is None:
            kinds = ", ".join(kind for kind, _ in flows.pairs()) or "none"
            message = f"`{name}` has no flow `{_PKCE_FLOW}`, which PKCE is for; it has {kinds}"
            self._documents.warn("O007", scheme, message, _ASK, at_key=True)
            return Flow(self._url(flows.get("implicit"), "authorizationUrl"), "")
        return Flow(self._url(found, "authorizationUrl"), self._url(found, "tokenUrl"))

    def _url(self, flow: Node, key: str) -> str:
        url = flow.text(key)
        if split(url) is None:
            hint = "correct it, or write `authorization_server` into the description"
            self._documents.warn("O013", flow.get(key), f"`{url}` is not a URL", hint)
            return ""
        return url

    def _requirement(self, said: Node) -> Requirement | None:
        scopes: list[str] = []
        flows: list[Flow] = []
        others: list[str] = []
        if not isinstance(said.data, dict):
            hint = "name a scheme and list its scopes: `{login: [orders.read]}`"
            self._documents.warn("O006", said, "this is not a requirement", hint)
        for name, asked in said.pairs():
            flow = self._flows.get(name)
            if name not in self._kinds:
                hint = "declare it under `components: securitySchemes:`"
                message = f"no security scheme is called `{name}`"
                self._documents.warn("O006", asked, message, hint, at_key=True)
            elif flow is None:
                others.append(name)
            else:
                flows.append(flow)
                scopes += self._scopes(asked)
        if not scopes:
            return None
        if others:
            message = f"`{others[0]}` is needed together with the scopes, and is not written"
            hint = "add what it needs to the request's `headers` or `query`"
            self._documents.warn("O008", said, message, hint)
        return Requirement(_scope_set(scopes), flows[0])

    def _scopes(self, asked: Node) -> list[str]:
        found = []
        if not isinstance(asked.data, list | None):
            hint = "write a list: `[orders.read]`"
            self._documents.warn(
                "O006", asked, f"the scopes of `{asked.path[-1]}` are not a list", hint
            )
        for each in asked.entries():
            if isinstance(each.data, str) and is_scope(each.data):
                found.append(each.data)
            else:
                hint = "write each scope of the list by itself"
                self._documents.warn("O006", each, f"`{each.data}` cannot be a scope", hint)
        return found


def _scope_set(scopes: list[str]) -> ScopeSet:
    return tuple(sorted(set(scopes)))
