"""Every regular expression of the program, and how each could take more than linear time.

No analyzer on PyPI that is kept up reads Python's possessive quantifiers and atomic groups, so this
looks for ambiguous loops in the trees of the standard library's own parser.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from re import _constants as codes
from re import _parser as parser
from typing import Any, Final, NamedTuple

import okta_postman

_METHODS: Final = {"search", "sub", "finditer", "findall", "match", "fullmatch"}
_ALPHABET: Final = frozenset(map(chr, (*range(128), 0x85, 0xA0, 0xE9, 0x2028, 0x65E5, 0xD800)))
_LOOP: Final = 10
"""So many repetitions are as bad as any number."""


class Expression(NamedTuple):
    """A regular expression, where it is, and the methods that are called on it."""

    where: str
    pattern: re.Pattern[str]
    methods: frozenset[str]


def expressions() -> list[Expression]:
    """Those that modules hold, and those that functions write out."""
    root = Path(okta_postman.__file__).parent
    names = [
        info.name
        for info in pkgutil.walk_packages([str(root)], "okta_postman.")
        if not info.name.endswith("__main__")
    ]
    sources = {name: _tree(importlib.import_module(name).__file__) for name in names}
    called = [call for tree in sources.values() for call in _calls(tree)]
    listed = []
    for name, tree in sources.items():
        module = importlib.import_module(name)
        own = frozenset(method for _, method in _calls(tree))
        for attribute, value in vars(module).items():
            here = _calls_of(attribute, _calls(tree))
            methods = here or _calls_of(attribute, called) or own
            listed += [
                Expression(f"{name}.{attribute}", pattern, methods or frozenset(_METHODS))
                for pattern in _patterns(value)
            ]
        listed += [Expression(name, *found) for found in _written_out(tree, vars(module))]
    return list({(each.where, each.pattern): each for each in listed}.values())


def _tree(path: str | None) -> ast.Module:
    return ast.parse(Path(path or "").read_text(encoding="utf-8"))


def _calls(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The method of a pattern in each call, and the name that it is called on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _METHODS:
            owner = node.value
            if not (isinstance(owner, ast.Name) and owner.id == "re"):
                yield getattr(owner, "id", getattr(owner, "attr", "")), node.attr


def _calls_of(name: str, calls: Iterable[tuple[str, str]]) -> frozenset[str]:
    return frozenset(method for owner, method in calls if owner == name)


def _patterns(value: object) -> Iterator[re.Pattern[str]]:
    """The patterns in a value of a module."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _patterns(inner)
    elif isinstance(value, dict):
        yield from _patterns(list(value.values()))


def _written_out(
    tree: ast.Module, names: dict[str, Any]
) -> Iterator[tuple[re.Pattern[str], frozenset[str]]]:
    """The patterns that are arguments of functions of `re`; of a local name, some word."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            method = ast.unparse(node.func).removeprefix("re.")
            if method in _METHODS and isinstance(node.args[0], ast.Constant | ast.JoinedStr):
                known = {
                    inner.id: names.get(inner.id, "name")
                    for inner in ast.walk(node.args[0])
                    if isinstance(inner, ast.Name)
                }
                text = eval(ast.unparse(node.args[0]), known)  # noqa: S307 - our own source
                yield re.compile(text), frozenset((method,))


class _Part(NamedTuple):
    """A part of an expression: whether it can be empty, and where it begins and ends."""

    nullable: bool
    first: Counter[int]
    last: Counter[int]


class _Automaton:
    """The position automaton of an expression, in which an edge counts how often it is there.

    Source: V. M. Glushkov, The abstract theory of automata, 1961.
    """

    def __init__(self, tree: Any, flags: int) -> None:  # noqa: ANN401 - re has no types
        self._flags = flags
        self.sets: list[frozenset[str]] = []
        self.follow: list[Counter[int]] = []
        self.inner: list[_Automaton] = []
        self._sequence(tree)

    def _position(self, characters: frozenset[str]) -> _Part:
        self.sets.append(characters)
        self.follow.append(Counter())
        alone = Counter([len(self.sets) - 1])
        return _Part(nullable=False, first=alone, last=alone)

    def _link(self, last: Counter[int], first: Counter[int]) -> None:
        for end, times in last.items():
            for begin, more in first.items():
                self.follow[end][begin] += times * more

    def _sequence(self, tree: Any) -> _Part:  # noqa: ANN401
        whole = _Part(nullable=True, first=Counter(), last=Counter())
        for code, argument in tree:
            part = self._part(code, argument)
            self._link(whole.last, part.first)
            whole = _Part(
                whole.nullable and part.nullable,
                whole.first + part.first if whole.nullable else whole.first,
                whole.last + part.last if part.nullable else part.last,
            )
        return whole

    def _part(self, code: Any, argument: Any) -> _Part:  # noqa: ANN401
        empty = _Part(nullable=True, first=Counter(), last=Counter())
        if code is codes.SUBPATTERN:
            return self._sequence(argument[3])
        if code is codes.BRANCH:
            parts = [self._sequence(tree) for tree in argument[1]]
            return _Part(
                any(part.nullable for part in parts),
                sum((part.first for part in parts), Counter()),
                sum((part.last for part in parts), Counter()),
            )
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            least, most, tree = argument
            part = self._sequence(tree)
            if most >= _LOOP:
                self._link(part.last, part.first)
            return part._replace(nullable=part.nullable or least == 0)
        if code in (codes.ATOMIC_GROUP, codes.POSSESSIVE_REPEAT):
            # What it matched is never tried in another way: for what is around it, one character.
            tree = argument[2] if code is codes.POSSESSIVE_REPEAT else argument
            inside = _Automaton(tree, self._flags)
            self.inner.append(inside)
            begins = frozenset[str]().union(*inside.sets[:1])
            nullable = code is codes.POSSESSIVE_REPEAT and argument[0] == 0
            return self._position(begins)._replace(nullable=nullable)
        if code in (codes.ASSERT, codes.ASSERT_NOT):
            self.inner.append(_Automaton(argument[1], self._flags))
            return empty
        if code is codes.AT:
            return empty
        return self._position(characters(code, argument, self._flags))

    def ambiguous(self) -> bool:
        """Whether a loop can be gone through in two ways for one text: exponential time."""
        reached = [self._reached(position) for position in range(len(self.sets))]
        for begin, edges in enumerate(self.follow):
            if any(times > 1 and begin in reached[end] for end, times in edges.items()):
                return True
        return any(self._splits(begin) for begin in range(len(self.sets))) or any(
            inner.ambiguous() for inner in self.inner
        )

    def _reached(self, begin: int) -> set[int]:
        seen, waiting = {begin}, [begin]
        while waiting:
            new = set(self.follow[waiting.pop()]) - seen
            seen |= new
            waiting += new
        return seen

    def _splits(self, begin: int) -> bool:
        """Whether two different paths lead from a position back to it with one text."""
        start = (begin, begin)
        came, waiting = {start: [False]}, [(start, False)]
        while waiting:
            (left, right), apart = waiting.pop()
            for one in self.follow[left]:
                for other in self.follow[right]:
                    if self.sets[one] & self.sets[other]:
                        state, now = (one, other), apart or one != other
                        if state == start and now:
                            return True
                        if now not in came.setdefault(state, []):
                            came[state].append(now)
                            waiting.append((state, now))
        return False


def characters(code: Any, argument: Any, flags: int) -> frozenset[str]:  # noqa: ANN401
    """Those of a small alphabet that one item of an expression matches."""
    if code is codes.IN:
        negated = argument[0][0] is codes.NEGATE
        found = frozenset[str]().union(
            *(
                characters(item[0], item[1], flags)
                for item in argument
                if item[0] is not codes.NEGATE
            )
        )
        return _ALPHABET - found if negated else found
    if code is codes.NOT_LITERAL:
        return _ALPHABET - characters(codes.LITERAL, argument, flags)
    if code is codes.LITERAL:
        found = frozenset((chr(argument),))
    elif code is codes.RANGE:
        low, high = argument
        found = frozenset(each for each in _ALPHABET if low <= ord(each) <= high)
    elif code is codes.CATEGORY:
        short = str(argument).rpartition("_")[2][0].lower()
        short = short.upper() if "NOT" in str(argument) else short
        found = frozenset(
            each for each in _ALPHABET if re.match(rf"\{short}", each, flags & re.ASCII)
        )
    elif code is codes.ANY:
        found = _ALPHABET if flags & re.DOTALL else _ALPHABET - {"\n"}
    else:
        found = _ALPHABET  # a reference to a group
    if flags & re.IGNORECASE:
        found |= frozenset(each.swapcase() for each in found)
    return found


def is_ambiguous(pattern: re.Pattern[str]) -> bool:
    """Whether an expression may take exponential time."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    return _Automaton(tree, pattern.flags).ambiguous()


def pumped(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Texts of a length that repeat parts of what an expression matches, and never all of it."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    items = [_sample(code, argument, pattern.flags) for code, argument in tree]
    starts = dict.fromkeys("".join(items[:count]) for count in range(len(items) + 1))
    units = dict.fromkeys(filter(None, (*starts, *_units(tree, pattern.flags))))
    for start in starts:
        for unit in dict.fromkeys((*units, *(start + unit for unit in units))):
            for end in ("", "\n\0"):
                yield start + unit * (length // len(unit)) + end


def _units(tree: Any, flags: int) -> Iterator[str]:  # noqa: ANN401
    items = [_sample(code, argument, flags) for code, argument in tree]
    yield from items
    yield from ("".join(items[:count]) for count in range(1, len(items) + 1))
    for code, argument in tree:
        for inner in _trees(code, argument):
            yield from _units(inner, flags)


def _trees(code: Any, argument: Any) -> Iterable[Any]:  # noqa: ANN401
    if code is codes.SUBPATTERN:
        return (argument[3],)
    if code is codes.BRANCH:
        trees: Iterable[Any] = argument[1]
        return trees
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return (argument[2],)
    if code is codes.ATOMIC_GROUP:
        return (argument,)
    return (argument[1],) if code in (codes.ASSERT, codes.ASSERT_NOT) else ()


def _sample(code: Any, argument: Any, flags: int) -> str:  # noqa: ANN401
    """A text that an item matches: the first of its alternatives, repeated as often as it must."""
    if code in (codes.ASSERT, codes.ASSERT_NOT, codes.AT, codes.GROUPREF):
        return ""
    inner = list(_trees(code, argument))
    if not inner:
        found = characters(code, argument, flags)
        return min(found, key=lambda each: (not each.isalnum(), each)) if found else ""
    text = "".join(_sample(each, what, flags) for each, what in inner[0])
    repeats = code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
    return text * max(1, argument[0]) if repeats else text
