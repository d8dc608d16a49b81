"""A model's server that is down: the fallback writes, says so, and the report goes on as with any model."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from generation.export import export_word
from generation.models import Request
from generation.result_file import write_result
from tests.generation.engine.conftest import MakeReport, fill_all
from tests.generation.engine.profiles import use_profiles
from tests.generation.engine.waiting import OWN_PART
from tests.services import free_port
from tests.simulated_llm import Asked, Behaviour, Fault, SimulatedLLM

pytestmark = pytest.mark.usefixtures("worker")
NOTE = "Written by the model “second” in place of “first”."
LONGEST = {"settings": {"max_words": 400}}
UseTwo = Callable[..., None]


def answer(asked: Asked) -> str:
    """Without problems, so that nothing is asked twice."""
    return '{"items": ["The tenant may leave."]}' if asked.response_format else "The lease was deferred."


@pytest.fixture
def second() -> Iterator[SimulatedLLM]:
    """The server of the fallback."""
    with SimulatedLLM(Behaviour(part_after=OWN_PART, answers=answer)) as server:
        yield server


@pytest.fixture
def use_two(llm: SimulatedLLM, second: SimulatedLLM, settings: Settings, tmp_path: Path) -> UseTwo:
    """Two profiles, the second the fallback of the first, each with what differs."""

    def use(first: dict[str, object] | None = None, **more: object) -> None:
        usual: dict[str, object] = {"base_url": llm.base_url, "fallback": "second"}
        fallback: dict[str, object] = {"base_url": second.base_url, "model": "other"}
        use_profiles(settings, tmp_path, first=usual | (first or {}), second=fallback | more)

    return use


DOWN = [
    ("server_error", 2),
    ("bad_gateway", 2),
    ("garbage", 2),
    ("cut", 2),
    ("rate_limit", 2),
    ("no_quota", 1),
    ("hang", 1),
]


@pytest.mark.parametrize(("fault", "tries"), DOWN)
def test_the_fallback_writes_what_the_first_server_cannot(
    make_report: MakeReport, llm: SimulatedLLM, second: SimulatedLLM, use_two: UseTwo, fault: str, tries: int
) -> None:
    use_two()
    llm.add_fault(Fault(fault, count=None, retry_after=0.05))  # type: ignore[arg-type]

    fill = fill_all(make_report("summary"))["summary"]

    assert (fill.state, fill.error) == ("done", "")
    assert fill.chosen
    assert fill.chosen.profile == "second"
    assert not fill.stale
    asked = [(one.profile, one.model) for one in fill.requests.order_by("pk")]
    assert asked == [("first", "simulated")] * tries + [("second", "other")]
    assert len(second.requests) == 1


def test_only_the_requests_that_led_to_the_candidate_are_its_cost(
    make_report: MakeReport, llm: SimulatedLLM, use_two: UseTwo
) -> None:
    use_two(input_price=3.0)
    llm.add_fault(Fault("no_quota", count=None))

    report = make_report("summary")
    fill_all(report)

    last = Request.objects.order_by("pk").last()
    assert last
    assert last.cost == pytest.approx(last.input_tokens * 3e-6)
    assert write_result(report)["usage"]["cost"] == pytest.approx(last.cost, abs=1e-6)


def test_a_wrong_key_is_told_and_not_covered_up_by_the_fallback(
    make_report: MakeReport, llm: SimulatedLLM, second: SimulatedLLM, use_two: UseTwo
) -> None:
    use_two()
    llm.add_fault(Fault("wrong_key", count=None))

    fill = fill_all(make_report("summary"))["summary"]

    assert (fill.state, fill.error_code) == ("failed", "bad_key")
    assert second.requests == []


def test_the_fallback_is_asked_in_its_own_way_with_its_own_key(
    make_report: MakeReport,
    llm: SimulatedLLM,
    second: SimulatedLLM,
    use_two: UseTwo,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECOND_KEY", "sk-second")
    use_two(key_variable="SECOND_KEY", cache="breakpoint", schema="schema", temperature=0.5)
    llm.add_fault(Fault("no_quota", count=None))

    fill_all(make_report("risks", risks={"kind": "bullets"}))

    first, other = llm.requests[0], second.requests[0]
    assert other.headers["authorization"] == "Bearer sk-second"
    assert "sk-second" not in str(first.headers)
    assert "response_format" in other.body
    assert "response_format" not in first.body
    assert (other.body["model"], other.body["temperature"]) == ("other", 0.5)
    assert "prompt_cache_breakpoint" in other.raw_body.decode()


def test_a_leader_that_falls_back_releases_the_rest_at_the_fallbacks_first_token(
    make_report: MakeReport, llm: SimulatedLLM, second: SimulatedLLM, use_two: UseTwo
) -> None:
    use_two({"retries": 4})
    llm.add_fault(Fault("no_quota", count=None))
    second.reset(Behaviour(latency=0.5, chunks=8, part_after=OWN_PART, answers=answer))

    fills = fill_all(make_report("short", "longest", "other", longest=LONGEST))

    assert {fill.state for fill in fills.values()} == {"done"}
    # The others go to the fallback at once: the first server was found to be down.
    assert len(llm.requests) == 1
    leader, *others = second.requests
    assert leader.asked
    assert "“Longest”" in leader.asked.part
    assert leader.first_token_at
    assert all(leader.first_token_at < other.arrived_at < (leader.ended_at or 0) for other in others)


def test_a_server_found_to_be_unreachable_is_not_tried_again_for_every_block(
    make_report: MakeReport, second: SimulatedLLM, use_two: UseTwo
) -> None:
    use_two({"base_url": f"http://127.0.0.1:{free_port()}/v1", "retries": 3})
    blocks = [f"part_{number}" for number in range(12)]

    fills = fill_all(make_report(*blocks))

    assert {fill.state for fill in fills.values()} == {"done"}
    assert len(second.requests) == 12
    # The leader's four tries, and those that were under way when the fifth failed.
    assert Request.objects.filter(profile="first").count() <= 4 + 11
    again = fill_all(make_report("summary"))["summary"]
    assert [one.profile for one in again.requests.all()] == ["second"]


def test_a_fallback_that_cannot_read_it_all_is_passed_over_for_its_own_fallback(
    make_report: MakeReport, llm: SimulatedLLM, second: SimulatedLLM, settings: Settings, tmp_path: Path
) -> None:
    use_profiles(
        settings,
        tmp_path,
        first={"base_url": llm.base_url, "fallback": "small"},
        small={"base_url": second.base_url, "window": 100, "fallback": "second"},
        second={"base_url": second.base_url},
    )
    llm.add_fault(Fault("no_quota", count=None))

    fill = fill_all(make_report("summary"))["summary"]

    assert fill.chosen
    assert fill.chosen.profile == "second"
    assert len(second.requests) == 1


def test_a_fallback_that_no_one_here_knows_is_none(
    make_report: MakeReport,
    llm: SimulatedLLM,
    use_two: UseTwo,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL")
    use_two(base_url="")
    llm.add_fault(Fault("no_quota", count=None))

    fill = fill_all(make_report("summary"))["summary"]

    assert (fill.state, fill.error_code) == ("failed", "quota")


def test_page_word_file_and_result_file_say_who_wrote(
    make_report: MakeReport, llm: SimulatedLLM, use_two: UseTwo, client: Client
) -> None:
    use_two()
    llm.add_fault(Fault("no_quota", count=1, contains="“Summary”"))
    report = make_report("risks", "summary", summary={"after": ["risks"]})
    fill_all(report)
    client.force_login(User.objects.create_superuser("ann"))

    page = client.get(f"/reports/{report.pk}/").content.decode()
    summary, risks = [
        next(block for block in write_result(report)["blocks"] if block["block"] == key)
        for key in ("summary", "risks")
    ]

    assert page.count(NOTE) == 1
    assert summary["notes"] == [NOTE]
    assert summary["problems"] == []
    assert "notes" not in risks
    with ZipFile(BytesIO(export_word(report))) as word:
        assert word.read("word/document.xml").decode().count(NOTE) == 1


def test_the_offline_writer_stands_in_where_it_is_named_and_says_so(
    make_report: MakeReport, llm: SimulatedLLM, settings: Settings, tmp_path: Path
) -> None:
    use_profiles(settings, tmp_path, first={"base_url": llm.base_url, "fallback": "offline"})
    llm.add_fault(Fault("no_quota", count=None))
    report = make_report("summary", "risks", risks={"kind": "bullets", "settings": {"min_items": 1}})

    fills = fill_all(report)

    assert {fill.state for fill in fills.values()} == {"done"}
    notes = [note for block in write_result(report)["blocks"] for note in block["notes"]]
    assert len(notes) == 2
    assert all(note.startswith("No language model was used") for note in notes)
