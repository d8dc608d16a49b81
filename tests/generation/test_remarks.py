"""Remarks on an answer are found, sentences of a report are not."""

import pytest

from generation.remarks import find_remarks
from signals.pieces import Piece


@pytest.mark.parametrize(
    "text",
    [
        "Here is a shorter version:",
        "Here’s the revised summary of the meeting.",
        "Sure!",
        "Sure, here is the text in plain words:",
        "**Certainly!** Below is the table.",
        "As requested, the board agreed the budget.",
        "I have shortened the text.",
        "Hier ist eine kürzere Fassung:",
        "Gerne! Hier ist der Text.",
    ],
)
def test_an_answer_that_begins_by_speaking_of_itself_is_a_problem(text: str) -> None:
    pieces = [Piece("sentence 1", text), Piece("sentence 2", "The board agreed the budget.")]

    assert find_remarks(pieces) == [
        f"“{text}” (sentence 1) is a remark on the answer; only the part itself was asked for."
    ]


@pytest.mark.parametrize(
    "text",
    ["Let me know if you want more.", "I hope this helps.", "This shorter version leaves out the names."],
)
def test_an_answer_that_ends_by_speaking_of_itself_is_a_problem(text: str) -> None:
    assert find_remarks([Piece("sentence 1", "The board agreed."), Piece("sentence 2", text)])


@pytest.mark.parametrize(
    "text",
    [
        "Of course, the board heard the treasurer.",
        "Certainly the roof cannot wait.",
        "Here the board took no decision.",
        "This is the second quote for the roof.",
        "The revised version of the rules was agreed.",
        "As asked at the last meeting, the treasurer brought the figures.",
        "We will add the letters to the agenda.",
        "Sure of the figures, the treasurer agreed.",
    ],
)
def test_a_sentence_of_a_report_is_none(text: str) -> None:
    assert find_remarks([Piece("sentence 1", text)]) == []


def test_a_value_without_text_has_none() -> None:
    assert find_remarks([]) == []
