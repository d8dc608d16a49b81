"""The one loop: ask, look, ask once more, choose the draft with the fewest problems."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from generation.calls import Cancelled
from generation.fill_block import Failure, Outcome, fill_block
from generation.llm import Answer, ModelFailure
from generation.writers import Unusable
from tests.factories import make_profile

SERVER_ERROR = ModelFailure("server_error", make_profile("http://x"))


@dataclass
class Queue:
    """A writer that gives what was put into it, and notes what it was told."""

    ends: list[str | Exception | None]
    made: list[Answer] = field(default_factory=list)
    told: list[Sequence[str]] = field(default_factory=list)
    name: str = "queue"
    fallback: "Queue | None" = None

    def next_writer(self) -> "Queue | None":
        return self.fallback

    def write(self) -> str | None:
        self.made.append(Answer())
        end = self.ends.pop(0)
        if isinstance(end, Exception):
            raise end
        return end

    def rewrite(self, problems: Sequence[str], *, anew: bool = False) -> str | None:
        self.told.append(problems)
        return self.write()


def fill(*ends: str | Exception | None) -> tuple[Outcome, Queue]:
    """Fill with a writer of these ends; every "!" in a value is a problem of it."""
    writer = Queue(list(ends))
    return fill_block(writer, lambda value: ["A problem."] * value.count("!")), writer


def test_a_value_without_problems_is_asked_for_once() -> None:
    outcome, writer = fill("good")

    assert outcome.chosen == 0
    assert outcome.failure is None
    assert writer.told == []


def test_the_second_draft_is_chosen_when_it_has_fewer_problems() -> None:
    outcome, writer = fill("bad!!", "better!")

    assert outcome.chosen == 1
    assert writer.told == [["A problem.", "A problem."]]


def test_the_first_draft_is_chosen_when_the_second_is_worse() -> None:
    assert fill("bad!", "worse!!")[0].chosen == 0


def test_the_first_of_equals_is_chosen() -> None:
    assert fill("bad!", "other!")[0].chosen == 0


def test_there_is_no_third_asking() -> None:
    outcome, writer = fill("bad!!!", "bad!!", "good")

    assert len(outcome.drafts) == 2
    assert writer.ends == ["good"]


def test_every_draft_is_kept_with_the_calls_it_took() -> None:
    outcome, _ = fill("bad!", "good")

    assert [(draft.value, draft.calls) for draft in outcome.drafts] == [("bad!", 1), ("good", 2)]


def test_the_model_is_told_why_its_answer_was_unusable() -> None:
    outcome, writer = fill(Unusable("length", tell_model="It was cut off."), "good")

    assert outcome.failure is None
    assert writer.told == [["It was cut off."]]


def test_an_unusable_second_answer_leaves_the_first_draft() -> None:
    outcome, _ = fill("bad!", Unusable("empty"))

    assert outcome.chosen == 0
    assert outcome.failure is None


def test_a_value_with_problems_is_better_than_none() -> None:
    outcome, _ = fill(Unusable("empty"), "bad!")

    assert outcome.chosen == 0
    assert outcome.drafts[0].problems == ["A problem."]


def test_a_server_failure_is_not_answered_with_another_asking() -> None:
    outcome, writer = fill(SERVER_ERROR, "good")

    assert outcome.failure == Failure("server_error", str(SERVER_ERROR), another_may_do=True)
    assert outcome.chosen is None
    assert writer.told == []


def test_a_server_failure_in_the_second_asking_leaves_the_first_draft() -> None:
    outcome, _ = fill("bad!", SERVER_ERROR)

    assert outcome.chosen == 0
    assert outcome.failure is None


def test_the_last_failure_is_told_when_there_is_no_draft() -> None:
    outcome, _ = fill(Unusable("empty"), SERVER_ERROR)

    assert outcome.failure is not None
    assert outcome.failure.code == "server_error"


def fill_with_fallback(first: Queue, second: Queue) -> Outcome:
    first.fallback, second.made = second, first.made
    return fill_block(first, lambda value: ["A problem."] * value.count("!"))


def test_the_fallback_writes_what_a_server_could_not() -> None:
    outcome = fill_with_fallback(Queue([SERVER_ERROR]), Queue(["bad!", "good"], name="second"))

    assert outcome.failure is None
    assert outcome.chosen == 1
    assert [(draft.profile, draft.calls) for draft in outcome.drafts] == [("second", 2), ("second", 3)]


def test_the_fallback_writes_when_the_re_ask_of_an_unusable_answer_fails() -> None:
    outcome = fill_with_fallback(Queue([Unusable("empty"), SERVER_ERROR]), Queue(["good"], name="second"))

    assert [draft.profile for draft in outcome.drafts] == ["second"]


def test_a_draft_that_stands_is_not_written_again_by_the_fallback() -> None:
    second = Queue(["good"])

    outcome = fill_with_fallback(Queue(["bad!", SERVER_ERROR]), second)

    assert [draft.value for draft in outcome.drafts] == ["bad!"]
    assert second.ends == ["good"]


@pytest.mark.parametrize("end", [Unusable("refusal"), ModelFailure("bad_key", make_profile("http://x"))])
def test_what_is_not_the_servers_trouble_goes_to_no_fallback(end: Exception) -> None:
    outcome = fill_with_fallback(Queue([end, end]), Queue(["good"]))

    assert outcome.failure is not None
    assert outcome.drafts == []


def test_where_the_fallback_fails_too_the_first_failure_is_told() -> None:
    nothing_found = Unusable("nothing_found")

    outcome = fill_with_fallback(Queue([SERVER_ERROR]), Queue([nothing_found, None]))

    assert outcome.failure is not None
    assert outcome.failure.code == "server_error"


def test_a_writer_that_cannot_do_better_is_left_alone() -> None:
    outcome, _ = fill("bad!", None)

    assert outcome.chosen == 0
    assert len(outcome.drafts) == 1


def test_cancel_goes_through() -> None:
    with pytest.raises(Cancelled):
        fill("bad!", Cancelled())
