"""Words of the template's examples in a value are found, words of the documents are not."""

from generation.echoes import find_echoes, grams_in
from signals.pieces import Piece

EXAMPLE = "Agreed to raise the allotment rent to £48 a plot from 1 October, by five votes to two."


def test_a_piece_that_says_the_examples_words_is_a_problem() -> None:
    pieces = [Piece("point 1", "Agreed to raise the allotment rent by five votes to two.")]

    assert find_echoes(pieces, [EXAMPLE], frozenset) == [
        "“Agreed to raise the allotment rent by five votes to two.” (point 1) is taken from the template's "
        "example; it is not of this case."
    ]


def test_a_vote_of_another_case_is_an_echo() -> None:
    pieces = [Piece("point 1", "Agreed to send the letters by five votes to two.")]

    assert find_echoes(pieces, [EXAMPLE], frozenset)


def test_the_form_of_an_example_may_be_taken_over() -> None:
    pieces = [Piece("point 1", "Agreed to raise the service charge to £166, by three votes to two.")]

    assert find_echoes(pieces, [EXAMPLE], frozenset) == []


def test_words_that_stand_in_the_documents_too_are_no_echo() -> None:
    pieces = [Piece("point 1", EXAMPLE)]

    assert find_echoes(pieces, [EXAMPLE], lambda: grams_in([EXAMPLE])) == []


def test_the_documents_are_not_looked_at_when_nothing_was_copied() -> None:
    def fail() -> frozenset[tuple[str, ...]]:
        raise AssertionError

    assert find_echoes([Piece("point 1", "The roof leaks.")], [EXAMPLE], fail) == []
