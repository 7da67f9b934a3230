"""The errors of the YAML parser in words that say what to type instead.

The beginnings of its messages are those of libyaml, src/parser.c and src/scanner.c.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import yaml

from okta_postman.problems import Problem, Source


class _Explanation(NamedTuple):
    """How an error of the parser begins, and what is shown instead of it.

    `at_start` marks the beginning of what the parser was reading, and not where it gave up.
    """

    begins: str
    message: str
    hint: str
    at_start: bool = False


_UNCLOSED_QUOTE: Final = "the quote that begins here is not closed"
_ESCAPE: Final = "write `\\\\`, or use single quotes, in which a `\\` is only a `\\`"

_EXPLANATIONS: Final = (
    _Explanation(
        "mapping values are not allowed",
        "unexpected `: `",
        "put quotes around a string that contains `: `, or correct the indentation of this line",
    ),
    _Explanation(
        "did not find expected ',' or ']'",
        "the list that begins with `[` here is not closed, or a comma is missing in it",
        "close it with `]`, and put a `,` between its items",
        at_start=True,
    ),
    _Explanation(
        "did not find expected ',' or '}'",
        "the mapping that begins with `{` here is not closed, or a comma is missing in it",
        "close it with `}`, and put a `,` between its entries",
        at_start=True,
    ),
    _Explanation(
        "did not find expected node content",
        "expected a value before this bracket or comma",
        "close every bracket, and delete a comma with nothing after it",
    ),
    _Explanation("found unexpected end of stream", _UNCLOSED_QUOTE, "", at_start=True),
    _Explanation("found unexpected document indicator", _UNCLOSED_QUOTE, "", at_start=True),
    _Explanation(
        "did not find expected key",
        "expected a key or the end of the block above",
        "indent it like the keys above and end a key with `:`; if a string contains the quote it "
        "begins with, use the other kind of quotes around it",
    ),
    _Explanation(
        "could not find expected ':'",
        "a key without `: ` after it",
        "write `key: value`, or indent the line if it continues the string above",
        at_start=True,
    ),
    _Explanation(
        "did not find expected '-' indicator",
        "expected `- ` before the next item of the list",
        "begin the item with `- `, or indent it if it belongs to the item above",
    ),
    _Explanation(
        "block sequence entries are not allowed",
        "a list can't begin here",
        "begin it on the next line, or put quotes around a string that begins with `- `",
    ),
    _Explanation(
        "did not find expected alphabetic or numeric character",
        "an unquoted string can't begin with `*` or `&`, which mark aliases and anchors",
        "put quotes around the string",
    ),
    _Explanation(
        "found unknown escape character", "unknown escape after `\\` in double quotes", _ESCAPE
    ),
    _Explanation(
        "did not find expected hexdecimal number",
        "an escape in double quotes lacks digits",
        _ESCAPE,
    ),
    _Explanation(
        "found invalid Unicode character escape code",
        "no Unicode character has this number",
        "write the character itself, or correct the number",
    ),
    _Explanation(
        "did not find expected comment or line break",
        "unexpected text after `|` or `>`",
        "begin the string on the next line, or put quotes around it",
    ),
    _Explanation(
        "found an indentation indicator equal to 0",
        "the indentation after `|` or `>` can't be 0",
        "delete the 0, and indent the lines of the string",
    ),
    _Explanation(
        "found undefined tag handle",
        "an unquoted string can't begin with `!`, which marks a tag",
        "put quotes around the string",
    ),
    _Explanation(
        "found unknown directive",
        "a line can't begin with `%`, which marks a directive",
        "delete the line, or put quotes around the string",
    ),
    _Explanation(
        "found incompatible YAML document",
        "unsupported YAML version",
        "delete the line: the file is read as YAML 1.2",
    ),
    _Explanation(
        "did not find expected <document start>",
        "the document ended above this line",
        "delete this line, or the `...` above that ends the document",
    ),
)

DEEPEST: Final = 100
"""Levels of nesting: a manifest needs five, and a request body seldom ten."""

TOO_DEEP: Final = f"nested more than {DEEPEST} levels deep"
CLOSE_BRACKETS: Final = "close every bracket; few files have ten levels"

_TAB: Final = "a tab can't indent YAML"
_USE_SPACES: Final = "use two spaces for each level"
_QUOTE: Final = "put quotes around the string"
_BRACE: Final = "unquoted `{` inside `[` or `{` begins a mapping"
_UTF_16: Final = "save the file as UTF-8; it looks like UTF-16"
_MANY_NULS: Final = 3


def unprintable(source: Source, error: yaml.reader.ReaderError) -> Problem:
    """The problem of a character that YAML forbids. Source: YAML 1.2.2, 5.1."""
    # The error counts bytes, and a source counts characters.
    match = yaml.reader.Reader.NON_PRINTABLE.search(source.text)
    index = match.start() if match else min(error.position, len(source.text))
    number = ord(source.text[index : index + 1] or "\0")
    hint = f"delete it, or write `\\u{number:04x}` between double quotes"
    if source.text.count("\0") > _MANY_NULS:
        hint = _UTF_16
    message = f"YAML does not allow the character U+{number:04X}"
    return Problem("Y002", message, hint, source.position(index))


def malformed(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    """The problem of text that is not YAML."""
    mark = error.problem_mark or error.context_mark
    index = min(mark.index if mark else 0, len(source.text))
    character = source.text[index : index + 1]
    parser_message = str(error.problem)
    if character == "\t" or "tab" in parser_message:
        return Problem("Y004", _TAB, _USE_SPACES, source.position(index))
    if parser_message.startswith("found character that cannot start any token"):
        shown = "a backtick" if character == "`" else f"`{character}`"
        message = f"an unquoted string can't begin with {shown}"
        return Problem("Y003", message, _QUOTE, source.position(index))
    if character == "{" and parser_message.startswith("did not find expected ',' or"):
        return Problem("Y003", _BRACE, _QUOTE, source.position(index))
    if parser_message.startswith("exceeded maximum nesting depth"):  # libyaml's limit: a thousand
        return Problem("Y008", TOO_DEEP, CLOSE_BRACKETS, source.position(index))
    for explanation in _EXPLANATIONS:
        if parser_message.startswith(explanation.begins):
            start = error.context_mark if explanation.at_start else None
            index = min(start.index, len(source.text)) if start else index
            return _explained(source, explanation, index)
    hint = "see https://yaml.org/spec/1.2.2/"
    return Problem("Y003", parser_message, hint, source.position(index))


def _explained(source: Source, explanation: _Explanation, index: int) -> Problem:
    hint = explanation.hint
    if explanation.message == _UNCLOSED_QUOTE:
        doubled = '`\\"`' if source.text[index : index + 1] == '"' else "`''`"
        hint = f"close it, and write {doubled} for a quote inside the string"
    return Problem("Y003", explanation.message, hint, source.position(index))
