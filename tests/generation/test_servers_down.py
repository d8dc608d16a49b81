"""A model's server over time: how long it is left alone, when it counts as down, and who finds it is back."""

from collections.abc import Iterator

import pytest

from generation import servers
from generation.failures import ModelFailure
from generation.llm import Answer, ask_model
from generation.servers import Server, server_of
from tests.factories import make_call, make_profile, make_request
from tests.simulated_llm import Behaviour, SimulatedLLM


class Clock:
    """A clock that goes on only when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(servers, "time", clock)
    return clock


@pytest.fixture(scope="module")
def running() -> Iterator[SimulatedLLM]:
    with SimulatedLLM() as llm:
        yield llm


@pytest.fixture
def llm(running: SimulatedLLM) -> SimulatedLLM:
    running.reset(Behaviour(words=20))
    return running


def test_however_long_a_server_asks_for_one_looks_again_after_ten_minutes(clock: Clock) -> None:
    server = Server(make_profile("http://x"))
    server.pause(float("inf"))
    with pytest.raises(ModelFailure), server.turn(make_call()):
        pass

    clock.now += 601

    with server.turn(make_call()):
        pass


def go_down(server: Server, code: str = "unreachable", times: int = 5) -> None:
    for _ in range(times):
        server.failed(code, for_good=False)


def is_let_through(server: Server) -> bool:
    try:
        server.check_up()
    except ModelFailure:
        return False
    return True


@pytest.mark.parametrize("code", ["unreachable", "server_error", "first_token_timeout"])
def test_a_server_that_fails_five_calls_in_a_row_is_down(clock: Clock, code: str) -> None:
    server = Server(make_profile("http://x"))
    go_down(server, code, times=4)
    assert is_let_through(server)

    server.failed(code, for_good=False)

    assert server.is_down
    with pytest.raises(ModelFailure) as caught:
        server.check_up()
    assert caught.value.code == code


def test_an_answer_in_between_begins_the_count_anew(clock: Clock) -> None:
    server = Server(make_profile("http://x"))
    go_down(server, times=4)
    server.answered()
    go_down(server, times=4)

    assert not server.is_down


@pytest.mark.parametrize("code", ["bad_key", "bad_request", "too_long", "gap_timeout", "cut_stream"])
def test_what_says_nothing_of_the_server_does_not_count(clock: Clock, code: str) -> None:
    server = Server(make_profile("http://x"))
    go_down(server, code, times=9)

    assert not server.is_down


def test_a_rate_limit_counts_only_when_all_tries_met_it(clock: Clock) -> None:
    server = Server(make_profile("http://x"))
    go_down(server, "rate_limit", times=20)
    assert not server.is_down

    server.failed("rate_limit", for_good=True)

    assert server.is_down


def test_an_account_without_credit_is_down_at_once(clock: Clock) -> None:
    server = Server(make_profile("http://x"))

    server.failed("quota", for_good=True)

    assert server.is_down


def test_after_half_a_minute_one_call_tries_and_the_others_wait_for_what_comes_of_it(clock: Clock) -> None:
    server = Server(make_profile("http://x"))
    go_down(server)
    clock.now += 31

    assert [is_let_through(server) for _ in range(3)] == [True, False, False]
    server.answered()
    assert [is_let_through(server) for _ in range(3)] == [True, True, True]


def test_each_time_one_tries_in_vain_the_server_stays_down_for_twice_as_long(clock: Clock) -> None:
    server = Server(make_profile("http://x"))
    go_down(server)
    downs = []
    for _ in range(7):
        before = clock.now
        while not is_let_through(server):
            clock.now += 1
        downs.append(clock.now - before)
        server.failed("unreachable", for_good=False)

    assert downs == [30, 60, 120, 240, 480, 600, 600]


def test_calls_that_fail_at_the_same_time_make_it_down_once(clock: Clock) -> None:
    server = Server(make_profile("http://x"))
    go_down(server, times=64)
    clock.now += 31

    assert is_let_through(server)


def test_without_a_fallback_a_server_that_is_down_is_asked_all_the_same(llm: SimulatedLLM) -> None:
    profile = make_profile(llm.base_url)
    go_down(server_of(profile))

    made: list[Answer] = []
    ask_model(profile, make_request(), make_call(), made)

    assert [one.outcome for one in made] == ["answered"]
    assert not server_of(profile).is_down


def test_with_a_fallback_a_server_that_is_down_is_not_asked(llm: SimulatedLLM) -> None:
    profile = make_profile(llm.base_url)
    go_down(server_of(profile))
    made: list[Answer] = []

    with pytest.raises(ModelFailure, match="cannot be reached"):
        ask_model(profile, make_request(), make_call(), made, has_fallback=True)

    assert made == []
    assert llm.requests == []


def test_a_server_that_refuses_what_it_is_asked_is_not_down(clock: Clock) -> None:
    server = Server(make_profile("http://x"))
    go_down(server)
    clock.now += 31
    assert is_let_through(server)

    server.failed("too_long", for_good=True)

    assert all(is_let_through(server) for _ in range(5))
