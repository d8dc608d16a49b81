"""A figure or a date in the notation of a language: other marks, the same meaning."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signals.figures import find_figures, read_date
from templates.blocks.notation import Notation, notation_of, read_figure, show_date, show_figure

LANGUAGES = (
    "en",
    "en-US",
    "de",
    "de-CH",
    "fr",
    "es",
    "it",
    "nl",
    "pt",
    "pt-BR",
    "pl",
    "sv",
    "da",
    "fi",
    "cs",
)
languages = st.sampled_from(LANGUAGES)


def notation(language: str) -> Notation:
    found = notation_of(language)
    assert found
    return found


def show(text: str, language: str, *, grouped: bool = False) -> str:
    figure = read_figure(text)
    assert figure
    settled = notation(language)
    return show_figure(figure, settled, decimal_mark=settled.point, grouped=grouped)


def value_in(text: str, language: str) -> Decimal:
    """The number that a reader of the language sees."""
    settled = notation(language)
    return Decimal(text.replace(settled.group, "").replace(settled.point, ".").replace("−", "-"))


@pytest.mark.parametrize(
    ("written", "language", "shown"),
    [
        ("1,234.5", "en", "1,234.5"),
        ("1,234.5", "de", "1.234,5"),
        ("1.234.567,80", "en", "1,234,567.80"),
        ("1,234.5", "de-CH", "1’234.5"),
        ("1,234.5", "fr", "1\u202f234,5"),
        ("1'234.50", "it", "1.234,50"),
        ("1 234,5", "pt", "1\u00a0234,5"),
        ("12.50", "nl", "12,50"),
        ("0.125", "de", "0,125"),
        ("-5", "en", "−5"),
        ("–5", "de", "−5"),
        ("(1,234.50)", "de", "(1.234,50)"),
        ("12.5 %", "en", "12.5%"),
        ("12.5%", "de", "12,5\u00a0%"),
        ("12.5%", "de-CH", "12.5%"),
        ("€ 1,200.50", "de", "€ 1.200,50"),
        ("-€1,200,000", "de", "−€1.200.000"),
        ("1.200,00 EUR", "en", "1,200.00 EUR"),
        ("US$ 1,200.5 million", "es", "US$ 1.200,5 million"),
        ("12,5 km", "en", "12.5 km"),
        ("007", "de", "007"),
    ],
)
def test_a_figure_takes_the_marks_of_the_language(written: str, language: str, shown: str) -> None:
    assert show(written, language) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "n/a",
        "A4",
        "Q3",
        "5-7",
        "5 to 7",
        "12.03.2026",
        "1,23,4",
        "1.2.3",
        "3 of 12",
        "12 Mill Lane, York",
    ],
)
def test_what_is_not_clearly_one_figure_is_none(text: str) -> None:
    assert read_figure(text) is None


@pytest.mark.parametrize(
    ("written", "language", "shown"),
    [
        ("2026-12-31", "en", "31 December 2026"),
        ("2026-12-31", "en-US", "December 31, 2026"),
        ("31 December 2026", "de", "31.12.2026"),
        ("December 31, 2026", "fr", "31 décembre 2026"),
        ("31.12.2026", "es", "31 de diciembre de 2026"),
        ("1 March 2026", "nl", "1 maart 2026"),
        ("1 March 2026", "pt-BR", "1 de março de 2026"),
        ("03.04.2026", "en", "3 April 2026"),
        ("03/04/2026", "fr", "3 avril 2026"),
    ],
)
def test_a_date_takes_the_form_of_the_language(written: str, language: str, shown: str) -> None:
    assert show_date(written, language) == shown


@pytest.mark.parametrize("language", ["en", "en-GB", "en-US"])
@pytest.mark.parametrize(
    "text",
    [
        "03/04/2026",
        "31.12.26",
        "3-5 March 2026",
        "Monday, 5 January 2026",
        "by 5 January 2026",
        "March 2026",
        "2026/27",
        "5 January",
        "31 February 2026",
        "5 January 2026, 14:30",
        "",
    ],
)
def test_what_is_not_clearly_one_full_date_stays_as_written(text: str, language: str) -> None:
    assert show_date(text, language) == text


@pytest.mark.parametrize("language", ["xx", "en_GB; rm", ""])
def test_an_unknown_language_changes_nothing_or_reads_as_english(language: str) -> None:
    assert show_date("2026-12-31", language) in ("2026-12-31", "31 December 2026")


@given(st.dates(date(1500, 1, 1), date(2199, 12, 31)), languages)
def test_a_shown_date_is_the_same_day(day: date, language: str) -> None:
    assert read_date(show_date(day.isoformat(), language)) == day


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2), languages, languages, st.booleans())
def test_a_figure_keeps_its_value_and_its_digits(
    value: Decimal, written_in: str, language: str, grouped: bool
) -> None:
    value = value.copy_sign(1) % 10**12
    there = notation(written_in)
    digits, _, places = f"{value:f}".partition(".")
    written = f"{int(digits):,}".replace(",", there.group) + there.point + places
    shown = show(written, language, grouped=grouped)
    assert value_in(shown, language) == value
    assert [one for one in shown if one.isdigit()] == [one for one in written if one.isdigit()]
    assert [figure.readings for figure in find_figures(shown)] == [
        figure.readings for figure in find_figures(written)
    ]


@given(st.text("0123456789.,'’ \u00a0\u202f-−–+()€$%kmEURCHF~", max_size=14), languages, st.booleans())
def test_any_cell_shown_reads_as_it_did(text: str, language: str, grouped: bool) -> None:
    figure = read_figure(text)
    if figure is None:
        return
    settled = notation(language)
    shown = show_figure(figure, settled, decimal_mark=settled.point, grouped=grouped)
    assert [one for one in shown if one.isalnum()] == [one for one in text if one.isalnum()]
    # Two of "1,000m" are found, and one of "1 000m": what was meant is among both.
    assert all(was & now for was, now in zip(known(text), known(shown), strict=True))


@given(st.text(max_size=20), languages)
def test_any_text_at_all_can_be_tried(text: str, language: str) -> None:
    read_figure(text)
    show_date(text, language)


def known(text: str) -> list[frozenset[str]]:
    return [figure.readings for figure in find_figures(text)]
