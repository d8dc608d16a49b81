"""Date or duration: what is read as one or the other, and what is neither."""

import json
from collections.abc import Sequence

import pytest

from templates.blocks import rich_text
from templates.blocks.base import UnreadableAnswer, WantedColumn
from templates.blocks.date_or_duration import (
    DateOrDuration,
    DateOrDurationSettings,
    DateOrDurationValue,
    Duration,
)
from templates.word.parts import Paragraph

KIND = DateOrDuration()
EITHER = DateOrDurationSettings()


def read(said: str, settings: DateOrDurationSettings = EITHER) -> DateOrDurationValue:
    return KIND.read_answer(json.dumps({"reason": "It says so.", "answer": said}), settings)


@pytest.mark.parametrize("said", ["10 April 2026", "2026-04-10", "by 10 April 2026.", "10/04/2026"])
def test_a_date_in_any_notation_is_kept_as_said_and_as_iso(said: str) -> None:
    assert read(said) == DateOrDurationValue(said=said, date="2026-04-10")


@pytest.mark.parametrize("said", ["14 days", "within 14 days", "fourteen days", "14-day"])
def test_a_duration_is_kept_as_said_and_as_amount_and_unit(said: str) -> None:
    assert read(said) == DateOrDurationValue(said=said, duration=Duration(amount=14, unit="days"))


def test_half_a_unit_can_be_written() -> None:
    assert read("1.5 years").duration == Duration(amount=1.5, unit="years")


def test_the_fallback_is_an_answer_in_any_case_of_letters() -> None:
    assert read("not stated.") == DateOrDurationValue(said="Not stated")


@pytest.mark.parametrize("said", ["soon", "31 February 2026", "some days", "the twelfth"])
def test_what_is_neither_cannot_be_read(said: str) -> None:
    with pytest.raises(UnreadableAnswer, match="is not a date or a duration"):
        read(said)


def test_an_empty_answer_cannot_be_read() -> None:
    with pytest.raises(UnreadableAnswer):
        read(" ")


def test_a_duration_where_a_date_was_asked_for_is_a_problem() -> None:
    settings = DateOrDurationSettings(expects="date")
    assert KIND.problems(read("14 days"), settings) == ["“14 days” is a duration; a date was asked for."]


def test_what_a_person_types_is_read_like_an_answer() -> None:
    doc = {
        "type": "doc",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "3 weeks"}]}],
    }
    assert KIND.from_editor(doc, EITHER).duration == Duration(amount=3, unit="weeks")


class Found:
    """Sentences as found in the documents."""

    def __init__(self, *sentences: str) -> None:
        self._sentences = list(sentences)

    def sentences(
        self, about: str, limit: int, most_words: int = 60, in_all: int | None = None, near: bool = False
    ) -> list[str]:
        return self._sentences[:limit]

    def rows(
        self, columns: Sequence[WantedColumn], about: str, limit: int, least: int = 0
    ) -> list[list[str]]:
        return []

    def nearest(self, about: str, options: object) -> list[float]:
        return []


def test_the_offline_writer_takes_the_first_that_fits() -> None:
    found = Found("We are 14 members.", "Notice is three months.", "The lease ends on 30 June 2026.")
    assert KIND.draft_offline("", EITHER, found).said == "three months"
    assert KIND.draft_offline("", DateOrDurationSettings(expects="date"), found).date == "2026-06-30"


def test_the_offline_writer_falls_back_when_nothing_fits() -> None:
    assert KIND.draft_offline("", EITHER, Found("Nothing here.")).said == "Not stated"


def test_a_paragraph_that_is_a_date_becomes_a_block() -> None:
    proposed = KIND.propose_from_word([Paragraph("30 June 2026")])
    assert proposed
    assert proposed.settings == DateOrDurationSettings(expects="date")
    assert proposed.value.date == "2026-06-30"
    assert KIND.propose_from_word([Paragraph("On 30 June 2026 the lease ends.")]) is None


def test_a_reader_sees_the_date_in_the_form_of_the_language() -> None:
    value = read("2026-04-10")
    assert KIND.show(value, EITHER, "en").said == "10 April 2026"
    assert KIND.show(value, EITHER, "de").said == "10.04.2026"
    assert value.said == "2026-04-10"


@pytest.mark.parametrize("said", ["30 days", "03/04/2026", "by 10 April 2026", "Not stated"])
def test_what_is_not_clearly_one_date_is_shown_as_it_was_said(said: str) -> None:
    assert KIND.show(read(said), EITHER, "en") == read(said)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("next Tuesday", "“next Tuesday” is not a date or a duration. Write it as 3 March 2026 or 6 weeks."),
        ("", "Nothing is written here. Write it as 3 March 2026 or 6 weeks."),
    ],
)
def test_whoever_types_something_else_is_told_what_to_write(typed: str, sentence: str) -> None:
    doc = rich_text.doc([rich_text.paragraph(typed)]).model_dump()
    with pytest.raises(UnreadableAnswer) as refusal:
        KIND.from_editor(doc, EITHER)
    assert str(refusal.value) == sentence
