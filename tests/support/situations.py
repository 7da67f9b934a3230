"""What problem pages show: examples laid over a manifest, and what takes more than one file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from typer.testing import CliRunner, Result

from okta_postman.cli.app import app
from okta_postman.commands import import_openapi
from okta_postman.migrate.run import Migrated, to_manifest
from okta_postman.okta import catalog
from okta_postman.problems import Problem
from tests.support.manifests import check
from tests.support.migration import (
    SSWS,
    TOKEN,
    Json,
    collection,
    environment,
    item,
    migrated,
    written,
)
from tests.support.migration import described as described_as

BASE: Final = """\
version: 1
name: Okta users
org: https://acme.okta.com
app:
  client_id: 0oan47pj9BsB30h7
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
  okta.users.read:
    - GET /api/v1/users
"""
API: Final = """\
openapi: 3.1.0
info:
  title: Orders
  version: "1"
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://login.example.com/authorize
          tokenUrl: https://login.example.com/token
          scopes: {orders.read: Read orders, orders.manage: Change orders}
paths:
  /orders:
    get:
      security: [{login: [orders.read]}]
"""
BASES: Final = {"O": API}
"""What the examples of a kind of code are fragments of, where that is not a manifest."""

PRODUCTION: Final = """\
environments:
  production: {}
"""
PREVIEW: Final = """\
  preview:
    org: https://acme.oktapreview.com
"""

_TOP_LEVEL_KEY: Final = re.compile(r"^[a-z_]+(?=:)", re.MULTILINE)
_ERROR: Final = re.compile(r"error\[\w+\]: .*")


def overlaid(fragment: str, base: str = BASE) -> str:
    """The base manifest, with the fragment instead of the top-level keys that it has."""
    own = _TOP_LEVEL_KEY.findall(fragment)
    blocks = re.split(r"^(?=\S)", base, flags=re.MULTILINE)
    return "".join(block for block in blocks if block.partition(":")[0] not in own) + fragment


Problems = tuple[Problem, ...]


def checked(content: str | bytes) -> Problems:
    """Everything found in a manifest."""
    data = content.encode() if isinstance(content, str) else content
    return check("users.yaml", data)[1].problems


def example(code: str, fragment: str) -> Problems:
    """Everything found in an example of a code, laid over what it is a fragment of."""
    if code[0] not in BASES:
        return checked(overlaid(fragment))
    data = overlaid(fragment, BASES[code[0]]).encode()
    found = import_openapi.api("orders.yaml", data, lambda name: Path(name).read_bytes())[1][0]
    return found.problems


def okta_postman(*arguments: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, arguments)


# Situations that no fragment of YAML shows: each takes an empty folder, and returns the lines that
# are printed in it.
Situation = Callable[[Path], Iterable[str]]


def lines_of(problems: Iterable[Problem]) -> list[str]:
    """The first line of each problem without its place, as the text report prints it."""
    return [f"{each.severity}[{each.code}]: {each.message}" for each in problems]


def _refused(*arguments: str) -> list[str]:
    """The errors of a check that ends with exit code 1."""
    run = okta_postman(*arguments)
    assert run.exit_code == 1
    return _ERROR.findall(run.output)


def _generated(folder: Path, text: str) -> Path:
    manifest = folder / "users.yaml"
    manifest.write_text(text, encoding="utf-8")
    assert okta_postman("generate", str(manifest)).exit_code == 0
    return manifest


def _nothing_generated(folder: Path) -> list[str]:
    manifest = folder / "users.yaml"
    manifest.write_text(BASE, encoding="utf-8")
    return _refused("generate", "--check", str(manifest))


def _edited_by_hand(folder: Path) -> list[str]:
    manifest = _generated(folder, BASE)
    generated = folder / "okta-users.postman_collection.json"
    text = generated.read_text(encoding="utf-8")
    generated.write_text(text.replace("GET", "HEAD"), encoding="utf-8")
    return _refused("generate", "--check", str(manifest))


def _environment_dropped(folder: Path) -> list[str]:
    _generated(folder, BASE + PRODUCTION + PREVIEW)
    preview = folder / "okta-users.preview.postman_environment.json"
    before = preview.read_bytes()
    manifest = _generated(folder, BASE + PRODUCTION)
    assert not preview.exists()
    preview.write_bytes(before)
    return _refused("generate", "--check", str(manifest))


def _not_migrated(folder: Path) -> list[str]:
    manifest, old = folder / "users.yaml", folder / "team.json"
    manifest.write_text(BASE, encoding="utf-8")
    old.write_bytes(written(collection(item())))
    return _refused("migrate", str(old), "--manifest", str(manifest), "--check")


def _manifest(text: str | bytes) -> Situation:
    return lambda _folder: lines_of(checked(text))


def _many_scopes() -> str:
    known = sorted(scope for scope in catalog.scopes() if scope.startswith("okta."))
    listed = "".join(f"  {scope}: [GET /api/x/{n}]\n" for n, scope in enumerate(known))
    return overlaid(f"collection:\n  auth: collection\nscopes:\n{listed}")


def _many_operations(_folder: Path) -> list[str]:
    paths = "".join(f"  /orders/{n}: {{get: {{}}}}\n" for n in range(10_001))
    return lines_of(example("O012", f"paths:\n{paths}"))


def _deep_example(_folder: Path) -> list[str]:
    body = f"{{content: {{application/json: {{example: {'[' * 51}1{']' * 51}}}}}}}"
    return lines_of(example("O015", f"paths: {{/orders: {{post: {{requestBody: {body}}}}}}}\n"))


def _refused_operation(_folder: Path) -> list[str]:
    server = "https://acme.okta.com/oauth2/default/v1/authorize"
    text = API.replace("https://login.example.com/authorize", server)
    text += "  /profile: {get: {security: [{login: [email]}]}}\n"
    api, _ = import_openapi.api("orders.yaml", text.encode(), lambda _: b"")
    assert api is not None
    options = import_openapi.ConnectionOptions("https://acme.okta.com", "0oan47pj9BsB30h7")
    choice = import_openapi.selection((), (), (), deprecated=True)
    made = import_openapi.new_manifest(api, choice, options, lambda *_: "", None)
    return lines_of(problem for checked in made.checked for problem in checked.problems)


def _of_files(files: Iterable[Migrated]) -> list[str]:
    return lines_of(problem for file in files for problem in file.checked.problems)


def _migration(*inputs: Json | str, text: str = BASE) -> Situation:
    return lambda _folder: _of_files(migrated(*inputs, text=text))


def _shared_token(_folder: Path) -> list[str]:
    parameters = [
        {"key": "key", "value": "Authorization"},
        {"key": "value", "value": "SSWS {{apikey}}"},
    ]
    auth = {"type": "apikey", "apikey": parameters}
    lines = _of_files(migrated(collection(item("{{url}}/api/v1/nothing"), auth=auth)))
    return [line for line in lines if "[P016]" not in line]  # without which it cannot happen


def _too_many_for_one_token(_folder: Path) -> list[str]:
    known = {each.scope_sets[0]: each for each in catalog.operations() if each.scope_sets}
    items = [
        item("{{url}}" + each.endpoint.path, method=each.endpoint.method) for each in known.values()
    ]
    shared = f"{BASE}collection: {{auth: collection}}\n"
    return _of_files(migrated(collection(*items), environment(), text=shared))


def _not_carried(_folder: Path) -> list[str]:
    data = collection(item() | {"response": [{"name": "saved"}]})
    _, results = to_manifest([("team.json", written(data))], described_as(BASE))
    return lines_of(problem for result in results for problem in result.problems)


_SCRIPT: Final = {"listen": "prerequest", "script": {"exec": ["const scheme = 'SSWS';"]}}
_SSWS_USERS: Final = collection(item("{{url}}/api/v1/users", SSWS))
_SIGN_IN: Final = collection(item("{{url}}/api/v1/authn", SSWS, method="POST"))
SITUATIONS: Final[dict[str, Situation]] = {
    "Y001": _manifest(overlaid("name: Zürich users\n").encode("latin-1")),
    "Y002": _manifest(overlaid("description: Press \a to go on\n")),
    "Y008": _manifest(overlaid(f"variables: {'{a: ' * 101}b{'}' * 101}\n")),
    "Y012": _manifest("# our Okta users, to be done\n"),
    "G008": _manifest(overlaid("environments:\n" + "".join(f"  e{n}: {{}}\n" for n in range(101)))),
    "R015": _manifest(_many_scopes()),
    "O012": _many_operations,
    "O014": _refused_operation,
    "O015": _deep_example,
    "P001": _nothing_generated,
    "P002": _edited_by_hand,
    "P003": _environment_dropped,
    "P010": _migration('{"info": {"name": "Okta users"}, "item": ['),
    "P011": _migration('{"openapi": "3.1.0", "paths": {}}'),
    "P012": _migration(environment()),
    "P013": _migration('{"item": [' * 101 + "]}" * 101),
    "P014": _migration('{"item": [{"request": {"header": [{"key": "a"}], "header": []}}]}'),
    "P015": _migration(collection(item() | {"id": "8f1c"}, item() | {"id": "8f1c"})),
    "P016": _migration(collection(item("{{url}}/api/v1/sessions", SSWS, method="POST"))),
    "P017": _migration(
        collection(item(), event=[_SCRIPT]),
        environment(),
    ),
    "P018": _migration(collection(item(), variable=[{"key": "x", "value": TOKEN}]), environment()),
    "P019": _shared_token,
    "P020": _migration(_SSWS_USERS, environment(clientId="0oaSomeOtherApp12345")),
    "P021": _too_many_for_one_token,
    "P022": _migration(
        collection(item(method="POST", name="Create a user")),
        environment(),
        text=BASE.replace("B30h7", "B30h7\n  grants: [okta.users.read]"),
    ),
    "P023": _migration(_SIGN_IN, environment(apikey="")),
    "P024": _not_carried,
    "P025": _migration(_SSWS_USERS, environment(url="https://other.okta.com")),
    "P026": _migration(collection(item("https://other.okta.com/api/v1/users")), environment()),
    "P028": _migration(_SSWS_USERS),
    "P030": _not_migrated,
}
"""Codes that are not about a few lines of YAML, and a situation that gives each of them."""
