"""Says what the YAML parser's own complaints mean, and what to type instead."""

from __future__ import annotations

from typing import Final, NamedTuple

import yaml

from generator.problems import Problem, Source


class _Saying(NamedTuple):
    """A complaint's beginning, and our words for it; `at_start` points at where it began."""

    begins: str
    message: str
    hint: str
    at_start: bool = False


_SAYINGS: Final = (
    _Saying(
        "mapping values are not allowed",
        "a `: ` where no key can end",
        "put quotes around a text that holds `: `, or check the indentation of this line",
    ),
    _Saying(
        "did not find expected ',' or ']'",
        "the list that begins with `[` here is not closed",
        "close it with `]`; inside it, put quotes around a text with `{`, `[` or `,`",
        at_start=True,
    ),
    _Saying(
        "did not find expected ',' or '}'",
        "the mapping that begins with `{` here is not closed",
        "close it with `}`; inside it, put quotes around a text with `{`, `[` or `,`",
        at_start=True,
    ),
    _Saying(
        "did not find expected node content",
        "a bracket or a comma with nothing to it",
        "close what is open, and leave out the comma that has nothing after it",
    ),
    _Saying(
        "found unexpected end of stream",
        "the quote that begins here is not closed",
        "close it, and double a quote that belongs to the text",
        at_start=True,
    ),
    _Saying(
        "found unexpected document indicator",
        "the quote that begins here is not closed",
        "close it, and double a quote that belongs to the text",
        at_start=True,
    ),
    _Saying(
        "did not find expected key",
        "this is neither a key nor the end of what stands above",
        "indent it like the keys above it, and end a key with `:`",
    ),
    _Saying(
        "could not find expected ':'",
        "a key without a `:`",
        "write `key: value`, or indent the line if it continues the text above",
    ),
    _Saying(
        "did not find expected '-' indicator",
        "a list goes on here without its `-`",
        "indent it, or begin it with `- `",
    ),
    _Saying(
        "found unknown escape character",
        "a `\\` in double quotes must be part of an escape",
        "write `\\\\`, or use single quotes, where a `\\` is only a `\\`",
    ),
    _Saying(
        "found invalid Unicode character escape code",
        "no character has this number",
        "write the character itself, or the escape of one that exists",
    ),
)

_TAB = "a tab cannot indent YAML"
_USE_SPACES = "use two spaces for each level"
_RESERVED = "YAML keeps this character for itself at the start of a text"
_QUOTE = "put quotes around the text"
_RETYPE = "delete it; between double quotes it can be written as an escape, `\\u0007`"


def unprintable(source: Source, error: yaml.reader.ReaderError) -> Problem:
    """The problem of a character that YAML forbids."""
    character = error.character
    number = ord(character) if isinstance(character, str) else int(character)
    message = f"the character U+{number:04X} may not stand in YAML"
    return Problem("Y002", message, _RETYPE, source.position(error.position))


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
    for saying in _SAYINGS:
        if complaint.startswith(saying.begins):
            start = error.context_mark if saying.at_start else None
            place = source.position(start.index if start else index)
            return Problem("Y003", saying.message, saying.hint, place)
    return Problem("Y003", complaint, "see https://yaml.org/spec/1.2.2/", source.position(index))
