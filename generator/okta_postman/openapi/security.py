"""The scopes that an operation needs, from its own `security` or from the document's."""

from __future__ import annotations

from typing import Final, NamedTuple

from okta_postman.okta.org_url import split_url
from okta_postman.okta.scopes import is_scope
from okta_postman.openapi.api import Flow
from okta_postman.openapi.nodes import Documents, Node
from okta_postman.operation import ScopeSet

_NO_FLOW: Final = Flow("", "")
_PKCE_FLOW: Final = "authorizationCode"
_OTHER_CLIENT: Final = (
    "ask the API's provider for a client with this flow, or leave its operations out"
)


class Requirement(NamedTuple):
    """Scopes that are needed together, and the flow that issues tokens with them."""

    scopes: ScopeSet
    flow: Flow


class Security:
    """The security schemes of a document, and the scopes that each operation needs of them.

    `scopes` are all scopes that the schemes declare.
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._default = documents.root.get("security")
        self._flows: dict[str, Flow | None] = {}
        self._kinds: dict[str, str] = {}
        self.scopes: set[str] = set()
        for name, scheme in documents.root.get("components").get("securitySchemes").pairs():
            self._add(name, scheme)

    def requirements(self, operation: Node) -> tuple[Requirement, ...]:
        """The scope sets of an operation, each of which is enough; none if it needs no scope."""
        own = operation.get("security")
        security = own if "security" in operation.data else self._default
        if not isinstance(security.data, list | None):
            hint = "write a list of requirements: `security: [{login: [orders.read]}]`"
            self._documents.warn("O006", security, "`security` is not a list", hint)
        requirements = map(self._requirement, security.entries())
        return tuple(dict.fromkeys(filter(None, requirements)))

    def _add(self, name: str, node: Node) -> None:
        """Note the kind of a security scheme, and its flow if it has one."""
        scheme = self._documents.resolve(node)
        if scheme is None:
            return
        self._kinds[name] = scheme.text("type")
        if self._kinds[name] == "oauth2":
            self._flows[name] = self._flow(name, scheme)
        elif self._kinds[name] == "openIdConnect":
            self._flows[name] = _NO_FLOW

    def _flow(self, name: str, scheme: Node) -> Flow:
        """The authorization code flow of a scheme, or else what its implicit flow has of one."""
        flows = scheme.get("flows")
        for _, flow in flows.pairs():
            self.scopes.update(scope for scope, _ in flow.get("scopes").pairs())
        pkce_flow = flows.get(_PKCE_FLOW)
        if pkce_flow.data is None:
            kinds = ", ".join(kind for kind, _ in flows.pairs()) or "none"
            message = f"`{name}` has no `{_PKCE_FLOW}` flow, which PKCE needs; it has {kinds}"
            self._documents.warn("O007", scheme, message, _OTHER_CLIENT, at_key=True)
            return Flow(self._url(flows.get("implicit"), "authorizationUrl"), "")
        return Flow(self._url(pkce_flow, "authorizationUrl"), self._url(pkce_flow, "tokenUrl"))

    def _url(self, flow: Node, key: str) -> str:
        """A URL of a flow; empty, with a problem, if it is malformed."""
        url = flow.text(key)
        if split_url(url) is None:
            hint = "correct it, or write `authorization_server` into the manifest"
            self._documents.warn("O013", flow.get(key), f"`{url}` is not a URL", hint)
            return ""
        return url

    def _requirement(self, node: Node) -> Requirement | None:
        """One entry of `security`: all its schemes are needed together; None if it has no scope."""
        scopes: list[str] = []
        flows: list[Flow] = []
        others: list[str] = []
        if not isinstance(node.data, dict):
            hint = "name a scheme and list its scopes: `{login: [orders.read]}`"
            self._documents.warn("O006", node, "this is not a security requirement", hint)
        for name, scope_list in node.pairs():
            flow = self._flows.get(name)
            if name not in self._kinds:
                hint = "declare it under `components: securitySchemes:`"
                message = f"no security scheme is called `{name}`"
                self._documents.warn("O006", scope_list, message, hint, at_key=True)
            elif flow is None:
                others.append(name)
            else:
                flows.append(flow)
                scopes += self._scopes(scope_list)
        if not scopes:
            return None
        if others:
            message = f"`{others[0]}` is needed too, and is not imported"
            hint = "add it to the request's `headers` or `query`"
            self._documents.warn("O008", node, message, hint)
        return Requirement(tuple(sorted(set(scopes))), flows[0])

    def _scopes(self, scope_list: Node) -> list[str]:
        """The scopes that are listed for a scheme, without those that cannot be one."""
        scopes = []
        if not isinstance(scope_list.data, list | None):
            message = f"the scopes of `{scope_list.path[-1]}` are not a list"
            self._documents.warn("O006", scope_list, message, "write a list: `[orders.read]`")
        for scope in scope_list.entries():
            if isinstance(scope.data, str) and is_scope(scope.data):
                scopes.append(scope.data)
            else:
                message = f"`{scope.data}` is not a valid scope"
                self._documents.warn("O006", scope, message, "write each scope as its own entry")
        return scopes
