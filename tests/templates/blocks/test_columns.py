"""Columns of a table: which stand right, and one notation for all cells of one."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from signals.figures import find_figures
from templates.blocks.columns import ColumnType, show_column, stands_right
from tests.templates.blocks.test_notation import languages

kinds = st.sampled_from(["text", "number", "date", "money"])


@pytest.mark.parametrize("kind", ["number", "money", "date"])
def test_a_column_typed_as_figures_stands_right_whatever_is_in_it(kind: ColumnType) -> None:
    assert stands_right(["not known"], kind)


@pytest.mark.parametrize(
    "cells",
    [["12", "1,234.5"], ["5 %", "–", ""], ["€ 12", "n/a"], ["-3"], ["€ 1.2 million"], ["2025", "2026"]],
)
def test_a_column_of_nothing_but_figures_stands_right(cells: list[str]) -> None:
    assert stands_right(cells, "text")


@pytest.mark.parametrize(
    "cells", [[], ["", "-"], ["12", "twelve"], ["Q1", "Q2"], ["12 Mill Lane"], ["3 of 12"]]
)
def test_any_other_column_stands_left(cells: list[str]) -> None:
    assert not stands_right(cells, "text")


@pytest.mark.parametrize(
    ("kind", "language", "written", "shown"),
    [
        # Thousands are parted in money, and in numbers where some are or some are long.
        ("money", "en", ["€ 1200", "950"], ["€ 1,200", "950"]),
        ("number", "en", ["1200000", "1250", "-7"], ["1,200,000", "1,250", "−7"]),
        ("number", "en", ["1,200", "12500"], ["1,200", "12,500"]),
        ("number", "de", ["2024", "2025"], ["2024", "2025"]),
        ("number", "en", ["10234", "10235"], ["10234", "10235"]),
        # The clear figures of a column say what the others mean.
        ("number", "en", ["1.234", "12,5"], ["1,234", "12.5"]),
        ("number", "de", ["1,234", "1,234.5"], ["1.234", "1.234,5"]),
        ("money", "de", ["€ 1,200", "€ 12,345.50"], ["€ 1.200", "€ 12.345,50"]),
        # Where they do not, the whole column stays.
        ("number", "fr", ["1.234", "-5"], ["1.234", "-5"]),
        ("money", "fr", ["£ 1.459 per litre"], ["£ 1.459 per litre"]),
        ("number", "de", ["1.234", "12.5"], ["1.234", "12.5"]),
        ("number", "en", ["1.234", "12,5", "12.5"], ["1.234", "12,5", "12.5"]),
        ("number", "de", ["12.5", "3.5 to 4.5"], ["12.5", "3.5 to 4.5"]),
        # What a reader of the language reads as decimals stays decimals: the price of a litre.
        ("money", "de", ["1,459 €", "4500"], ["1,459 €", "4500"]),
        # What is no figure stays beside figures that are shown.
        ("number", "de", ["12.5", "not known", "–"], ["12,5", "not known", "–"]),
        # Without a type only amounts and percentages are clear: these are sections.
        ("text", "de", ["1.2", "1.3"], ["1.2", "1.3"]),
        ("text", "de", ["1.2 %", "n/a"], ["1,2\u00a0%", "n/a"]),
        ("text", "de", ["€ 1.20", "see above"], ["€ 1.20", "see above"]),
        ("text", "en", ["2026-12-31"], ["2026-12-31"]),
        ("date", "de", ["2026-12-31", "open", "31/12/2026"], ["31.12.2026", "open", "31.12.2026"]),
        ("number", "xx", ["1.5"], ["1.5"]),
    ],
)
def test_a_column_is_shown_in_one_notation(
    kind: ColumnType, language: str, written: list[str], shown: list[str]
) -> None:
    assert show_column(written, kind, language) == shown


_numbers = st.from_regex(
    r"[-−]?(€ ?)?(\d{1,3}([.,' ]\d{3}){0,2}|\d{1,7})([.,]\d{1,3})?( ?[%€]| km)?", fullmatch=True
)
cells = (
    _numbers
    | st.text(max_size=8)
    | st.dates().map(str)
    | st.from_regex(r"\d\d?[./]\d\d?[./]\d{4}", fullmatch=True)
)


@given(st.lists(cells, max_size=5), kinds, languages)
@example(["12345.678"], "money", "en")
def test_no_digit_and_no_reading_is_lost(written: list[str], kind: ColumnType, language: str) -> None:
    for before, after in zip(written, show_column(written, kind, language), strict=True):
        was, now = find_figures(before), find_figures(after)
        if kind == "date":
            # All in digits, a day can look like a month; what was meant stays among what can be read.
            assert all(one.readings & other.readings for one, other in zip(was, now, strict=True))
        else:
            assert re.findall(r"\w", before) == re.findall(r"\w", after)
            assert [one.readings for one in was] == [one.readings for one in now]


@given(st.lists(cells, max_size=5), kinds, languages)
def test_what_is_shown_is_shown_the_same_again(written: list[str], kind: ColumnType, language: str) -> None:
    once = show_column(written, kind, language)
    assert show_column(once, kind, language) == once
