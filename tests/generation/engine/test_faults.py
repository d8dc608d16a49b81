"""Faults of a model's server, from end to end: a filled block, or the sentence that says what to do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
from pytest_django import Settings

from generation.models import Fill
from tests.generation.engine.conftest import MakeReport, fill_all
from tests.generation.engine.profiles import use_profiles
from tests.generation.engine.waiting import OWN_PART
from tests.services import free_port
from tests.simulated_llm import Asked, Behaviour, Fault, SimulatedLLM
from tests.simulated_llm.faults import FaultKind

pytestmark = pytest.mark.usefixtures("worker")
TABLE = {"kind": "table", "settings": {"columns": [{"name": "Action"}, {"name": "Owner"}]}}
ROWS = '{"rows": [{"Action": "Mend the roof", "Owner": "Ann"}]}'
WriteProfiles = Callable[..., None]


class Met(NamedTuple):
    """How a block ends that meets a fault: its state, its failure's code, and the requests it took."""

    state: str
    code: str
    requests: int


# Once, and a try more or the re-ask fills the block.
PASSING = {
    kind: Met("done", "", 2)
    for kind in (
        *("rate_limit", "server_error", "unavailable", "bad_gateway"),
        *("cut", "silence", "stream_error", "garbage"),
        *("invalid_json", "wrong_shape", "length", "refusal", "content_filter", "empty"),
        # The second says the schema in words.
        "reject_format",
    )
}  # fmt: skip
# Nothing to ask again for.
STRANGE = {
    kind: Met("done", "", 1) for kind in ("fenced", "chatty", "thinking_aloud", "thinking", "broken_letter")
}
# At every request, with one try more where that may help.
LASTING = {
    "rate_limit": (Met("failed", "rate_limit", 2), "Try again in a few minutes."),
    "no_quota": (Met("failed", "quota", 1), "no credit left. Ask whoever pays for it."),
    "server_error": (Met("failed", "server_error", 2), "tell whoever runs it."),
    "unavailable": (Met("failed", "server_error", 2), "tell whoever runs it."),
    "bad_gateway": (Met("failed", "server_error", 2), "tell whoever runs it."),
    "stream_error": (Met("failed", "server_error", 2), "tell whoever runs it."),
    "garbage": (Met("failed", "server_error", 2), "tell whoever runs it."),
    "wrong_key": (Met("failed", "bad_key", 1), "Check the key of the profile “quick”."),
    "unknown_model": (Met("failed", "unknown_model", 1), "There is no model “simulated”"),
    "page": (Met("failed", "no_model", 1), "is not a model's server. Check its base_url."),
    "too_long": (Met("failed", "too_long", 1), "Remove a document or use a larger model."),
    "too_long_llamacpp": (Met("failed", "too_long", 1), "Remove a document or use a larger model."),
    "hang": (Met("failed", "first_token_timeout", 1), "did not begin to answer in time."),
    "silence": (Met("failed", "gap_timeout", 2), "stopped in the middle of its answer."),
    "cut": (Met("failed", "cut_stream", 2), "broke in the middle of the answer."),
    "reject_format": (Met("done", "", 2), ""),
}
UNUSABLE = {
    "invalid_json": ("invalid", "The model's answer is not a table: "),
    "wrong_shape": ("invalid", "The model's answer is not a table: "),
    "length": ("length", "ask for less in its settings."),
    "refusal": ("refusal", "Reword its instructions, or write it yourself."),
    "content_filter": ("refusal", "Reword its instructions, or write it yourself."),
    "empty": ("empty", "Generate it again."),
}


def answer(asked: Asked) -> str | None:
    return ROWS if any("Owner" in text for text in asked.texts) else None


@pytest.fixture
def write_profiles(llm: SimulatedLLM, settings: Settings, tmp_path: Path) -> WriteProfiles:
    """One profile, “quick”, with what differs from the usual."""

    def write(**more: object) -> None:
        use_profiles(settings, tmp_path, quick={"base_url": llm.base_url, "schema": "schema"} | more)
        llm.reset(Behaviour(part_after=OWN_PART, words=30, answers=answer))

    return write


def block_of(kind: str) -> dict[str, Any]:
    """The block that meets this fault; prose where a table's text would be torn."""
    return {"title": f"About {kind}", **({} if kind == "broken_letter" else TABLE)}


def meet(make_report: MakeReport, llm: SimulatedLLM, kinds: list[str], count: int | None) -> dict[str, Fill]:
    """Fill one report with a block for each fault, all at the same time."""
    for kind in kinds:
        llm.add_fault(Fault(kind, contains=f"“About {kind}”", count=count, retry_after=0.1, seconds=30))  # type: ignore[arg-type]
    return fill_all(make_report("leader", *kinds, **{kind: block_of(kind) for kind in kinds}), seconds=30)


def ends(fills: dict[str, Fill]) -> dict[str, Met]:
    return {
        key: Met(str(fill.state), fill.error_code, fill.requests.count())
        for key, fill in fills.items()
        if key != "leader"
    }


def test_every_fault_of_the_simulated_server_is_in_the_tables() -> None:
    assert {*PASSING, *STRANGE, *LASTING, *UNUSABLE} == set(get_args(FaultKind))


def test_a_fault_that_passes_leaves_a_filled_block(
    make_report: MakeReport, llm: SimulatedLLM, write_profiles: WriteProfiles
) -> None:
    write_profiles()

    fills = meet(make_report, llm, [*PASSING, *STRANGE], count=1)

    assert ends(fills) == PASSING | STRANGE
    assert fills["leader"].state == "done"
    assert [fills[kind].current_value for kind in ("fenced", "chatty", "thinking_aloud", "thinking")] == [
        {"columns": ["Action", "Owner"], "rows": [["Mend the roof", "Ann"]]}
    ] * 4


def test_a_fault_that_stays_fails_its_block_alone_with_the_right_sentence(
    make_report: MakeReport, llm: SimulatedLLM, write_profiles: WriteProfiles
) -> None:
    write_profiles()

    fills = meet(make_report, llm, [*LASTING], count=None)

    assert ends(fills) == {kind: met for kind, (met, _) in LASTING.items()}
    assert fills["leader"].state == "done"
    wrong = {
        kind: fills[kind].error
        for kind, (_, sentence) in LASTING.items()
        if sentence not in fills[kind].error
    }
    assert wrong == {}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_an_answer_that_is_unusable_twice_fails_its_block_with_the_right_sentence(
    make_report: MakeReport, llm: SimulatedLLM, write_profiles: WriteProfiles, kind: FaultKind
) -> None:
    write_profiles()
    llm.add_fault(Fault(kind, count=None))
    code, sentence = UNUSABLE[kind]

    fills = fill_all(make_report("actions", actions=TABLE))

    assert ends(fills) == {"actions": Met("failed", code, 2)}
    assert sentence in fills["actions"].error


def test_a_server_that_is_not_there_fails_every_block_with_the_right_sentence(
    make_report: MakeReport, write_profiles: WriteProfiles
) -> None:
    write_profiles(base_url=f"http://127.0.0.1:{free_port()}/v1")

    fills = fill_all(make_report("summary", "actions", actions=TABLE))

    assert {fill.error for fill in fills.values()} == {
        "The model's server cannot be reached. Check that it runs, then try again."
    }
    assert [fill.requests.count() for fill in fills.values()] == [2, 2]


def test_a_server_that_refuses_two_messages_in_a_row_is_told_by_the_setting_to_change(
    make_report: MakeReport, llm: SimulatedLLM, write_profiles: WriteProfiles
) -> None:
    write_profiles(messages="split")
    llm.reset(Behaviour(refuses=("consecutive users",)))

    fills = fill_all(make_report("summary"))

    assert (fills["summary"].state, fills["summary"].error_code) == ("failed", "roles")
    assert 'Set messages = "single" in the profile “quick”' in fills["summary"].error
