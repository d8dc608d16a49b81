"""Sentences: where one ends, and where a point is no end."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signals.sentences import split_sentences


@pytest.mark.parametrize(
    "whole",
    [
        "Mr. Smith met Dr. A. Jones and Prof. Lee.",
        "J. R. R. Tolkien wrote it.",
        "See No. 5, Fig. 3 and Art. 12 of the list.",
        "The rate is 3.5 per cent of £1.2m.",
        "It was held on Jan. 5 and Dec. 6.",
        "They agreed, e.g. Ann, i.e. all of them.",
        "He served in the U.S. Army.",
        "It costs approx. half, incl. tax.",
        "“Why?” she asked.",
        "Wait... what happened?",
        "1. The committee met.",
        "Am 5. März 2026 tagte der Rat.",
        "Er kam z. B. am Montag bzw. Dienstag.",
        "Acme Inc. Chairman Bob spoke.",
        "They live in St. Ives.",
        "Visit example.org/a.html for more.",
        "No end in sight",
    ],
)
def test_a_point_inside_a_sentence_ends_nothing(whole: str) -> None:
    assert split_sentences(whole) == [whole]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("They met.", "They agreed."),
        ("He said no.", "Then he left."),
        ("It was in 1973.", "The end came later."),
        ("Was it 5?", "Nobody knew."),
        ("Stop!", "He stopped."),
        ("“Nobody objected.”", "The chair moved on."),
        ("(He had left.)", "It was late."),
        ("She works at Acme Ltd.", "The firm grew."),
        ("The meeting closed at 5 p.m.", "It had been long."),
        ("They chose plan B.", "The others fell."),
        ("There were chairs, tables, etc.", "They were old."),
        ("It rose by 3.5.", "2026 was better."),
        ("¿Qué pasa?", "¡Nada!"),
        ("« Il vient. »", "Elle part."),
        ("Er kam.", "„Gut“, sagte sie."),
        ("هل جاء؟", "نعم جاء."),
        ("वह आया।", "वह गया।"),
    ],
)
def test_a_sentence_ends_before_the_next(first: str, second: str) -> None:
    assert split_sentences(f"{first} {second}") == [first, second]


def test_chinese_sentences_need_no_space_between_them() -> None:
    assert split_sentences("会议开始。他说：“好！”结束。") == ["会议开始。", "他说：“好！”", "结束。"]


def test_a_line_break_always_ends_a_sentence() -> None:
    assert split_sentences("A heading\n\n  Then a text. And more.\n") == [
        "A heading",
        "Then a text.",
        "And more.",
    ]


@pytest.mark.parametrize("nothing", ["", "  ", "\n \n"])
def test_nothing_has_no_sentences(nothing: str) -> None:
    assert split_sentences(nothing) == []


@given(st.text(alphabet='aB1.!?…。»”" \n', max_size=60))
def test_no_letter_is_lost_and_no_sentence_is_blank(text: str) -> None:
    sentences = split_sentences(text)
    assert "".join("".join(sentences).split()) == "".join(text.split())
    assert all(sentence.strip() == sentence != "" for sentence in sentences)


def test_a_line_of_dots_takes_no_longer_than_it_is() -> None:
    began = time.process_time()
    assert split_sentences(f"Name {'.' * 300_000} page 3. The end.")[-1] == "The end."
    assert time.process_time() - began < 2
