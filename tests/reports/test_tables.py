"""Rows as a table that fits a terminal, and in the same words for programs."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from okta_postman.reports.tables import WIDTH, Row, as_csv, as_json, markdown, text

SCOPES = "okta.groups.manage okta.groups.read"
PATH = "/api/v1/groups/{groupId}/owners/{ownerId}"


def long_row() -> Row:
    return {"scopes": SCOPES, "path": PATH, "needed for": "Delete the owner of a group"}


def test_a_table_that_fits_has_a_line_for_each_row() -> None:
    assert text([{"scope": "a", "requests": 2}]) == "scope  requests\na      2\n"
    assert text([]) == ""


def test_a_wide_table_breaks_its_widest_cells_between_words_and_segments() -> None:
    assert text([long_row()]) == (
        "scopes                     path                       needed for\n"
        "okta.groups.manage         /api/v1/groups/{groupId}/  Delete the owner of a\n"
        "okta.groups.read           owners/{ownerId}           group\n"
    )


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), max_size=200), min_size=6))
def test_no_line_is_wider_than_a_terminal_and_no_character_is_lost(cells: list[str]) -> None:
    row: Row = {f"c{index}": cell for index, cell in enumerate(cells[:6])}
    lines = text([row]).splitlines()
    assert max(map(len, lines)) <= WIDTH
    shown = "".join("".join(lines[1:]).split())
    assert sorted(shown) == sorted("".join("".join(cells[:6]).split()))


def test_programs_read_columns_with_underscores() -> None:
    data = json.loads(as_json([long_row()]))
    assert data == {
        "version": 1,
        "rows": [
            {"scopes": SCOPES, "path": PATH, "needed_for": "Delete the owner of a group"},
        ],
    }
    assert next(csv.reader(io.StringIO(as_csv([long_row()])))) == ["scopes", "path", "needed_for"]
    assert json.loads(as_json([])) == {"version": 1, "rows": []}


def test_a_bar_in_a_cell_does_not_end_it_in_markdown() -> None:
    assert markdown([{"name": "a|b"}]) == "| name |\n| --- |\n| a\\|b |\n"
