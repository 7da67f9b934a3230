"""What a message quotes of an org's error: known codes and plain words, and no secret."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_postman.org.quote import error_code, excerpt, prose

SECRETS = {
    "Okta's form": "kV3nXq-7Tz_bW9cR2mLp4sYd8fGh1jKo0aEuIx5N",
    "a passphrase": "hush & hush, my Ärger",
    "letters": "correcthorsebatterystaple",
    "dots": "opaque.token.value",
}


def percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def escaped(text: str) -> str:
    return "".join(f"\\u{ord(character):04x}" for character in text)


def entities(text: str) -> str:
    return "".join(f"&#{ord(character)};" for character in text)


def half(spell: Callable[[str], str]) -> Callable[[str], str]:
    """A spelling of every other character alone."""
    return lambda text: "".join(
        spell(character) if index % 2 else character for index, character in enumerate(text)
    )


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "a form": quote_plus,
    "a path": quote,
    "percent": percent,
    "percent in lower case": lambda text: percent(text).lower(),
    "percent twice": lambda text: quote(percent(text)),
    "half in percent": half(percent),
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON escapes": escaped,
    "half in JSON escapes": half(escaped),
    "HTML": html.escape,
    "HTML entities": entities,
    "half in HTML entities": half(entities),
    "JSON escapes in percent": lambda text: percent(escaped(text)),
    "base64": encoded,
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "base64 with a client ID": lambda text: encoded(f"0oafine:{text}"),
    "base64 in percent": lambda text: quote_plus(encoded(text)),
    "hexadecimal": lambda text: text.encode().hex(),
    "capitals": str.upper,
    "split": lambda text: f"{text[:12]} {text[12:]}",
    "glued": lambda text: f"secret={text};",
    "quoted": lambda text: f"'{text}'",
}


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=list(SPELLINGS))
@pytest.mark.parametrize("secret", SECRETS.values(), ids=list(SECRETS))
def test_no_spelling_of_a_secret_is_quoted(secret: str, spell: Callable[[str], str]) -> None:
    spelled = spell(secret)
    shown = prose(f"Client authentication failed for {spelled}", [secret])
    assert shown.startswith("Client authentication failed for ***")
    assert set(shown.split()[4:]) == {"***"}
    assert error_code(spelled, [secret]) is None


OKTAS = [
    "The client secret supplied for a confidential client is invalid.",
    "Invalid value for 'client_id' parameter.",
    "User is not assigned to the client application.",
    "One or more scopes are not configured for the authorization server resource.",
    "The requested scope is invalid: okta.apiTokens.read (see DPoP, OAuth 2.0 and HTTP/1.1).",
]


@pytest.mark.parametrize("sentence", OKTAS)
def test_a_sentence_is_quoted_as_it_is(sentence: str) -> None:
    assert prose(sentence, [SECRETS["Okta's form"]]) == sentence


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("open https://acme.okta.com/admin?code=x now", "open *** now"),
        ("a\nb\t c", "a b c"),
        ("\x1b[2J clear \u202e", "*** clear ***"),
        ("::error::x failed", "*** failed"),
        ("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln", ""),
        (None, ""),
        ({"a": 1}, ""),
    ],
)
def test_what_is_no_plain_word_is_hidden(text: object, shown: str) -> None:
    assert prose(text) == shown


@pytest.mark.parametrize("code", ["invalid_scope", "app_sign_on_required", "E0000021"])
def test_an_error_code_is_quoted(code: str) -> None:
    assert error_code(code, SECRETS.values()) == code


@pytest.mark.parametrize("code", ["Invalid Scope", "invalid_scope\n", "a" * 21, "", "x%41", 5, []])
def test_an_error_that_has_not_the_form_of_a_code_is_not_quoted(code: object) -> None:
    assert error_code(code) is None


@given(st.text(), st.text(st.characters(codec="ascii"), min_size=8))
def test_a_secret_stays_hidden_in_any_text(around: str, secret: str) -> None:
    shown = prose(f"{around} {secret} {around}", [secret])
    assert secret.lower() not in shown.lower() or not any(map(str.isalnum, secret))


def test_a_long_value_is_cut() -> None:
    assert len(excerpt("x" * 1_000_000)) < 400
    assert len(prose("word " * 1_000_000)) < 400
