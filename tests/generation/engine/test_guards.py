"""Guards while a report is filled: flagged, written anew, withheld, released; checks that cannot run."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import orjson
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from numpy.typing import NDArray
from pytest_django import Settings

from generation.engine.schedule import (
    advance_report,
    cancel_report,
    generate_again,
    start_report,
)
from generation.engine.sweep import sweep
from generation.engine.work import load_work
from generation.flags import shown_checks, shown_flags, shown_notes
from generation.guards.release import look_at_withheld, reject_withheld, release_withheld
from generation.guards.said import GuardReading
from generation.looking import look_at_report
from generation.models import Candidate, Fill, GuardAct, Report
from generation.reports import create_report
from generation.result_file import write_result
from generation.review import CannotChange, accept_unflagged, choose_candidate, decide, save_edit
from generation.uploads import store_document
from signals.changing import save_signal
from signals.handed import CannotEmbed, hands
from signals.models import Signal, Text
from templates.body import read_body
from templates.models import take_snapshot
from tests.generation.engine.conftest import DOCUMENT, QUEUE, fill_all, wait_until_finished
from tests.generation.engine.waiting import OWN_PART, wait_until
from tests.simulated_llm import Asked, Behaviour, Fault, SimulatedLLM
from tests.taught import PLAIN, PROMISE, teach

pytestmark = pytest.mark.usefixtures("worker", "transactional_db")
MakeGuarded = Callable[..., Report]


def edited(*sentences: str) -> dict[str, object]:
    text = {"type": "text", "text": " ".join(sentences)}
    return {"doc": {"type": "doc", "content": [{"type": "paragraph", "content": [text]}]}}


@pytest.fixture
def make_guarded(settings: Settings) -> MakeGuarded:
    """A report with a summary, a conclusion that reads it and a note, watched by these guards."""
    settings.FILL_QUEUE = QUEUE

    def make(*guards: dict[str, object], owner: User | None = None) -> Report:
        blocks = [
            {"block": "summary", "kind": "long_text", "title": "Summary"},
            {"block": "conclusion", "kind": "long_text", "title": "Conclusion", "after": ["summary"]},
            {"block": "note", "kind": "long_text", "title": "Note"},
        ]
        body = read_body({"fill": 1, "name": "Test", "blocks": blocks, "guards": list(guards)})
        document = store_document(DOCUMENT.encode(), "minutes.txt")
        return create_report(take_snapshot(body), [(document, "")], title="A test", queue=QUEUE, owner=owner)

    return make


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[str]]]:
    """What the model says of each block, one answer after the other; the last again and again."""
    answers = {"Summary": [f"{PLAIN} {PROMISE}"], "Conclusion": [PLAIN], "Note": [PLAIN]}

    def answer(asked: Asked) -> str | None:
        # Asked once more, the part of the prompt is the correction.
        whole = str(asked)
        for title, texts in answers.items():
            if f"only the part “{title}”" in whole:
                return texts.pop(0) if len(texts) > 1 else texts[0]
        return None

    with SimulatedLLM(Behaviour(part_after=OWN_PART, answers=answer)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "simulated")
        yield answers


def now(report: Report, block: str = "summary") -> Fill:
    return report.fills.select_related("chosen", "edit", "report").get(block=block)


def readings(report: Report, block: str = "summary") -> list[GuardReading]:
    """What the guards said of the candidate that was chosen."""
    chosen = now(report, block).chosen
    assert chosen
    return chosen.guard_readings


def wait_until_settled(report: Report) -> None:
    wait_until(lambda: Report.objects.get(pk=report.pk).finished is not None, 20)


def start(report: Report) -> None:
    start_report(report)
    wait_until_settled(report)


def test_a_flag_says_which_check_and_which_words(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    report = make_guarded({"signal": "promises", "blocks": ["summary"]})
    fill_all(report)

    fill = now(report)
    [flag] = shown_flags(fill)
    assert (flag.name, flag.piece, flag.words) == ("Promises an outcome", "sentence 2", PROMISE)
    assert flag.score is not None
    assert flag.score >= 0.5
    assert shown_checks(fill) == [f"Promises an outcome: “{PROMISE}” (sentence 2)"]
    assert readings(report, "note") == []


def test_a_flagged_part_is_not_accepted_in_bulk_and_accepting_it_answers_the_flag(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    report = make_guarded({"signal": "promises"})
    fill_all(report)

    assert accept_unflagged(report, by=None) == ["conclusion", "note"]
    decide(now(report), Fill.Review.ACCEPTED, by=None)
    assert shown_flags(now(report)) == []


def test_after_an_edit_a_flag_stays_while_its_words_do(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    report = make_guarded({"signal": "promises"})
    fill_all(report)

    save_edit(now(report), edited("It met.", PROMISE), author=None, revision=now(report).revision)
    assert [flag.words for flag in shown_flags(now(report))] == [PROMISE]
    save_edit(now(report), edited("It met."), author=None, revision=now(report).revision)
    assert shown_flags(now(report)) == []


def test_the_threshold_of_the_guard_decides(make_guarded: MakeGuarded, says: dict[str, list[str]]) -> None:
    teach()
    report = make_guarded({"signal": "promises", "threshold": 1})
    fill_all(report)
    [reading] = readings(report)
    assert reading.score is not None
    assert not reading.flagged


def test_a_block_is_written_anew_with_the_words_in_the_prompt(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    says["Summary"] = [f"{PLAIN} {PROMISE}", PLAIN]
    report = make_guarded({"signal": "promises", "action": "resample"})
    fill_all(report)

    fill = now(report)
    assert fill.chosen
    assert fill.chosen.number == 2
    assert shown_flags(fill) == []
    assert [one.guard_readings[0].flagged for one in fill.candidates.order_by("number")] == [True, False]
    assert fill.requests.count() == 2


def test_what_fires_to_the_end_is_flagged_with_how_often_it_was_tried(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    report = make_guarded({"signal": "promises", "action": "resample", "max_tries": 3})
    fill_all(report)

    assert now(report).candidates.count() == 4
    [flag] = shown_flags(now(report))
    assert flag.why == "Written 4 times to be rid of it."


def test_a_withheld_part_is_out_of_sight_and_what_reads_it_waits(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    report = make_guarded({"signal": "promises", "blocks": ["summary"], "action": "withhold"})
    start(report)

    fill = now(report)
    assert fill.withheld
    assert fill.chosen
    assert fill.chosen.withheld
    assert fill.partial == ""
    assert now(report, "conclusion").state == Fill.State.WAITING
    assert now(report, "note").state == Fill.State.DONE
    # Nothing of it is under way, and nobody starts it.
    sweep([QUEUE])
    advance_report(report.pk)
    assert now(report, "conclusion").state == Fill.State.WAITING


def test_a_release_lets_what_waits_go_on(make_guarded: MakeGuarded, says: dict[str, list[str]]) -> None:
    teach()
    report = make_guarded({"signal": "promises", "blocks": ["summary"], "action": "withhold"})
    start(report)
    ann = User.objects.create_user("ann")

    look_at_withheld(now(report), by=ann)
    release_withheld(now(report), by=ann, number=1)
    wait_until_finished(report)

    fill = now(report)
    assert (fill.withheld, fill.chosen and fill.chosen.withheld) == (False, False)
    assert now(report, "conclusion").state == Fill.State.DONE
    assert list(GuardAct.objects.values_list("what", "by")) == [("looked", ann.pk), ("released", ann.pk)]
    assert shown_flags(fill) == []


def test_a_report_is_finished_only_after_the_last_release(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    says["Conclusion"] = [PROMISE]
    report = make_guarded({"signal": "promises", "action": "withhold"})
    start(report)
    ann = User.objects.create_user("ann")
    release_withheld(now(report), by=ann, number=1)
    wait_until(lambda: now(report, "conclusion").withheld)
    wait_until_settled(report)
    assert now(report, "conclusion").state == Fill.State.DONE


def test_what_does_not_fire_is_shown_as_usual(make_guarded: MakeGuarded, says: dict[str, list[str]]) -> None:
    teach()
    says["Summary"] = [PLAIN]
    report = make_guarded({"signal": "promises", "action": "withhold"})
    fills = fill_all(report)
    assert not any(fill.withheld for fill in fills.values())


def test_a_rejected_part_stays_withheld_and_is_written_again(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    says["Summary"] = [PROMISE, PLAIN]
    report = make_guarded({"signal": "promises", "blocks": ["summary"], "action": "withhold"})
    start(report)
    ann = User.objects.create_user("ann")

    reject_withheld(now(report), by=ann, number=1)
    assert (now(report).withheld, now(report).review) == (True, Fill.Review.REJECTED)
    generate_again(now(report), note="without it", versions=3)
    wait_until_finished(report)

    fill = now(report)
    assert (fill.withheld, fill.review) == (False, Fill.Review.NOT_YET)
    assert now(report, "conclusion").state == Fill.State.DONE
    # The one before is as withheld as ever.
    with pytest.raises(Candidate.DoesNotExist):
        choose_candidate(fill, 1, by=ann, revision=fill.revision)


def test_only_what_was_looked_at_is_released(make_guarded: MakeGuarded, says: dict[str, list[str]]) -> None:
    teach()
    report = make_guarded({"signal": "promises", "blocks": ["summary"], "action": "withhold"})
    start(report)
    ann = User.objects.create_user("ann")
    with pytest.raises(CannotChange, match="written again since"):
        release_withheld(now(report), by=ann, number=2)
    release_withheld(now(report), by=ann, number=1)
    with pytest.raises(CannotChange, match="not withheld any more"):
        release_withheld(now(report), by=ann, number=1)


def test_the_text_that_signals_keep_is_nobodys_until_it_is_released(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    report = make_guarded({"signal": "promises", "blocks": ["summary"], "action": "withhold"})
    start(report)
    look_at_report(report.pk)
    origin = f"candidate:{now(report).chosen_id}"
    assert Text.objects.get(origin=origin).scope == f"withheld:{report.pk}"
    release_withheld(now(report), by=User.objects.create_user("ann"), number=1)
    assert Text.objects.get(origin=origin).scope == f"report:{report.pk}"


class Broken:
    """An embedding server that is away."""

    name = "broken"

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise CannotEmbed("The embedding server cannot be reached.")


@pytest.fixture
def broken(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A taught signal, and its embedder away."""
    signal = teach()
    assert signal.learned
    Signal.objects.update(learned=signal.learned | {"embedder": "broken"})
    monkeypatch.setattr(hands, "embed", Broken())


@pytest.mark.usefixtures("broken")
def test_a_check_that_cannot_run_lets_the_text_pass_and_says_so(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    report = make_guarded({"signal": "promises", "action": "withhold"}, {"signal": "gone"})
    fills = fill_all(report)
    assert {fill.state for fill in fills.values()} == {Fill.State.DONE}
    assert shown_notes(now(report)) == [
        "This check did not run: Promises an outcome. The embedding server cannot be reached.",
        "This check did not run: gone. There is no signal of this name any more, or not yet. "
        "Tell whoever keeps the template.",
    ]
    assert shown_checks(now(report)) == []


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("action", ["flag", "resample"])
def test_where_the_template_wants_it_a_check_that_cannot_run_is_a_flag(
    action: str, make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    report = make_guarded({"signal": "promises", "action": action, "on_error": "fail"})
    fill_all(report)
    assert shown_checks(now(report)) == [
        "Promises an outcome. This check did not run. The embedding server cannot be reached."
    ]
    assert now(report).candidates.count() == 1


@pytest.mark.usefixtures("broken")
def test_where_the_template_wants_it_what_cannot_be_checked_is_withheld(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    report = make_guarded({"signal": "promises", "action": "withhold", "on_error": "fail"})
    start(report)
    assert now(report).withheld
    assert now(report, "conclusion").state == Fill.State.WAITING


def test_an_archived_and_an_untaught_signal_do_not_run(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach("old", "Old", archived="2026-01-01T00:00:00Z")
    Signal.objects.create(name="new", title="New", kind="few_shot")
    Signal.objects.create(name="odd", title="Odd", kind="no-such-kind")
    report = make_guarded({"signal": "old"}, {"signal": "new"}, {"signal": "odd"})
    fill_all(report)
    assert [one.error for one in readings(report)] == [
        "Its signal is archived. Tell whoever keeps the template.",
        "It has not been taught yet.",
        "Fill itself failed on it; its log has the details.",
    ]


def test_without_a_guard_there_is_no_query_and_with_one_there_is_one(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    def count(*guards: dict[str, object]) -> int:
        fill = now(make_guarded(*guards), "note")
        load_work(fill)
        with CaptureQueriesContext(connection) as queries:
            load_work(fill)
        return len(queries)

    teach()
    teach("second")
    bare = count()
    assert count({"signal": "promises", "blocks": ["summary"]}) == bare
    assert count({"signal": "promises"}, {"signal": "second", "action": "withhold"}) == bare + 1


RUBRIC = "The text promises an outcome that nobody has decided."


def make_judge() -> None:
    save_signal(Signal(name="judge", title="Promises, judged", kind="judge", settings={"rubric": RUBRIC}))


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatedLLM]:
    """A model that writes a promise, and as a judge says that it is one."""
    verdict = orjson.dumps({"reason": f"It says “{PROMISE}”", "verdict": "yes"}).decode()

    def answer(asked: Asked) -> str:
        return verdict if RUBRIC in str(asked) else f"{PLAIN} {PROMISE}"

    with SimulatedLLM(Behaviour(part_after=OWN_PART, answers=answer)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "simulated")
        yield server


def test_a_judge_is_asked_outside_all_else_and_its_calls_are_billed(
    make_guarded: MakeGuarded, judged: SimulatedLLM
) -> None:
    make_judge()
    report = make_guarded({"signal": "judge", "blocks": ["note"]})
    fill_all(report)
    [flag] = shown_flags(now(report, "note"))
    assert (flag.words, flag.reason) == (PROMISE, f"It says “{PROMISE}”")
    outcomes = now(report, "note").requests.order_by("pk").values_list("outcome", flat=True)
    assert [outcome.partition(" ")[0] for outcome in outcomes] == ["answered", "check:"]
    assert write_result(report)["blocks"][2]["attempts"] == 1


def test_a_judge_whose_model_fails_stops_no_report(make_guarded: MakeGuarded, judged: SimulatedLLM) -> None:
    judged.add_fault(Fault("wrong_key", contains=RUBRIC, count=None))
    make_judge()
    report = make_guarded({"signal": "judge"})
    fills = fill_all(report)
    assert {fill.state for fill in fills.values()} == {Fill.State.DONE}
    [note] = shown_notes(now(report))
    assert note.startswith("This check did not run: Promises, judged. It could not be judged:")


def test_cancel_ends_a_judge_that_does_not_answer(make_guarded: MakeGuarded, judged: SimulatedLLM) -> None:
    judged.add_fault(Fault("hang", contains=RUBRIC, count=None))
    make_judge()
    report = make_guarded({"signal": "judge", "blocks": ["summary"]})
    start_report(report)
    wait_until(lambda: any(RUBRIC in str(one.asked) for one in judged.requests))
    cancel_report(report)
    # Its thread goes on at once, and what it had is kept and not chosen.
    wait_until(lambda: now(report).candidates.exists(), 8)
    assert now(report).state == Fill.State.CANCELLED
