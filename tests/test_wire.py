"""What is typed is what arrives: requests as newman and the Postman CLI put them on the wire.

Every request of a manifest is on a line of its own, and so is every variable. Those that `lint`
refuses are left out, each for a problem in its own line, and whatever it accepts must reach a
server as it was typed: byte by byte, apart from the escapes of paths and queries, where `%41` is
`A` (RFC 3986, 2.4).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from okta_postman.commands.generate import artifacts_of
from tests.support.echo_server import Arrived, echo_server
from tests.support.manifests import check
from tests.support.postman import Run, newman, postman_cli

Key = TypeVar("Key", bound=Hashable)

HEAD: Final = """\
version: 1
name: Wire
org: {org}
app: {{client_id: 0oan47pj9BsB30h7}}
redirect_uri: https://oauth.pstmn.io/v1/callback
collection: {{folders: none, auth: collection, scripts: false}}
"""


class Row(NamedTuple):
    """A request and the variables that it uses, as typed, and what is to arrive of it."""

    request: Mapping[str, Any]
    arrives: Mapping[str, Any]
    path: str = ""
    variables: Mapping[str, str] = {}
    method: str = "POST"


class Number(str):
    """A number of a JSON text, by its spelling."""

    __slots__ = ()


def literal(**request: Any) -> Row:  # noqa: ANN401 - any YAML
    return Row(request, request)


# What puts a text into a place of a request, beside what other places put there.
PLACES: Final[Mapping[str, Callable[[str, str], dict[str, Any]]]] = {
    "query": lambda name, text: {"query": {name: text}},
    "query name": lambda name, text: {"query": {f"{name}.{text}": "v"}},
    "header": lambda name, text: {"headers": {f"X-{name}": text}},
    "JSON": lambda name, text: {"body": {name: text}},
    "form": lambda name, text: {"form": {f"{name}.{text}": text}},
}


def rows_of(text: str, number: int, prefix: str = "v") -> dict[str, Row]:
    """Rows that put a text into one place each, as it is and through a variable."""
    rows = {
        "segment": Row({"variables": {"a": text}}, {"path": [text]}, "/{a}"),
        "part": Row({"variables": {"b": text}}, {"path": [f"{text}.x"]}, "/{b}.x"),
        "variable in segment": Row({}, {"path": [text]}, f"/{{s{number}}}", {f"s{number}": text}),
    }
    name = f"{prefix}{number}"
    own = {"variables": {"c": f"{{{{{name}}}}}"}}
    rows["variable in part"] = Row(own, {"path": [f"{text}.x"]}, "/{c}.x", {name: text})
    for place, put in PLACES.items():
        name = f"{prefix}{number} {place}"
        rows[place] = Row(put("typed", text), put("typed", text))
        typed = put("variable", f"{{{{{name}}}}}")
        rows[f"variable in {place}"] = Row(typed, put("variable", text), "", {name: text})
    return rows


def merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Two mappings of mappings and lists as one."""
    together = dict(one)
    for key, value in other.items():
        if key in together:
            both = together[key], value
            together[key] = [*both[0], *both[1]] if key == "path" else {**both[0], **both[1]}
        else:
            together[key] = value
    return together


def grouped(rows: Mapping[tuple[int, str], Row]) -> dict[tuple[int, bool], Row]:
    """The rows of each text as one request with JSON, and one with a form."""
    together: dict[tuple[int, bool], Row] = {}
    for (number, place), row in rows.items():
        key = number, place.endswith("form")
        other = together.get(key, Row({}, {}))
        together[key] = Row(
            merged(other.request, row.request),
            merged(other.arrives, row.arrives),
            other.path + row.path,
            {**other.variables, **row.variables},
        )
    return together


def manifest(rows: Mapping[Key, Row], org: str) -> tuple[str, dict[int, Key]]:
    """A manifest of rows, and the row that each of its lines belongs to."""
    lines, owners = [*HEAD.format(org=org).splitlines(), "variables:", "  unused: x"], {}
    for key, row in rows.items():
        for name, value in row.variables.items():
            lines.append(f"  {quoted(name)}: {quoted(value)}")
            owners[len(lines)] = key
    lines += ["scopes:", "  okta.users.manage:"]
    for number, (key, row) in enumerate(rows.items()):
        headers = {"X-Row": str(number), **row.request.get("headers", {})}
        request = f"{row.method} /{number}{row.path}"
        entry = {"request": request, **row.request, "headers": headers, "name": str(number)}
        lines.append(f"    - {quoted(entry)}")
        owners[len(lines)] = key
    return "\n".join(lines), owners


def quoted(data: Any) -> str:  # noqa: ANN401 - any JSON
    """JSON that is YAML as well, which has no surrogates and fewer printable characters."""

    def marked(part: Any) -> Any:  # noqa: ANN401
        if isinstance(part, dict):
            return {key: marked(value) for key, value in part.items()}
        if isinstance(part, list):
            return [marked(value) for value in part]
        return f"\0number {part}" if isinstance(part, Number) else part

    text = re.sub(r'"\\u0000number (.*?)"', r"\1", json.dumps(marked(data), ensure_ascii=False))
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", _escape, text)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def accepted(rows: Mapping[Key, Row]) -> dict[Key, Row]:
    """The rows that `lint` accepts; it is asked again without those that it refused."""
    left = dict(rows)
    while left:
        text, owners = manifest(left, "http://127.0.0.1:9")
        read, checked = check("wire.yaml", text.encode())
        if read is not None:
            return left
        errors = [each for each in checked.problems if each.severity == "error"]
        refused = {owners[each.position.line] for each in errors}
        left = {key: row for key, row in left.items() if key not in refused}
    return left


def sent(rows: Mapping[Key, Row], folder: Path, run: Callable[..., Run]) -> dict[Key, Arrived]:
    """What arrives of each row in one run of newman, or of the Postman CLI."""
    with echo_server() as echo:
        read, checked = check("wire.yaml", manifest(rows, echo.url)[0].encode())
        assert read is not None, checked.problems
        paths = []
        for artifact in artifacts_of(read):
            paths.append(folder / artifact.path)
            paths[-1].write_bytes(artifact.content)
        done = run(*paths)
        assert done.failures == ()
    keys = list(rows)
    return {keys[int(request.header("x-row") or -1)]: request for request in echo.arrived}


def differences(rows: Mapping[Key, Row], arrived: Mapping[Key, Arrived]) -> list[str]:
    """A line for each row that did not arrive, or not as it was typed."""
    return [
        f"{row.request} {row.variables}: {arrived.get(key)}"
        for key, row in rows.items()
        if key not in arrived or not is_as_typed(row, arrived[key])
    ]


def is_as_typed(row: Row, request: Arrived) -> bool:
    path, _, query = request.target.partition("?")
    segments = [unquote_to_bytes(segment) for segment in path.split("/")]
    pairs = [pair.partition("=") for pair in query.split("&") if query]
    return (
        request.method == row.method
        and segments[2:] == [unquote_to_bytes(each) for each in row.arrives.get("path", ())]
        and not {b".", b".."} & set(segments)  # which servers take for the way to another path
        and "+" not in query  # which servers that read queries as forms take for a space
        and not re.search("%(?![0-9A-Fa-f]{2})", request.target)
        and [(unquote_to_bytes(name), unquote_to_bytes(value)) for name, _, value in pairs]
        == [
            (unquote_to_bytes(name), unquote_to_bytes(value))
            for name, value in row.arrives.get("query", {}).items()
        ]
        and all(
            request.header(name) == value.encode("latin-1")
            for name, value in row.arrives.get("headers", {}).items()
        )
        and body_of(request) == row.arrives.get("form", row.arrives.get("body"))
    )


def body_of(request: Arrived) -> Any:  # noqa: ANN401 - any JSON
    if not request.body:
        return None
    if request.header("content-type") == b"application/json":
        try:
            return json.loads(request.body, parse_int=Number, parse_float=Number)
        except ValueError:
            return request.body
    fields = [field.partition(b"=") for field in request.body.split(b"&")]
    return {
        unquote_to_bytes(name).decode(): unquote_to_bytes(value).decode()
        for name, _, value in fields
    }


IN_URL = ("segment", "part", "query", "query name")
THROUGH_URL = {f"variable in {place}" for place in IN_URL}
IN_QUERY = {"variable in query", "variable in query name"}
IN_PATH = {"segment", "part", "variable in segment", "variable in part"}
IN_HEADER = {"header", "variable in header"}
IN_JSON = {"variable in JSON"}
DOTS = {"segment", "variable in segment"}

# Texts, and the places in which `lint` refuses them.
TEXTS: dict[str, AbstractSet[str]] = {
    **dict.fromkeys(
        (
            *("", "0", "-", "a b", "a,b", "a;b", "a:b", ":", ":x", "@", "*", "~", "'q'", "[1]"),
            *("a|b^`<>", "${x}", "{x}", "{", "}", "%41", "%26%23%2B%3d", "x" * 900),
            *("me@example.com", "constructor", "__proto__", "$guid", "{a} {b}"),
        ),
        frozenset[str](),
    ),
    "me+test@acme.com": IN_QUERY,
    "a&b": IN_QUERY,
    "a=b": {"variable in query name"},
    "a#b": IN_PATH | IN_QUERY,
    **dict.fromkeys(("a/b", "a?b", "http://localhost:8080"), IN_PATH),
    **dict.fromkeys(("100%", "%zz", "%", "%4"), THROUGH_URL),
    **dict.fromkeys(("{{x", "y}}"), THROUGH_URL),
    "a\\b": {"variable in segment", "variable in part"} | IN_JSON,
    **dict.fromkeys((".", "..", "%2e", "%2E."), DOTS),
    **dict.fromkeys(
        (" a ", "a ", "ü", "\u00a0", "€", "😀", "\u0085", "\x7f", "\u2028", "\ufeff"), IN_HEADER
    ),
    '"q"': IN_JSON,
    "a\tb": IN_JSON,
    **dict.fromkeys(("a\nb", "a\r\nb", "\x01"), IN_HEADER | IN_JSON),
}

NUMBERS = ("0", "-0", "1.10", "1e5", "1e100", "5e-324", "1e400", "12345678901234567890", "9" * 400)
NAMES = ("a&b", "a#b?c/d", "a b", "a=b", "user.id", "clientSecret:'", "ü", "$x", "a%41+", "key")

ACCEPTED: dict[str, Row] = {
    "halves of a variable in two values": literal(
        query={"a": "{{x", "b": "y}}"}, headers={"A": "{{x", "B": "y}}"}, body=["{{x", "y}}"]
    ),
    "a URL and an address": literal(
        query={"callback": "http://localhost:8080", "email": "me@example.com"}
    ),
    "a colon before a variable": Row(
        {"variables": {"a": ":x"}}, {"path": [":x1"]}, "/{a}{after}", {"after": "1"}
    ),
    "a dot in a parameter": Row({}, {"path": ["7"]}, "/{user.name}", {"user.name": "7"}),
    "a dot in a parameter with a value": Row(
        {"variables": {"user.id": ":"}}, {"path": [":"]}, "/{user.id}"
    ),
    **{
        f"a parameter called {name}": Row(
            {}, {"path": ["7"]}, f"/{{{name}}}", {f"path{name[0].upper()}{name[1:]}": "7"}
        )
        for name in ("constructor", "__proto__", "hasOwnProperty", "toString")
    },
    **{
        f"a variable called {name}": Row(
            {
                "variables": {"a": typed},
                "query": {typed: typed},
                "headers": {"A": typed},
                "body": typed,
            },
            {"path": ["V"], "query": {"V": "V"}, "headers": {"A": "V"}, "body": "V"},
            "/{a}",
            {name: "V"},
        )
        for name in NAMES
        for typed in [f"{{{{{name}}}}}"]
    },
    "names of JavaScript": literal(
        query={"__proto__": "1", "constructor": "2"},
        headers={"constructor": "1", "toString": "2"},
        form={"constructor": "1", "hasOwnProperty": "2"},
    ),
    "numbers": literal(body=[*map(Number, NUMBERS), {"1.10": Number("1.10")}]),
    "a variable through another": Row(
        {"query": {"q": "{{outer}}"}},
        {"query": {"q": "a1b"}},
        variables={"outer": "a{{inner}}b", "inner": "1"},
    ),
    **{
        method: Row({}, {}, method=method)
        for method in ("GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
    },
}

REFUSED: dict[str, Row] = {
    **{
        f"a variable called {name}": Row({}, {}, variables={name: "1"})
        for name in ("__proto__", "constructor", "hasOwnProperty", "toString", 'a"b', "a\\b")
    },
    "a form field called __proto__": literal(form={"__proto__": "1"}),
    **{
        f"the header {name}": literal(headers={name: "1"})
        for name in ("__proto__", "Content-Length", "transfer-encoding", "Trailer", "Expect")
    },
    "two parameters of one dot": Row({"variables": {"a": ".", "b": "."}}, {}, "/{a}{b}"),
    "a dot beside a parameter": Row({}, {}, "/{dot}.", {"dot": "."}),
    "dots in a path": Row({}, {}, "/%2e%2E"),
    "a variable of itself": Row({}, {}, variables={"self": "a{{self}}"}),
    "a variable in the name of a variable": literal(body="{{a{{unused}}}}"),
    "a URL of the environment in a path": Row({"variables": {"a": "{{redirectUri}}"}}, {}, "/{a}"),
}


def test_what_cannot_arrive_is_refused_and_nothing_else() -> None:
    rows = table()
    texts, refused = list(TEXTS), rows.keys() - accepted(rows).keys()
    assert {(texts[number], place) for number, place in refused} == {
        (text, place) for text, places in TEXTS.items() for place in places
    }
    assert accepted(ACCEPTED) == ACCEPTED
    for name, row in REFUSED.items():
        assert accepted({name: row}) == {}, name


@pytest.mark.parametrize("run", [newman, postman_cli])
def test_what_is_accepted_arrives_as_it_was_typed(run: Callable[..., Run], tmp_path: Path) -> None:
    rows = dict(enumerate((*grouped(accepted(table())).values(), *ACCEPTED.values())))
    assert differences(rows, sent(rows, tmp_path, run)) == []


special = st.sampled_from(" +&=#%?/\\:;.@{}\"'<>|^`~$\n\t") | st.sampled_from(["%41", "%2e", "{{"])
texts = st.lists(special | st.characters(exclude_categories=["Cs"]), max_size=8).map("".join)
numbers = st.from_regex(
    r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?([eE][-+]?[0-9]{1,4})?", fullmatch=True
).map(Number)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


# A run that sends many requests takes little longer than one that sends one: none is shrunk.
@given(rows=st.lists(st.tuples(texts, texts, values), min_size=5, max_size=40))
@settings(max_examples=2, phases=[Phase.generate])
def test_any_value_that_is_accepted_arrives_as_it_was_typed(
    rows: list[tuple[str, str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    typed = {
        (number, place): row
        for number, (text, name, _) in enumerate(rows)
        for place, row in rows_of(text, number, name).items()
    }
    bodies = accepted({number: literal(body=body) for number, (*_, body) in enumerate(rows)})
    together = [*grouped(accepted(typed)).values(), *bodies.values()]
    sendable = dict(enumerate(together))
    folder = tmp_path_factory.mktemp("wire")
    assert differences(sendable, sent(sendable, folder, newman)) == []


def table() -> dict[tuple[int, str], Row]:
    """A row for each text in each place."""
    return {
        (number, place): row
        for number, text in enumerate(TEXTS)
        for place, row in rows_of(text, number).items()
    }
