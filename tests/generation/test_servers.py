"""What a process knows of a model's server: turns in order, and pauses that all keep."""

import threading
import time
from collections.abc import Iterator

import pytest

from generation.calls import Call, Cancelled
from generation.failures import ModelFailure
from generation.llm import Answer, ask_model
from generation.servers import Server, server_of
from tests.factories import make_call, make_profile, make_request
from tests.simulated_llm import Behaviour, Fault, SimulatedLLM

# Seconds: a machine may be busy, but what is waited for otherwise takes longer.
_AT_ONCE = 3


@pytest.fixture(scope="module")
def running() -> Iterator[SimulatedLLM]:
    with SimulatedLLM() as llm:
        yield llm


@pytest.fixture
def llm(running: SimulatedLLM) -> SimulatedLLM:
    running.reset(Behaviour(words=20))
    return running


class Waiting(threading.Thread):
    """A call that waits for its turn, and keeps it until it is told to go."""

    def __init__(self, server: Server, order: list[int], number: int) -> None:
        super().__init__(daemon=True)
        self.call, self.go = make_call(), threading.Event()
        self.cancelled_at = 0.0
        self._server, self._order, self._number = server, order, number
        self.start()

    def run(self) -> None:
        try:
            with self._server.turn(self.call):
                self._order.append(self._number)
                self.go.wait(10)
        except Cancelled:
            self.cancelled_at = time.monotonic()


def wait_for(server: Server, count: int) -> None:
    end = time.monotonic() + 5
    while len(server._queue) != count:
        assert time.monotonic() < end
        time.sleep(0.002)


def queue_up(server: Server, count: int) -> tuple[list[Waiting], list[int]]:
    """So many calls, waiting in the order of their numbers behind the first, which has its turn."""
    order: list[int] = []
    calls = [Waiting(server, order, 0)]
    while not order:
        time.sleep(0.002)
    for number in range(1, count):
        calls.append(Waiting(server, order, number))
        wait_for(server, number)
    return calls, order


def finish(calls: list[Waiting]) -> None:
    for call in calls:
        call.go.set()
    for call in calls:
        call.join(5)
        assert not call.is_alive()


def test_turns_are_taken_first_come_first_served() -> None:
    calls, order = queue_up(Server(make_profile("http://x", concurrency=1)), 8)

    finish(calls)

    assert order == list(range(8))


def test_a_call_that_is_cancelled_in_the_queue_leaves_at_once_and_keeps_nobody_waiting() -> None:
    server = Server(make_profile("http://x", concurrency=1))
    calls, order = queue_up(server, 4)

    began = time.monotonic()
    calls[2].call.cancel()
    calls[2].join(5)

    assert 0 < calls[2].cancelled_at - began < _AT_ONCE
    finish(calls)
    assert order == [0, 1, 3]
    assert server._free == 1


def test_a_turn_given_to_a_call_in_the_moment_it_is_cancelled_goes_to_the_next() -> None:
    server = Server(make_profile("http://x", concurrency=1))
    calls, order = queue_up(server, 3)
    # Called up, and cancelled before its thread wakes.
    server._queue.popleft()
    calls[1].call.cancel()
    calls[1].join(5)
    end = time.monotonic() + 5
    while len(order) < 2 and time.monotonic() < end:
        time.sleep(0.002)

    assert order == [0, 2]
    finish(calls)


def test_places_are_counted_by_profile_and_address(monkeypatch: pytest.MonkeyPatch) -> None:
    profile = make_profile("")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://one.example/v1")
    one = server_of(profile)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://two.example/v1")

    assert server_of(profile) is not one
    assert server_of(make_profile("http://one.example/v1")) is not one
    assert server_of(profile) is server_of(make_profile(""))


def test_a_rate_limit_of_one_call_holds_back_those_not_yet_sent(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("rate_limit", retry_after=0.5))
    profile = make_profile(llm.base_url, retries=2)
    first = ask_in_thread(profile, call=make_call())
    while not (llm.requests and llm.requests[0].ended_at):
        time.sleep(0.002)
    time.sleep(0.05)

    made: list[Answer] = []
    ask_model(profile, make_request(), make_call(total=0.4), made)
    first.join(5)

    limited, *others = llm.requests
    assert [one.outcome for one in made] == ["answered"]
    assert all(other.arrived_at - (limited.ended_at or 0) >= 0.5 for other in others)
    assert len(llm.requests) == 3


def ask_in_thread(profile: object, call: Call) -> threading.Thread:
    thread = threading.Thread(
        target=ask_model,
        args=(profile, make_request(), call, []),
        daemon=True,
    )
    thread.start()
    return thread


def test_twenty_calls_held_back_do_not_wake_together_and_none_too_soon() -> None:
    server, began, woke = Server(make_profile("http://x")), time.monotonic(), []

    def pass_through() -> None:
        with server.turn(make_call()):
            woke.append(time.monotonic() - began)

    server.pause(0.4)
    threads = [threading.Thread(target=pass_through, daemon=True) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)

    assert len(woke) == 20
    assert min(woke) >= 0.4
    assert max(woke) - min(woke) > 0.1


def test_twenty_calls_limited_together_are_all_answered(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("rate_limit", count=20, retry_after=0.4))
    profile = make_profile(llm.base_url, retries=20)

    asked = [ask_in_thread(profile, make_call()) for _ in range(20)]
    for thread in asked:
        thread.join(20)

    assert [record.status for record in llm.requests].count(200) == 20
    assert len(llm.requests) == 40


def test_while_a_server_asks_for_more_than_two_minutes_no_call_is_sent(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("rate_limit", retry_after=300))
    profile = make_profile(llm.base_url, retries=2)

    failures = []
    for _ in range(3):
        with pytest.raises(ModelFailure, match=r"until \d\d:\d\d UTC.*\. Try again then\.") as caught:
            ask_model(profile, make_request(), make_call(), [])
        failures.append(caught.value.code)

    assert failures == ["rate_limit"] * 3
    assert len(llm.requests) == 1


def test_cancel_ends_the_wait_for_a_server_that_is_paused_at_once() -> None:
    server = Server(make_profile("http://x"))
    server.pause(60)
    order: list[int] = []
    waiting = Waiting(server, order, 0)
    while server._free == 64:
        time.sleep(0.002)

    began = time.monotonic()
    waiting.call.cancel()
    waiting.join(5)

    assert 0 < waiting.cancelled_at - began < _AT_ONCE
    assert order == []
    assert server._free == 64
