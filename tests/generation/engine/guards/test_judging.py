"""Guards that ask a model while a report is filled."""

from collections.abc import Iterator

import orjson
import pytest

from generation.engine.schedule import (
    cancel_report,
    start_report,
)
from generation.flags import shown_flags, shown_notes
from generation.models import Fill
from generation.result_file import write_result
from signals.changing import save_signal
from signals.models import Signal
from tests.generation.engine.conftest import fill_all
from tests.generation.engine.guards.conftest import MakeGuarded, now
from tests.generation.engine.waiting import OWN_PART, wait_until
from tests.simulated_llm import Asked, Behaviour, Fault, SimulatedLLM
from tests.taught import PLAIN, PROMISE

pytestmark = pytest.mark.usefixtures("worker", "transactional_db")


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
