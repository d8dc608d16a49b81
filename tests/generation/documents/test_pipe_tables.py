"""Pipe rows come back as they were written, and tables are found in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.documents.pipe_tables import read_row, tables_in, write_row, write_rule
from signals.clean import clean_text

cells = st.lists(
    st.one_of(st.text(max_size=12), st.text("\\|<br>\n -", max_size=12)).map(
        lambda text: clean_text(text).strip()
    ),
    min_size=1,
    max_size=5,
)


@given(cells)
def test_a_row_comes_back_as_it_was(row: list[str]) -> None:
    line = write_row(row)
    assert "\n" not in line
    assert read_row(line) == tuple(row)


@given(st.lists(cells, min_size=2, max_size=5))
def test_a_table_comes_back_as_it_was(rows: list[list[str]]) -> None:
    width = len(rows[0])
    rows = [(row + [""] * width)[:width] for row in rows]
    lines = [write_row(rows[0]), write_rule(width), *map(write_row, rows[1:])]
    (table,) = tables_in("before\n\n" + "\n".join(lines) + "\n\nafter")
    assert [list(table.header), *map(list, table.rows)] == rows


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("a|b", r"a\|b"),
        ("a\nb", "a<br>b"),
        (r"C:\temp", r"C:\temp"),
        (r"a\|b", r"a\\\|b"),
        ("<br>", r"\<br>"),
    ],
)
def test_only_what_would_be_misread_is_escaped(cell: str, written: str) -> None:
    assert write_row([cell]) == f"| {written} |"


def test_a_table_knows_where_it_stands() -> None:
    text = "Costs\n\n| Item | Cost |\n| --- | --- |\n| Rent | 5 |\n\nEnd"
    (table,) = tables_in(text)
    assert text[table.start : table.end] == "| Item | Cost |\n| --- | --- |\n| Rent | 5 |"


def test_tables_apart_by_a_blank_line_are_two() -> None:
    table = "| a | b |\n|---|:-:|\n| 1 | 2 |"
    assert len(tables_in(f"{table}\n\n{table}")) == 2


def test_pipes_without_a_rule_under_them_are_no_table() -> None:
    assert tables_in("| a | b |\n| 1 | 2 |") == []


def test_rows_are_as_long_as_the_header() -> None:
    (table,) = tables_in("| a | b |\n| --- | --- |\n| 1 |\n| 1 | 2 | 3 |")
    assert table.rows == (("1", ""), ("1", "2"))
