"""Finding words in a text, and comparing two texts."""

import pytest

from generation.proving.words import compare_texts, find_words, read_tokens

TEXT = (
    "On 3 March 2026 Ann Osei's team agreed 1.200,00 € (a rise of 4 %) within six weeks. "
    "Version B2 of the plan is the 2nd; the care-home may leave at 14:30."
)


@pytest.mark.parametrize(
    "wanted",
    [
        "1,200",
        "€ 1,200",
        "1200 euros",
        "4%",
        "4 per cent",
        "a rise of 4%",
        "3.3.2026",
        "2026-03-03",
        "March 3, 2026",
        "3 March",
        "March 2026",
        "March",
        "2026",
        "osei",
        "ANN   Osei",
        "care home",
        "6 weeks",
        "six weeks",
        "B2",
        "2:30 pm",
        "agreed 1,200 (a rise",
    ],
)
def test_it_is_found_in_whatever_spelling(wanted: str) -> None:
    assert find_words(wanted, read_tokens(TEXT))


@pytest.mark.parametrize(
    "wanted",
    [
        "120",
        "200",
        "$ 1,200",
        "1,200 %",
        "5 %",
        "4 March 2026",
        "3 March 2025",
        "April",
        "3",
        "annosei",
        "are",
        "Osei Ann",
        "6 months",
        "B",
        "…",
        "",
    ],
)
def test_what_is_something_else_is_not_found(wanted: str) -> None:
    assert not find_words(wanted, read_tokens(TEXT))


def test_words_are_found_across_soft_hyphens_and_hard_spaces() -> None:
    tokens = read_tokens("The com\u00admittee paid 12\u202f500\u00a0euros.")
    assert find_words("committee", tokens)
    assert find_words("12,500", tokens)


def test_a_month_alone_is_no_day_of_it() -> None:
    assert not find_words("3 March 2026", read_tokens("In March 2026 nothing was decided."))


def test_equal_texts_are_wholly_alike_in_any_notation() -> None:
    assert compare_texts("Agreed on 3 March 2026: € 1.200,00.", "AGREED on 03.03.2026 – 1,200 euros") == 1


def test_other_days_of_a_month_are_not_alike() -> None:
    assert compare_texts("3 March 2026", "4 March 2026") == 0


def test_likeness_is_the_longest_common_subsequence_over_both_lengths() -> None:
    # “the cat on mat” of six and of five words.
    assert compare_texts("the cat sat on the mat", "the cat lay on mat") == pytest.approx(8 / 11)


def test_without_a_common_word_nothing_is_alike() -> None:
    assert compare_texts("budget agreed", "lease deferred") == 0
    assert compare_texts("", "lease") == 0


def test_long_texts_are_compared_at_once() -> None:
    one = " ".join(f"word{number % 700}" for number in range(20_000))
    assert compare_texts(one, one) == 1
