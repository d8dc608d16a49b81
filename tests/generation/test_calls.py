"""Cancel and time-outs: they end a call wherever it stands, by closing its own connection."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from generation.calls import Call, Cancelled, cancel_calls, watched
from generation.llm import Answer, ModelFailure, ask_model
from generation.profiles import ModelProfile
from tests.factories import make_call, make_profile, make_request
from tests.simulated_llm import Behaviour, Fault, SimulatedLLM


@pytest.fixture(scope="module")
def server() -> Iterator[SimulatedLLM]:
    with SimulatedLLM() as llm:
        yield llm


@pytest.fixture
def llm(server: SimulatedLLM) -> SimulatedLLM:
    server.reset(Behaviour(words=20))
    return server


class Asking(threading.Thread):
    """A call in a thread of its own, known by its own name."""

    def __init__(self, profile: ModelProfile, call: Call | None = None) -> None:
        super().__init__(daemon=True)
        self.profile, self.call = profile, call or make_call()
        self.made: list[Answer] = []
        self.error: Exception | None = None
        self.heard: list[str] = []
        self.ended_at = 0.0
        self.start()

    def run(self) -> None:
        try:
            with watched(self, self.call):
                ask_model(self.profile, make_request(), self.call, self.made, self.heard.append)
        except Exception as error:
            self.error = error
        self.ended_at = time.monotonic()

    def cancel(self) -> float:
        """Cancel it from this thread and wait for its end; how many seconds that took."""
        began = time.monotonic()
        cancel_calls(self)
        self.join(10)
        return self.ended_at - began


def wait_until(holds: Callable[[], Any], seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


@contextmanager
def ended_after(least: float, most: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert least <= time.monotonic() - began < most


def ask(llm: SimulatedLLM, call: Call, **profile: object) -> list[str]:
    """The outcomes of all tries."""
    made: list[Answer] = []
    with watched(call, call), suppress(ModelFailure):
        ask_model(make_profile(llm.base_url, **profile), make_request(), call, made)
    return [one.outcome for one in made]


@pytest.mark.parametrize("kind", ["hang", "silence"])
def test_cancel_closes_the_connection_within_a_second(llm: SimulatedLLM, kind: str) -> None:
    llm.add_fault(Fault("hang") if kind == "hang" else Fault("silence"))
    asking = Asking(make_profile(llm.base_url))
    wait_until(lambda: llm.requests and (kind == "hang" or asking.heard))

    assert asking.cancel() < 1

    assert isinstance(asking.error, Cancelled)
    assert [one.outcome for one in asking.made] == ["cancelled"]
    wait_until(lambda: llm.requests[0].disconnected_at)


def test_cancel_closes_a_connection_used_before_while_its_headers_are_awaited(llm: SimulatedLLM) -> None:
    profile = make_profile(llm.base_url)
    ask_model(profile, make_request(), make_call(), [])
    llm.add_fault(Fault("hang"))
    asking = Asking(profile)
    wait_until(lambda: len(llm.requests) == 2)

    assert asking.cancel() < 1

    wait_until(lambda: llm.requests[1].disconnected_at)


def test_cancel_ends_the_wait_between_two_tries(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("rate_limit", retry_after=10))
    asking = Asking(make_profile(llm.base_url, retries=3))
    wait_until(lambda: asking.made and asking.made[0].outcome == "rate_limit")

    assert asking.cancel() < 1

    assert isinstance(asking.error, Cancelled)
    assert len(llm.requests) == 1


def test_cancel_of_one_call_leaves_another_alone(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(words=20, latency=0.6))
    first, second = (Asking(make_profile(llm.base_url)) for _ in range(2))
    wait_until(lambda: first.heard and second.heard)

    first.cancel()
    second.join(10)

    assert isinstance(first.error, Cancelled)
    assert second.error is None
    assert second.made[0].outcome == "answered"


def test_cancel_after_the_answer_does_not_touch_the_next_call_on_the_connection(llm: SimulatedLLM) -> None:
    profile, done = make_profile(llm.base_url), make_call()
    with watched("done", done):
        ask_model(profile, make_request(), done, [])
        llm.reset(Behaviour(words=20, latency=0.5))
        next_call = Asking(profile)
        wait_until(lambda: next_call.heard)
        done.cancel()
        next_call.join(10)

    assert next_call.error is None


def test_a_server_that_never_begins_to_answer_ends_in_the_first_token_time_out(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("hang", count=None))

    with ended_after(0.2, 2):
        assert ask(llm, make_call(first_token=0.2), retries=3) == ["first_token_timeout"]


def test_a_server_that_sends_headers_but_no_token_ends_in_the_first_token_time_out(
    llm: SimulatedLLM,
) -> None:
    llm.add_fault(Fault("silence", at=0, count=None))

    with ended_after(0.2, 2):
        assert ask(llm, make_call(first_token=0.2)) == ["first_token_timeout"]


def test_a_gap_between_tokens_is_tried_again(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("silence"))

    assert ask(llm, make_call(gap=0.2), retries=1) == ["gap_timeout", "answered"]
    assert llm.requests[0].disconnected_at


def test_a_gap_that_stays_ends_in_the_gap_time_out(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("silence", count=None))

    assert ask(llm, make_call(gap=0.2), retries=1) == ["gap_timeout", "gap_timeout"]


def test_a_slow_answer_ends_in_the_total_time_out_though_tokens_come(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(words=40, latency=5))

    with ended_after(0.4, 2):
        assert ask(llm, make_call(gap=2, total=0.4), retries=3) == ["total_timeout"]


def test_the_total_time_holds_before_the_headers(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("hang", count=None))

    with ended_after(0.2, 2):
        assert ask(llm, make_call(total=0.2)) == ["total_timeout"]


def test_a_profile_for_one_call_at_a_time_runs_them_one_after_the_other(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(words=20, latency=0.05))
    profile = make_profile(llm.base_url, concurrency=1)

    for asking in [Asking(profile) for _ in range(4)]:
        asking.join(10)

    records = sorted(llm.requests, key=lambda record: record.arrived_at)
    ends = [record.ended_at or 0 for record in records]
    assert len(records) == 4
    assert all(end <= later.arrived_at for end, later in zip(ends, records[1:], strict=False))


def test_waiting_for_a_turn_takes_nothing_from_the_total_time(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(words=20, latency=0.2))
    profile = make_profile(llm.base_url, concurrency=1, name="one after the other")

    asked = [Asking(profile, make_call(total=0.7)) for _ in range(5)]
    for asking in asked:
        asking.join(10)

    assert [asking.error for asking in asked] == [None] * 5


def test_cancel_reaches_a_call_that_waits_for_its_turn(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("hang"))
    profile = make_profile(llm.base_url, concurrency=1, name="one at a time")
    first = Asking(profile)
    wait_until(lambda: llm.requests)
    second = Asking(profile)

    assert second.cancel() < 1
    assert first.cancel() < 1

    assert isinstance(second.error, Cancelled)
    assert second.made == []
    assert len(llm.requests) == 1


def test_one_of_many_calls_is_read_after_a_pause_that_cancel_ends() -> None:
    call = make_call()
    call.begin()
    call.heard()
    began = time.monotonic()
    call.gather_tokens(calls=20)
    assert time.monotonic() - began >= 0.05
    call.cancel()
    began = time.monotonic()
    call.gather_tokens(calls=1000)
    assert time.monotonic() - began < 0.2


def test_a_first_token_and_a_call_alone_are_read_at_once() -> None:
    call = make_call()
    call.begin()
    began = time.monotonic()
    call.gather_tokens(calls=1000)
    call.heard()
    call.gather_tokens(calls=1)
    assert time.monotonic() - began < 0.2
