"""Each rule: what it finds, what it leaves alone, and what it says of it."""

import time
from typing import Any

import pytest
from pydantic import ValidationError

from signals.kinds import KINDS
from signals.rules import RULES
from tests.signals.rules.reading import read, text_of


def test_a_text_outside_the_limits_is_flagged_with_its_length() -> None:
    assert read("length", "one two three", most=2).reason == "It has 3 words, more than 2."
    assert read("length", "one two three", least=5).score == 1
    assert read("length", "one two three", least=3, most=3).score == 0


def test_a_phrase_is_found_in_the_piece_that_holds_it() -> None:
    verdict = read("phrases", "All is well. We  GUARANTEE it’s done.", phrases=["we guarantee it's"])
    assert (verdict.score, verdict.piece) == (1, "sentence 2")
    assert verdict.reason == "It says “We  GUARANTEE it’s”."


def test_a_phrase_is_no_part_of_a_longer_word() -> None:
    assert read("phrases", "The catalogue is new.", phrases=["cat"]).score == 0
    assert read("phrases", "The catalogue is new.", phrases=["cat"], inside_words=True).score == 1
    assert read("phrases", "the Cat", phrases=["cat"], match_case=True).score == 0


def test_a_phrase_of_signs_is_found_as_it_is_written() -> None:
    assert read("phrases", "It costs 5 (five) €.", phrases=["(five)"]).score == 1
    assert read("phrases", "It costs five.", phrases=["(five)"]).score == 0


def test_a_pattern_is_found() -> None:
    verdict = read("expression", "Ref. AB-123 applies.", pattern=r"[a-z]{2}-\d{3}")
    assert (verdict.score, verdict.reason) == (1, "It says “AB-123”.")


def test_a_pattern_that_would_hang_is_ended_and_says_so() -> None:
    verdict = read("expression", "a" * 200 + "!", pattern=r"(a|aa|a?a)+$")
    assert verdict.score is None
    assert verdict.error.startswith("The regular expression takes too long on this text.")


def test_a_pattern_that_is_slow_on_each_of_many_pieces_ends_for_all_of_them_together() -> None:
    began = time.process_time()
    verdict = read("expression", f"{'a' * 21}!\n" * 5_000, pattern=r"(a|aa|a?a)+$")
    assert verdict.error.startswith("The regular expression takes too long on this text.")
    assert time.process_time() - began < 3


def test_a_pattern_that_hangs_on_a_few_texts_is_not_tried_on_thousands() -> None:
    kind = KINDS["rule"]
    settings = kind.Settings.model_validate({"rule": "expression", "options": {"pattern": r"(a|aa|a?a)+$"}})
    verdicts = kind.read(settings, None, [text_of("a" * 200 + "!")] * 10_000)
    assert len(verdicts) == 10_000
    assert {verdict.score for verdict in verdicts} == {None}


@pytest.mark.parametrize("pattern", ["(", "", "a*", "[z-a]"])
def test_a_pattern_that_cannot_be_meant_is_refused(pattern: str) -> None:
    with pytest.raises(ValidationError):
        RULES["expression"].Settings.model_validate({"pattern": pattern})


@pytest.mark.parametrize(
    "said",
    [
        "Dear [Name], we met.",
        "The sum is [insert amount here].",
        "TBD",
        "Owner: TODO",
        "Lorem ipsum dolor sit amet.",
        "It is due on {{ date }}.",
        "Signed: ______",
        "Sehr geehrte [Name einfügen]",
        "<your company> was founded.",
    ],
)
def test_a_gap_is_a_placeholder(said: str) -> None:
    assert read("placeholder", said).score == 1


@pytest.mark.parametrize(
    "said",
    [
        "As was shown [1], [2–4] and [Smith 2019], it holds.",
        "[x] done, [ ] open",
        "We have to do more; todo el mundo.",
        "He said “[the tenant] will leave”.",
        "The name and the date are in the annex.",
        "-----\n_____\nNext part …",
        "a < b and c > d",
        "It was… hard.",
    ],
)
def test_what_looks_like_a_gap_and_is_none_is_left_alone(said: str) -> None:
    assert read("placeholder", said).score == 0


def test_a_refusal_is_one_by_how_the_whole_begins() -> None:
    assert read("refusal", "I'm sorry, but I can't help with that. Ask somebody else.").score == 1
    assert read("refusal", "The board met. We cannot say when it ends.").score == 0


def test_a_sentence_that_comes_again_is_quoted_as_it_was_first_written() -> None:
    said = "The roof is to be mended. Nobody objected. THE ROOF is to be mended! Nobody objected."
    verdict = read("repetition", said)
    assert verdict.score == 0.5
    assert verdict.piece == ""
    assert verdict.reason == "It says twice: “The roof is to be mended.”"


def test_words_in_a_circle_are_repeated_without_an_end() -> None:
    assert read("repetition", "The sum is " + "of the total amount " * 40).score == 1


def test_a_list_of_like_things_does_not_repeat_itself() -> None:
    said = "\n".join(f"Room {number} was painted in March." for number in range(9))
    assert read("repetition", said).score == 0


ENGLISH = "The committee met on Tuesday and agreed the budget for the next year."
GERMAN = "Der Ausschuss trat am Dienstag zusammen und beschloss den Haushalt für das nächste Jahr."


def test_a_text_in_another_language_is_flagged_by_the_name_of_both() -> None:
    verdict = read("language", GERMAN, language="en")
    assert verdict.score is not None
    assert verdict.score > 0.5
    assert verdict.reason == "It is in German, not in English."


def test_the_language_of_the_template_counts_unless_one_is_set() -> None:
    assert read("language", GERMAN, language="de-AT").score == 0
    assert read("language", GERMAN, language="en").score
    settings = {"rule": "language", "options": {"language": "de"}}
    kind = KINDS["rule"]
    verdicts = kind.read(kind.Settings.model_validate(settings), None, [text_of(ENGLISH, language="en")])
    assert verdicts[0].score


@pytest.mark.parametrize("said", ["OK", "€ 1,200 – 14:00", "Dunmarrow, Kestrane", ""])
def test_what_is_too_short_to_tell_is_in_no_language(said: str) -> None:
    assert read("language", said, language="fr").score == 0


def test_where_nobody_said_which_language_to_expect_none_is_wrong() -> None:
    assert read("language", GERMAN).score == 0


@pytest.mark.django_db
def test_a_text_about_something_else_is_off_the_topic() -> None:
    asked = "Roof\nWhat was decided on mending the roof, and what it costs."
    near = read("topic", "The roof will be mended in spring; mending costs € 9,000.", about=asked)
    far = read("topic", "Beat three eggs, add sugar and flour, and bake.", about=asked)
    assert near.score is not None
    assert far.score is not None
    assert near.score < 0.5 < far.score


@pytest.mark.django_db
def test_of_a_text_nobody_asked_for_nothing_is_off_the_topic() -> None:
    assert read("topic", "Beat three eggs, add sugar and flour, and bake.").score == 0


def test_a_rule_without_a_name_says_that_it_is_not_set() -> None:
    kind = KINDS["rule"]
    settings = kind.Settings()
    assert kind.made_by(settings, None) == ""
    assert kind.read(settings, None, [text_of("Anything.")])[0].error


def test_another_option_makes_other_readings() -> None:
    kind = KINDS["rule"]
    made = {
        kind.made_by(kind.Settings.model_validate({"rule": "length", "options": {"most": most}}), None)
        for most in (5, 6)
    }
    assert len(made) == 2


@pytest.mark.parametrize("said", ["", " ", "\x00", "’", "a" * 10_000, "<<<<", "[" * 5_000, "_" * 5_000])
@pytest.mark.parametrize("rule", sorted(set(RULES) - {"topic"}))
def test_no_text_is_too_odd_for_a_rule(rule: str, said: str) -> None:
    options: dict[str, Any] = {
        "phrases": {"phrases": ["x"]},
        "expression": {"pattern": "x"},
        "length": {"most": 9},
    }
    assert read(rule, said, language="en", **options.get(rule, {})).score is not None
