"""Dates and times: one day in every notation, and no day that was not said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signals.dates import read_date
from signals.figures import find_figures, is_supported, known_readings

SAME_DAY = [
    "14 March 2026",
    "14th March 2026",
    "the 14th of March, 2026",
    "Saturday, 14 March 2026",
    "March 14, 2026",
    "MARCH 14TH 2026",
    "14 Mar. 2026",
    "14-Mar-2026",
    "14-Mar-26",
    "14 March '26",
    "2026-03-14",
    "2026/03/14",
    "14.03.2026",
    "14.3.2026",
    "14.03.26",
    "March 14,2026",
    "14/03/2026",
    "14/3/26",
    "03/14/2026",
    "14-03-2026",
    "14. März 2026",
    "le 14 mars 2026",
    "14 marzo 2026",
    "14 de marzo de 2026",
]


def unsupported(claim: str, document: str) -> list[str]:
    known = known_readings(document)
    return [figure.text for figure in find_figures(claim) if not is_supported(figure, known)]


@pytest.mark.parametrize("written", SAME_DAY)
def test_a_day_is_the_same_in_every_notation(written: str) -> None:
    assert unsupported("due on 14 March 2026", f"Due: {written}.") == []
    assert unsupported(f"Due: {written}.", "due on 14 March 2026") == []


@pytest.mark.parametrize("written", SAME_DAY)
def test_another_day_month_or_year_is_not_supported(written: str) -> None:
    for claim in ("15 March 2026", "14 April 2026", "14 March 2025"):
        assert unsupported(claim, f"Due: {written}.") == [claim]


@pytest.mark.parametrize(
    ("claim", "document"),
    [
        ("14 March 2026", "Minutes of 2026. On Saturday 14 March we met."),
        ("14 March", "14.03.2026"),
        ("14 March 2026 at 9:30", "2026-03-14T09:30:00"),
        ("am 14.3. und", "14. März 2026"),
        ("14. März", "am 14.3. um zehn"),
        ("on 3 March", "on 3 and 14 March"),
        ("2 March 2026", "2, 3 and 14 March 2026"),
        ("1 March 2026", "1–3 March 2026"),
        ("1 May 2026", "between 1 and 5 May 2026"),
        ("May 7", "May 7 and 14"),
        ("May 14", "May 7 and 14"),
        ("in March 2026", "2026-03-14"),
        ("in March 2026", "03/2026"),
        ("in March 2026", "in March of the year 2026"),
        ("March 2026", "Mar-26"),
        ("in 2026", "14.03.26"),
        ("12 May 1987", "born 12.05.87"),
        ("12 May 2026", "on 12.05.26"),
        ("31 December 2025", "the year ended 31 December 2025"),
        ("the 14th", "on 14 March"),
    ],
)
def test_a_date_is_supported_by_its_day_its_range_or_its_month(claim: str, document: str) -> None:
    assert unsupported(claim, document) == []


@pytest.mark.parametrize(
    ("claim", "document"),
    [
        ("14 March 2026", "On 14 March we met."),
        ("April 2026", "14 March 2026"),
        ("4 May 2026", "In May 2026, 4 rooms were let."),
        ("7 May", "May 2026"),
        ("12 May 1987", "12 May 2026"),
    ],
)
def test_a_date_that_was_not_said_is_not_supported(claim: str, document: str) -> None:
    assert unsupported(claim, document) == [claim]


@pytest.mark.parametrize(
    ("claim", "document"),
    [
        ("14:30", "2.30 p.m."),
        ("at 2.30 pm", "14:30"),
        ("14h30", "14.30 Uhr"),
        ("7 pm", "19:00"),
        ("7:00", "7 pm"),
        ("10:30", "10.30 a.m."),
        ("10 o'clock", "10:00"),
        ("at 10", "at 10:00"),
    ],
)
def test_a_time_is_the_same_in_every_notation(claim: str, document: str) -> None:
    assert unsupported(claim, document) == []


@pytest.mark.parametrize(
    ("claim", "document"), [("14:30", "14 of 30"), ("2.30 pm", "02:30"), ("11:30", "11:00"), ("7 pm", "7 am")]
)
def test_another_time_is_not_supported(claim: str, document: str) -> None:
    assert unsupported(claim, document) != []


@pytest.mark.parametrize("text", ["31 June 2026", "99/99/2026", "2026-13-01", "0.5.2026"])
def test_what_is_no_day_of_the_calendar_is_no_date(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["dismay 5", "in May", "march on 5 towns", "Decimal 5"])
def test_a_month_inside_other_words_is_no_date(text: str) -> None:
    assert all(figure.text.isdigit() for figure in find_figures(text))


@pytest.mark.parametrize("written", [one for one in SAME_DAY if "the " not in one])
def test_a_date_by_itself_is_read(written: str) -> None:
    if written.startswith("le "):
        written = written.removeprefix("le ")
    assert read_date(written) == date(2026, 3, 14)


def test_where_both_could_be_the_day_comes_first() -> None:
    assert read_date("03/04/2026") == date(2026, 4, 3)


@pytest.mark.parametrize("text", ["", "soon", "14 March", "March 2026", "by 14 March 2026 at the latest"])
def test_what_is_no_single_date_is_not_read(text: str) -> None:
    assert read_date(text) is None


@given(st.dates(date(1900, 1, 1), date(2150, 1, 1)))
def test_every_day_is_read_back(day: date) -> None:
    for written in (
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day.day} {day:%B %Y}",
        f"{day:%B} {day.day}, {day.year}",
    ):
        assert read_date(written) == day
