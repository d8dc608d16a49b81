"""The pool of what somebody may read, and what is asked of it next."""

import pytest
from django.contrib.auth.models import User
from django.db.models import Q
from pytest_django import DjangoAssertNumQueries

from signals.models import Embedding, Signal, Text
from signals.pieces import Piece
from signals.teaching import pool as pools
from signals.teaching.asking import ask_next, like_phrase, score_pool, suggest_no
from signals.teaching.lesson import teach
from signals.teaching.pool import pool_of, samples_of
from signals.teaching.saying import say
from signals.teaching.typed import add_examples
from signals.texts import keep_text
from signals.vectors import vectors_of
from tests.signals.teaching.conftest import NO, YES, keep

HERE = Q(scope="report:1")
PATIENCE = 60


@pytest.mark.django_db
def test_equal_texts_stand_in_the_pool_once() -> None:
    keep("Success is assured.")
    keep_text("again", "report:1", "Success is assured.", [])
    assert len(pool_of(1, HERE, PATIENCE).hashes) == 1


@pytest.mark.django_db
def test_what_may_not_be_read_is_not_in_the_pool() -> None:
    mine, theirs = keep("Success is assured."), keep("Costs were £ 300.", "report:2")
    assert pool_of(1, HERE, PATIENCE).hashes == (mine.sha256,)
    assert samples_of(HERE, [mine.sha256, theirs.sha256]) == {mine.sha256: mine}


@pytest.mark.django_db
def test_what_was_typed_for_a_signal_is_not_asked_of_another() -> None:
    keep("Success is assured.", "signal:1")
    assert pool_of(1, Q(scope="signal:1"), PATIENCE).hashes == ()


@pytest.mark.django_db
def test_new_texts_come_and_removed_ones_go() -> None:
    keep("Success is assured.")
    assert len(pool_of(1, HERE, PATIENCE).hashes) == 1
    keep("Costs were £ 300.")
    assert len(pool_of(1, HERE, PATIENCE).hashes) == 2
    Text.objects.filter(samples__said="Costs were £ 300.").delete()
    assert len(pool_of(1, HERE, PATIENCE).hashes) == 1


@pytest.mark.django_db
def test_two_people_have_two_pools() -> None:
    keep("Success is assured.")
    assert len(pool_of(1, HERE, PATIENCE).hashes) == 1
    assert pool_of(2, Q(scope="report:2"), PATIENCE).hashes == ()


@pytest.mark.django_db
def test_a_pool_that_has_not_changed_is_not_read_again(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    keep("Success is assured.")
    pool_of(1, HERE, PATIENCE)
    with django_assert_num_queries(1):
        pool_of(1, HERE, PATIENCE)


@pytest.mark.django_db
def test_what_takes_long_to_embed_is_counted_and_comes_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "_AT_ONCE", 1)
    for said in YES:
        keep(said)
    first = pool_of(1, HERE, 0)
    assert (len(first.hashes), first.waiting) == (1, len(YES) - 1)
    last = pool_of(1, HERE, PATIENCE)
    assert (len(last.hashes), last.waiting) == (len(YES), 0)
    assert Embedding.objects.count() == len(YES)


@pytest.mark.django_db
def test_of_very_many_texts_the_same_are_taken_each_time_and_the_others_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pools, "MOST", 4)
    for said in YES:
        keep(said)
    pool = pool_of(1, HERE, PATIENCE)
    assert (len(pool.hashes), pool.left_out) == (4, len(YES) - 4)
    pools.forget_pools()
    assert pool_of(1, HERE, PATIENCE).hashes == pool.hashes


def test_a_phrase_finds_what_is_like_it(signal: Signal, ann: User) -> None:
    for said in [*YES, *NO]:
        keep(said)
    pool, lesson = pool_of(1, HERE, PATIENCE), teach(signal)
    phrase = vectors_of(["We guarantee that you will win"])[0]
    asked = ask_next(lesson, None, pool, [], phrase)
    assert asked is not None
    assert asked.why == "phrase"
    assert samples_of(HERE, [asked.sha256])[asked.sha256].said == YES[0]
    assert like_phrase(phrase, pool, 3)[0] == asked.sha256


def test_without_a_phrase_and_without_examples_nothing_is_asked(signal: Signal) -> None:
    keep(YES[0])
    assert ask_next(teach(signal), None, pool_of(1, HERE, PATIENCE), [], None) is None


def test_after_a_few_yeses_something_less_like_them_is_asked(signal: Signal, ann: User) -> None:
    for said in [*YES, *NO]:
        keep(said)
    for said in YES[:3]:
        say(signal, keep(said), ann, True)
    phrase = vectors_of([YES[0]])[0]
    asked = ask_next(teach(signal), None, pool_of(1, HERE, PATIENCE), [], phrase)
    assert asked is not None
    assert asked.why == "unlike"


def test_the_way_down_to_a_no_is_short_among_many_texts_like_the_phrase(signal: Signal, ann: User) -> None:
    many = [keep(f"We guarantee that claim {number} succeeds.") for number in range(100)]
    keep(NO[0])
    for sample in many[:5]:
        say(signal, sample, ann, True)
    phrase = vectors_of([YES[0]])[0]
    asked = ask_next(teach(signal), None, pool_of(1, HERE, PATIENCE), [], phrase)
    assert asked is not None
    assert samples_of(HERE, [asked.sha256])[asked.sha256].said == NO[0]


def test_while_there_are_too_few_noes_to_weigh_one_near_a_yes_is_asked(signal: Signal, ann: User) -> None:
    for said in [*YES, *NO, *(f"Bill {number} was paid on Monday." for number in range(30))]:
        keep(said)
    for said in YES[:3]:
        say(signal, keep(said), ann, True)
    say(signal, keep(NO[0]), ann, False)
    lesson, pool = teach(signal), pool_of(1, HERE, PATIENCE)
    asked = ask_next(lesson, score_pool(lesson.learned, pool), pool, [], None)
    assert asked is not None
    assert asked.why == "unlike"
    assert samples_of(HERE, [asked.sha256])[asked.sha256].said not in YES


def test_nothing_is_asked_twice_and_nothing_that_was_skipped(signal: Signal, ann: User) -> None:
    for said in [*YES, *NO]:
        keep(said)
    skipped: list[str] = []
    say(signal, keep(YES[0]), ann, True)
    say(signal, keep(NO[0]), ann, False)
    lesson, pool = teach(signal), pool_of(1, HERE, PATIENCE)
    while asked := ask_next(lesson, score_pool(lesson.learned, pool), pool, skipped, None):
        assert asked.why == "helps"
        assert asked.score is not None
        skipped.append(asked.sha256)
    assert len(skipped) == len(set(skipped)) == len(YES) + len(NO) - 2


@pytest.mark.django_db
def test_the_whole_of_several_pieces_is_not_asked_about() -> None:
    pieces = [Piece("sentence 1", "One is."), Piece("sentence 2", "Two is.")]
    text = keep_text("t", "report:1", "One is. Two is.", pieces)
    keep_text("u", "report:1", "No sentence", [])
    asked = {sample.said for sample in samples_of(HERE, pool_of(1, HERE, PATIENCE).hashes).values()}
    assert asked == {"One is.", "Two is.", "No sentence"}
    assert text.samples.count() == 3


def test_what_is_flagged_is_the_strongest_first_without_the_examples(signal: Signal, ann: User) -> None:
    for said in [*YES, *NO]:
        keep(said)
    add_examples(signal, YES[:4], ann, True)
    add_examples(signal, NO[:4], ann, False)
    lesson, pool = teach(signal), pool_of(1, HERE, PATIENCE)
    scores = score_pool(lesson.learned, pool)
    assert scores is not None
    flagged = scores.flagged(10)
    assert len(flagged) == scores.count_flagged()
    assert [one.score for one in flagged] == sorted((one.score for one in flagged), reverse=True)
    others = scores.flagged(10, lesson.examples.yes)
    assert {one.sha256 for one in others} == {one.sha256 for one in flagged} - set(lesson.examples.yes)
    assert sum(scores.histogram(10)) == len(pool.hashes)
    twins = suggest_no(lesson, scores, [], 5)
    assert not {one.sha256 for one in twins} & {*lesson.examples.yes, *lesson.examples.no}


def test_short_of_yeses_the_likeliest_is_asked(signal: Signal, ann: User) -> None:
    for said in [*YES, *NO]:
        keep(said)
    say(signal, keep(YES[0]), ann, True)
    for said in NO[:3]:
        say(signal, keep(said), ann, False)
    lesson, pool = teach(signal), pool_of(1, HERE, PATIENCE)
    scores = score_pool(lesson.learned, pool)
    asked = ask_next(lesson, scores, pool, [], None)
    assert scores is not None
    assert asked is not None
    assert asked.why == "likely"
    open_rows = set(range(len(pool.hashes))) - pool.rows_of(lesson.examples.hashes)
    assert asked.score == max(scores.of(row).score for row in open_rows)
