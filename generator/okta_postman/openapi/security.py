"""The scopes that an operation needs, from its own `security` or from the document's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from okta_postman.okta.org_url import split_url
from okta_postman.okta.scopes import is_scope
from okta_postman.okta.servers import server_of_discovery
from okta_postman.openapi.api import Flow
from okta_postman.openapi.nodes import Documents, Node
from okta_postman.operation import ScopeSet

_PKCE_FLOW: Final = "authorizationCode"
_URLS: Final = ("authorizationUrl", "tokenUrl")
_TOKEN_FLOWS: Final = ("clientCredentials", "password", "deviceAuthorization")
_OTHER_CLIENT: Final = (
    "ask the API's provider for a client with this flow, or leave its operations out"
)


class Requirement(NamedTuple):
    """Scopes that are needed together, and the flow that issues tokens with them."""

    scopes: ScopeSet
    flow: Flow


class _Scheme(NamedTuple):
    """A security scheme: its flow, None if no token comes from it; and whether that is OAuth's.

    `http` schemes may have scopes too, in documents that say nothing of where tokens come from.
    """

    node: Node
    flow: Flow | None
    is_oauth: bool


class _Part(NamedTuple):
    """A scheme in a requirement, with the scopes that are listed for it."""

    name: str
    scheme: _Scheme
    flow: Flow
    scopes: list[str]


class Security:
    """The security schemes of a document, and the scopes that each operation needs of them.

    `scopes` are all scopes that the schemes declare.
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._default = documents.root.get("security")
        self._schemes: dict[str, _Scheme] = {}
        self.scopes: set[str] = set()
        for name, node in documents.root.get("components").get("securitySchemes").pairs():
            scheme = documents.resolve(node)
            if scheme is not None:
                self._schemes[name] = self._scheme(scheme)
        self._has_oauth = any(scheme.is_oauth for scheme in self._schemes.values())

    def requirements(self, operation: Node) -> tuple[Requirement, ...]:
        """The scope sets of an operation, each of which is enough; none if it needs no scope."""
        own = operation.get("security")
        security = own if "security" in operation.data else self._default
        if not isinstance(security.data, list | None):
            hint = "write a list of requirements: `security: [{login: [orders.read]}]`"
            self._documents.warn("O006", security, "`security` is not a list", hint)
        requirements = map(self._requirement, security.entries())
        return tuple(dict.fromkeys(filter(None, requirements)))

    def warn_without_pkce(self, flow: Flow) -> None:
        """Add a warning for each scheme of a server, unless the flow is the one with PKCE."""
        for name, scheme in self._schemes.items():
            is_used = scheme.flow is not None and scheme.flow.is_same_server(flow)
            if is_used and not flow.pkce and scheme.node.text("type") == "oauth2":
                kinds = ", ".join(kind for kind, _ in scheme.node.get("flows").pairs()) or "none"
                message = f"`{name}` has no `{_PKCE_FLOW}` flow, which PKCE needs; it has {kinds}"
                self._documents.warn("O007", scheme.node, message, _OTHER_CLIENT, at_key=True)

    def _scheme(self, node: Node) -> _Scheme:
        kind = node.text("type")
        if kind == "oauth2":
            return _Scheme(node, self._oauth_flow(node), is_oauth=True)
        if kind == "openIdConnect":
            return _Scheme(node, _discovered(node.text("openIdConnectUrl")), is_oauth=True)
        takes_token = kind == "http" and node.text("scheme").lower() == "bearer"
        return _Scheme(node, Flow() if takes_token else None, is_oauth=False)

    def _oauth_flow(self, scheme: Node) -> Flow:
        """The authorization code flow of a scheme, or else what its other flows have of one.

        A server has one authorize and one token URL for all flows. Source: RFC 6749, 3.
        """
        flows = scheme.get("flows")
        for _, flow in flows.pairs():
            self.scopes.update(scope.strip() for scope, _ in flow.get("scopes").pairs())
        pkce_flow = flows.get(_PKCE_FLOW)
        if pkce_flow.data is not None:
            authorize, token = (self._url(pkce_flow, key) for key in _URLS)
            return Flow(authorize, token, pkce=True)
        tokens = [self._url(flows.get(kind), "tokenUrl") for kind in _TOKEN_FLOWS]
        return Flow(
            self._url(flows.get("implicit"), "authorizationUrl"), next(filter(None, tokens), "")
        )

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
        if not isinstance(node.data, dict):
            hint = "name a scheme and list its scopes: `{login: [orders.read]}`"
            self._documents.warn("O006", node, "this is not a security requirement", hint)
        parts = [part for name, scopes in node.pairs() for part in self._parts(name, scopes)]
        oauth = [part for part in parts if part.scheme.is_oauth]
        candidates = oauth if self._has_oauth else parts
        for first in sorted(candidates, key=_preference):
            together = [part for part in candidates if part.flow.is_same_server(first.flow)]
            scopes = {scope for part in together for scope in part.scopes}
            if scopes:
                self._warn_of_others(node, {part.name for part in together})
                return Requirement(tuple(sorted(scopes)), first.flow)
        return None

    def _parts(self, name: str, scope_list: Node) -> Iterable[_Part]:
        """The part of a requirement that a scheme is; none if no token comes from it."""
        scheme = self._schemes.get(name)
        if scheme is None:
            hint = "declare it under `components: securitySchemes:`"
            message = f"no security scheme is called `{name}`"
            self._documents.warn("O006", scope_list, message, hint, at_key=True)
        elif scheme.flow is not None:
            yield _Part(name, scheme, scheme.flow, self._scopes(scope_list))

    def _warn_of_others(self, node: Node, taken: set[str]) -> None:
        """Add a warning if a requirement needs a scheme that is not imported."""
        others = [name for name, _ in node.pairs() if name in self._schemes and name not in taken]
        if others:
            message = f"`{others[0]}` is needed too, and is not imported"
            hint = "add it to the request's `headers` or `query`"
            self._documents.warn("O008", node, message, hint)

    def _scopes(self, scope_list: Node) -> list[str]:
        """The scopes that are listed for a scheme, without those that cannot be one."""
        scopes = []
        if not isinstance(scope_list.data, list | None):
            message = f"the scopes of `{scope_list.path[-1]}` are not a list"
            self._documents.warn("O006", scope_list, message, "write a list: `[orders.read]`")
        for entry in scope_list.entries():
            words = _words(entry.data) if isinstance(entry.data, str) else []
            if words and all(map(is_scope, words)):
                scopes += words
            else:
                message = f"`{entry.data}` is not a valid scope"
                self._documents.warn("O006", entry, message, "write each scope as its own entry")
        return scopes


def _discovered(url: str) -> Flow:
    """The flow of a discovery URL: Okta's servers have all endpoints beside it."""
    server = server_of_discovery(url)
    return (
        Flow(server.authorize_url, server.token_url, pkce=True)
        if server
        else Flow(discovery_url=url)
    )


def _preference(part: _Part) -> tuple[bool, bool, bool]:
    """The order in which parts are tried: those of PKCE first, then those with scopes and URLs."""
    return not part.flow.pkce, not part.scopes, not any(part.flow[:2])


def _words(text: str) -> list[str]:
    """The scopes of an entry: `" a.read, b.read "` are two, while `a,b` is one (RFC 6749, 3.3)."""
    words = text.split()
    return [word.strip(",;") for word in words] if len(words) > 1 else words
