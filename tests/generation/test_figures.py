"""Figures of a value that stand in none of the documents are problems, each said once."""

import pytest

from generation.figures import find_unsupported_figures
from signals.figures import known_readings
from signals.pieces import Piece

DOCUMENT = "On 3 March 2026 the board of 7 agreed € 1,200.50 for the roof, 4.5% more than in 2025."


def problems_of(*texts: str, document: str = DOCUMENT) -> list[str]:
    pieces = [Piece(f"sentence {number}", text) for number, text in enumerate(texts, 1)]
    return find_unsupported_figures(pieces, lambda: known_readings(document))


def test_a_figure_that_stands_nowhere_is_said_with_its_place() -> None:
    assert problems_of("All went well.", "The roof costs 9,900.") == [
        "“9,900” (sentence 2) stands in none of the documents."
    ]


@pytest.mark.parametrize(
    "text",
    ["The roof costs 1200.50 euros.", "They met on 2026-03-03.", "It was 4.5 % more.", "Seven of 7 came."],
)
def test_a_figure_in_another_notation_is_no_problem(text: str) -> None:
    assert problems_of(text) == []


def test_a_date_that_is_one_day_off_is_a_problem() -> None:
    assert len(problems_of("They met on 4 March 2026.")) == 1


def test_a_figure_said_twice_is_one_problem_at_its_first_place() -> None:
    assert problems_of("It costs 9,900.", "Again 9,900.") == [
        "“9,900” (sentence 1) stands in none of the documents."
    ]


def test_the_problems_stand_in_the_order_of_the_text() -> None:
    assert [one[:7] for one in problems_of("First 811, then 822.", "Last 833.")] == [
        "“811” (",
        "“822” (",
        "“833” (",
    ]


def test_a_value_without_figures_never_reads_the_documents() -> None:
    def read() -> frozenset[str]:
        raise AssertionError("read")

    assert find_unsupported_figures([Piece("sentence 1", "All went well.")], read) == []


def test_the_documents_are_read_once_for_all_figures() -> None:
    asked: list[int] = []

    def read() -> frozenset[str]:
        asked.append(1)
        return frozenset()

    find_unsupported_figures([Piece("cell 1", "811"), Piece("cell 2", "822")], read)

    assert asked == [1]
