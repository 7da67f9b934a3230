"""A unified diff says how one text becomes another, and needs no longer for long ones."""

from __future__ import annotations

import difflib
import subprocess
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from okta_postman.reports.text_diff import unified_diff

LINES = st.lists(st.sampled_from(["{\n", "}\n", "a\n", "b\n", "c\n", "d\n", "e\n"]), max_size=25)


def applied(before: list[str], diff: list[str]) -> list[str]:
    """A text with a diff applied, every line of which must fit."""
    made: list[str] = []
    done = 0
    for line in diff[2:]:
        mark, rest = line[0], line[1:]
        if mark == "@":
            start = int(rest.partition("-")[2].partition(" ")[0].partition(",")[0])
            none = ",0 " in rest.partition("+")[0]
            until = start if none else start - 1
            made += before[done:until]
            done = until
        else:
            if mark in " -":
                assert before[done] == rest
                done += 1
            if mark in " +":
                made.append(rest)
    return [*made, *before[done:]]


@given(LINES, LINES)
def test_a_diff_makes_one_text_of_the_other(before: list[str], after: list[str]) -> None:
    diff = list(unified_diff(before, after, "a", "b"))
    assert applied(before, diff) == after
    assert bool(diff) == (before != after)


@given(LINES, LINES)
def test_hunks_are_counted_as_difflib_counts_them(before: list[str], after: list[str]) -> None:
    # Where nothing is ambiguous, which is where every line stands once, both say the same.
    one = [f"{number}{line}" for number, line in enumerate(before)]
    other = [f"{number}{line}" for number, line in enumerate(after)]
    ours = list(unified_diff(one, other, "a", "b"))
    theirs = list(difflib.unified_diff(one, other, "a", "b"))
    assert [each for each in ours if each[0] == "@"] == [each for each in theirs if each[0] == "@"]


def test_git_takes_a_diff(tmp_path: Path) -> None:
    before = [f"line {number}\n" for number in range(40)]
    after = [*before[:3], "new\n", *before[5:30], "other\n", *before[31:], "last\n"]
    (tmp_path / "a").write_text("".join(before), encoding="utf-8")
    patch = "".join(unified_diff(before, after, "a/a", "b/a"))
    command = ["git", "apply", "--unsafe-paths", "-"]
    subprocess.run(command, cwd=tmp_path, input=patch.encode(), check=True)
    assert (tmp_path / "a").read_text(encoding="utf-8") == "".join(after)


def test_a_long_text_in_which_lines_recur_is_compared_all_the_same() -> None:
    part = ["{\n", '  "header": [\n', "    {\n", "    }\n", "  ]\n", "}\n"]
    before = [line for number in range(4000) for line in (f"{number}\n", *part)]
    after = [
        line for number in range(4000) for line in (f"{number}\n", *part[:2], "x\n", *part[4:])
    ]
    diff = list(unified_diff(before, after, "a", "b"))
    assert sum(line.startswith("+x") for line in diff) == 4000
    recurring = list(unified_diff(part * 3000, part[1:] * 3000, "a", "b"))
    assert applied(part * 3000, recurring) == part[1:] * 3000
