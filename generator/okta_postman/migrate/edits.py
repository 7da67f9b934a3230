"""Edits a JSON text in place: what is not edited keeps every byte, commas and indentation fit."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final, NamedTuple

from okta_postman.migrate.tree import Member, Node, elements
from okta_postman.problems import InternalError

_HALF: Final = re.compile(r"[\ud800-\udfff]")


class Edit(NamedTuple):
    """A span of the text, and what to write there instead."""

    start: int
    end: int
    instead: str


class Editor(NamedTuple):
    """A text, and how it is written: `unit` is one level of its indentation, `tight` no spaces."""

    text: str
    unit: str
    tight: bool
    line_feed: str

    def replaced(self, node: Node, data: Any, parent: Node) -> Edit:  # noqa: ANN401
        """Other data for a value that stands directly in an object or list."""
        return Edit(node.start, node.end, self._written(data, self._gap(parent)))

    def with_member(self, parent: Node, key: str, data: Any, after: str = "") -> Edit:  # noqa: ANN401
        """A new member of an object, after another one, or as the first."""
        gap = self._gap(parent)
        colon = '":' if self.tight else '": '
        member = f'"{key}{colon}{self._written(data, gap)}'
        if after in parent.value:
            end = parent.value[after].node.end
            return Edit(end, end, f"{self._comma(gap)}{member}")
        if not parent.value:
            return Edit(parent.start, parent.end, f"{{{member}}}")
        start = _spans(parent)[0].start
        return Edit(start, start, f"{member}{self._comma(gap)}")

    def changed(
        self, parent: Node, removed: Collection[int], added: Collection[Any] = ()
    ) -> Iterator[Edit]:
        """An object or list without the values that start there, and a list with others at its end.

        A value goes with the comma and the white space that join it to a neighbour who stays.
        """
        spans = _spans(parent)
        kept = [span for span in spans if span.value not in removed]
        gap = self._gap(parent)
        new = [self._written(data, gap) for data in added]
        if not kept:
            inside = self._alone(gap, new)
            yield from [Edit(parent.start + 1, parent.end - 1, inside)] if removed or new else []
            return
        for number, span in enumerate(spans):
            if span.value not in removed:
                continue
            if span.start < kept[0].start:
                yield Edit(span.start, spans[number + 1].start, "")
            else:
                yield Edit(spans[number - 1].end, span.end, "")
        if new:
            end = kept[-1].end
            yield Edit(end, end, "".join(f"{self._comma(gap)}{each}" for each in new))

    def _alone(self, gap: str, new: list[str]) -> str:
        """What stands between the brackets when nothing that was there is left."""
        if not new:
            return ""
        return f"{gap}{self._comma(gap).join(new)}{gap.removesuffix(self.unit)}"

    def _comma(self, gap: str) -> str:
        return f",{gap}" if gap else "," if self.tight else ", "

    def _gap(self, parent: Node) -> str:
        """The white space before each value of an object or list; empty if all is on one line."""
        spans = _spans(parent)
        if spans:
            space = self.text[parent.start + 1 : spans[0].start]
            return space if "\n" in space else ""
        if not self.unit:
            return ""
        line = self.text[: parent.start].rpartition("\n")[2]
        indent = line[: len(line) - len(line.lstrip())]
        return f"{self.line_feed}{indent}{self.unit}"

    def _written(self, data: Any, gap: str) -> str:  # noqa: ANN401
        if not gap:
            return spelled(data, separators=(",", ":") if self.tight else (", ", ": "))
        indent = gap.rpartition("\n")[2]
        lines = spelled(data, indent=self.unit or 2).split("\n")
        return f"{self.line_feed}{indent}".join(lines)


def spelled(
    data: Any,  # noqa: ANN401 - what JSON can say
    *,
    indent: str | int | None = None,
    separators: tuple[str, str] | None = None,
) -> str:
    """Data as JSON; half a surrogate pair, which UTF-8 cannot hold, stays escaped."""
    text = json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)
    return _HALF.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def editor(text: str, root: Node) -> Editor:
    """The editor of a text, which goes on as the beginning of its root is written."""
    spans = _spans(root)
    space = text[root.start + 1 : spans[0].start] if spans else ""
    unit = space.rpartition("\n")[2] if "\n" in space else ""
    return Editor(text, unit, '": ' not in text, "\r\n" if "\r\n" in text else "\n")


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; raises Defect if two of them overlap."""
    parts: list[str] = []
    done = 0
    for edit in sorted(edits):
        if edit.start < done:
            raise InternalError(f"two edits overlap at {edit.start}")
        parts += (text[done : edit.start], edit.instead)
        done = edit.end
    return "".join([*parts, text[done:]])


class _Span(NamedTuple):
    """A value with its key: from where to where, and where the value itself starts."""

    start: int
    end: int
    value: int


def _spans(parent: Node) -> list[_Span]:
    if isinstance(parent.value, dict):
        listed: Iterable[Member] = parent.value.values()
        return sorted(_Span(each.start, each.node.end, each.node.start) for each in listed)
    return [_Span(each.start, each.end, each.start) for each in elements(parent)]
