"""Says what the YAML parser's own complaints mean, and what to type instead."""

from __future__ import annotations

from typing import Final, NamedTuple

import yaml

from okta_postman.problems import Problem, Source


class _Saying(NamedTuple):
    """A complaint's beginning, and our words for it; `at_start` points at where it began."""

    begins: str
    message: str
    hint: str
    at_start: bool = False


_UNCLOSED_TEXT = "the quote that begins here is not closed"

_SAYINGS: Final = (
    _Saying(
        "mapping values are not allowed",
        "a `: ` where no key can end",
        "put quotes around a text that holds `: `, or check the indentation of this line",
    ),
    _Saying(
        "did not find expected ',' or ']'",
        "the list that begins with `[` here is not closed, or a comma is missing in it",
        "close it with `]`, and put a `,` between its parts",
        at_start=True,
    ),
    _Saying(
        "did not find expected ',' or '}'",
        "the mapping that begins with `{` here is not closed, or a comma is missing in it",
        "close it with `}`, and put a `,` between its parts",
        at_start=True,
    ),
    _Saying(
        "did not find expected node content",
        "a bracket or a comma with nothing to it",
        "close what is open, and leave out the comma that has nothing after it",
    ),
    _Saying("found unexpected end of stream", _UNCLOSED_TEXT, "", at_start=True),
    _Saying("found unexpected document indicator", _UNCLOSED_TEXT, "", at_start=True),
    _Saying(
        "did not find expected key",
        "this is neither a key nor the end of what stands above",
        "indent it like the keys above it, end a key with `:`, and begin no text with a quote that "
        "ends before the text does",
    ),
    _Saying(
        "could not find expected ':'",
        "a key without a `: `",
        "write `key: value`, or indent the line if it continues the text above",
        at_start=True,
    ),
    _Saying(
        "did not find expected '-' indicator",
        "a list goes on here without its `-`",
        "indent it, or begin it with `- `",
    ),
    _Saying(
        "did not find expected alphabetic or numeric character",
        "`*` and `&` mark aliases and anchors at the start of a text",
        "put quotes around the text",
    ),
    _Saying(
        "found unknown escape character",
        "a `\\` in double quotes must be part of an escape",
        "write `\\\\`, or use single quotes, where a `\\` is only a `\\`",
    ),
    _Saying(
        "did not find expected hexdecimal number",
        "an escape in double quotes lacks its number",
        "write `\\\\`, or use single quotes, where a `\\` is only a `\\`",
    ),
    _Saying(
        "found invalid Unicode character escape code",
        "no character has this number",
        "write the character itself, or the escape of one that exists",
    ),
    _Saying(
        "did not find expected comment or line break",
        "nothing may follow `|` or `>` on its line",
        "begin the text on the next line, or put quotes around it",
    ),
    _Saying(
        "found undefined tag handle",
        "`!` begins a tag, and this one has no meaning here",
        "put quotes around the text",
    ),
    _Saying("found unknown directive", "`%` begins a directive", "leave the line out"),
    _Saying(
        "found incompatible YAML document", "this is not YAML 1.1 or 1.2", "leave the line out"
    ),
    _Saying(
        "did not find expected <document start>",
        "the document ended above this line",
        "delete the line, or what ended the document",
    ),
)

DEEPEST: Final = 100
"""Levels of nesting: a description needs five, and a request body seldom ten."""

TOO_DEEP: Final = f"nested more than {DEEPEST} levels deep"
FLATTEN: Final = "hardly a file has ten levels; is a bracket left open?"

_TAB = "a tab cannot indent YAML"
_USE_SPACES = "use two spaces for each level"
_RESERVED = "YAML keeps this character for itself at the start of a text"
_QUOTE = "put quotes around the text"
_BRACE = "`{` begins a mapping inside `[` and `{`"
_LOOKS_LIKE_UTF_16 = "this looks like UTF-16: save the file as UTF-8"
_MANY_NULS = 3


def unprintable(source: Source, error: yaml.reader.ReaderError) -> Problem:
    """The problem of a character that YAML forbids."""
    # The error counts bytes, and a source counts characters.
    found = yaml.reader.Reader.NON_PRINTABLE.search(source.text)
    index = found.start() if found else min(error.position, len(source.text))
    number = ord(source.text[index : index + 1] or "\0")
    hint = f"delete it; between double quotes it can be written as `\\u{number:04x}`"
    if source.text.count("\0") > _MANY_NULS:
        hint = _LOOKS_LIKE_UTF_16
    message = f"the character U+{number:04X} may not stand in YAML"
    return Problem("Y002", message, hint, source.position(index))


def malformed(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    """The problem of a text that is not YAML."""
    mark = error.problem_mark or error.context_mark
    index = min(mark.index if mark else 0, len(source.text))
    here = source.text[index : index + 1]
    complaint = str(error.problem)
    if here == "\t" or "tab" in complaint:
        return Problem("Y004", _TAB, _USE_SPACES, source.position(index))
    if complaint.startswith("found character that cannot start any token"):
        return Problem("Y003", f"{_RESERVED}: `{here}`", _QUOTE, source.position(index))
    if here == "{" and complaint.startswith("did not find expected ',' or"):
        return Problem("Y003", _BRACE, _QUOTE, source.position(index))
    if complaint.startswith("exceeded maximum nesting depth"):  # libyaml's own, a thousand
        return Problem("Y008", TOO_DEEP, FLATTEN, source.position(index))
    for saying in _SAYINGS:
        if complaint.startswith(saying.begins):
            start = error.context_mark if saying.at_start else None
            return _said(source, saying, min(start.index, len(source.text)) if start else index)
    return Problem("Y003", complaint, "see https://yaml.org/spec/1.2.2/", source.position(index))


def _said(source: Source, saying: _Saying, index: int) -> Problem:
    hint = saying.hint
    if saying.message == _UNCLOSED_TEXT:
        inside = '`\\"`' if source.text[index : index + 1] == '"' else "two of them"
        hint = f"close it, and write {inside} for a quote that belongs to the text"
    return Problem("Y003", saying.message, hint, source.position(index))
