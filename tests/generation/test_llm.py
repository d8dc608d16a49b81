"""Asking the model: every fault ends in an answer or in a failure that says what to do."""

import re
import socket
from collections.abc import Iterator
from itertools import pairwise
from typing import get_args

import pytest

from generation.calls import Cancelled
from generation.llm import Answer, ModelFailure, ModelRequest, ask_model
from tests.factories import make_call, make_profile, make_request
from tests.simulated_llm import Behaviour, Fault, SimulatedLLM
from tests.simulated_llm.faults import FaultKind

PASSING = ("rate_limit", "server_error", "unavailable", "bad_gateway", "cut", "stream_error", "garbage")
# What the caller of `ask_model` finds in the answer itself.
IN_THE_ANSWER = (
    "invalid_json",
    "wrong_shape",
    "length",
    "refusal",
    "content_filter",
    "empty",
    "fenced",
    "chatty",
)
STRANGE = ("thinking", "thinking_aloud", "broken_letter")
LASTING = {
    "no_quota": ("quota", "no credit left. Ask whoever pays"),
    "unknown_model": ("unknown_model", "There is no model “simulated” at the address"),
    "page": ("no_model", "is not a model's server. Check its base_url."),
    "wrong_key": ("bad_key", "Check the key of the profile “test”"),
    "too_long": ("too_long", "Remove a document or use a larger model"),
    "too_long_llamacpp": ("too_long", "Remove a document or use a larger model"),
    "reject_format": ("no_schema", 'takes no schema. Set schema = "prompt" in the profile “test”'),
}
STALLING = ("hang", "silence")


@pytest.fixture(scope="module")
def server() -> Iterator[SimulatedLLM]:
    with SimulatedLLM() as llm:
        yield llm


@pytest.fixture
def llm(server: SimulatedLLM) -> SimulatedLLM:
    server.reset(Behaviour(words=20))
    return server


def ask(llm: SimulatedLLM, request: ModelRequest | None = None, **profile: object) -> list[Answer]:
    """All tries of asking once; the last is the answer."""
    made: list[Answer] = []
    answer = ask_model(make_profile(llm.base_url, **profile), request or make_request(), make_call(), made)
    assert answer is made[-1]
    return made


def fail(llm: SimulatedLLM, request: ModelRequest | None = None, **profile: object) -> ModelFailure:
    with pytest.raises(ModelFailure) as caught:
        ask(llm, request, **profile)
    return caught.value


def test_every_fault_of_the_simulated_server_is_tested_here() -> None:
    assert {*PASSING, *IN_THE_ANSWER, *STRANGE, *LASTING, *STALLING} == set(get_args(FaultKind))


@pytest.mark.parametrize("kind", PASSING)
def test_a_passing_fault_is_tried_again_and_answered(llm: SimulatedLLM, kind: FaultKind) -> None:
    llm.add_fault(Fault(kind, retry_after=0))

    made = ask(llm, retries=2)

    code = {"rate_limit": "rate_limit", "cut": "cut_stream"}.get(kind, "server_error")
    assert [one.outcome for one in made] == [code, "answered"]
    assert made[-1].text
    assert made[-1].output_tokens > 0
    assert len(llm.requests) == 2


@pytest.mark.parametrize("kind", PASSING)
def test_a_passing_fault_that_stays_fails_with_what_to_do(llm: SimulatedLLM, kind: FaultKind) -> None:
    llm.add_fault(Fault(kind, count=None, retry_after=None))

    failure = fail(llm, retries=0)

    assert failure.passing
    assert "ry again" in str(failure)
    assert len(llm.requests) == 1  # the SDK itself never tries again


@pytest.mark.parametrize("kind", LASTING)
def test_a_lasting_fault_is_not_tried_again(llm: SimulatedLLM, kind: FaultKind) -> None:
    llm.add_fault(Fault(kind, count=None))
    code, sentence = LASTING[kind]

    failure = fail(llm, make_request(schema={"type": "object"}), retries=3)

    assert failure.code == code
    assert sentence in str(failure)
    assert len(llm.requests) == 1


@pytest.mark.parametrize("kind", IN_THE_ANSWER)
def test_a_bad_answer_is_an_answer_for_the_writer_to_judge(llm: SimulatedLLM, kind: FaultKind) -> None:
    llm.add_fault(Fault(kind))

    [answer] = ask(llm, retries=3)

    assert answer.finish
    assert answer.input_tokens > 0
    assert bool(answer.refusal) == (kind == "refusal")


def test_the_request_that_the_server_refuses_is_explained_in_its_own_words(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(refuses=("stream_options",)))

    failure = fail(llm)

    expected = (
        "The model's server refused the request: Unrecognized request argument supplied: stream_options"
    )
    assert str(failure) == expected


def test_waits_are_never_shorter_than_retry_after(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("rate_limit", retry_after=0.4))

    ask(llm, retries=1)

    first, second = llm.requests
    assert second.arrived_at - first.arrived_at >= 0.4


def test_a_retry_after_of_more_than_two_minutes_fails_at_once(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("rate_limit", count=None, retry_after=121))

    failure = fail(llm, retries=4)

    assert failure.code == "rate_limit"
    assert failure.retry_after == 121
    assert len(llm.requests) == 1


def test_a_wait_that_the_server_asks_for_takes_nothing_from_the_total_time(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("rate_limit", retry_after=0.6))
    made: list[Answer] = []

    ask_model(make_profile(llm.base_url, retries=1), make_request(), make_call(total=0.5), made)

    assert [one.outcome for one in made] == ["rate_limit", "answered"]


@pytest.mark.parametrize(
    "headers",
    [
        [("retry-after-ms", "400"), ("retry-after", "90")],
        [("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "400ms")],
    ],
)
def test_other_headers_that_say_how_long_to_wait_are_obeyed(
    llm: SimulatedLLM, headers: list[tuple[str, str]]
) -> None:
    llm.add_fault(Fault("rate_limit", retry_after=None, headers=tuple(headers)))

    ask(llm, retries=1)

    first, second = llm.requests
    assert 0.4 <= second.arrived_at - first.arrived_at < 3


def test_a_failure_says_when_to_try_again(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("rate_limit", retry_after=3600))

    assert re.search(r"no more requests until \d\d:\d\d UTC.*\. Try again then\.$", str(fail(llm)))


def test_every_try_is_kept_with_its_outcome_and_what_it_cost(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("server_error"))
    llm.add_fault(Fault("cut", at=0.5))
    made: list[Answer] = []

    ask_model(make_profile(llm.base_url, retries=3), make_request(), make_call(), made)

    assert [one.outcome for one in made] == ["server_error", "cut_stream", "answered"]
    assert made[1].text
    assert [one.output_tokens > 0 for one in made] == [False, False, True]
    assert all(one.seconds > 0 for one in made)


def test_a_failure_leaves_every_try_behind(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("unavailable", count=None, retry_after=0))
    made: list[Answer] = []

    with pytest.raises(ModelFailure, match="tell whoever runs it"):
        ask_model(make_profile(llm.base_url, retries=1), make_request(), make_call(), made)

    assert [one.outcome for one in made] == ["server_error", "server_error"]


def test_the_text_so_far_is_told_at_each_token(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(answers={"": "One two three four."}, chunks=4))
    heard: list[str] = []

    answer = ask_model(make_profile(llm.base_url), make_request(), make_call(), [], heard.append)

    assert len(heard) == 4
    assert all(later.startswith(earlier) for earlier, later in pairwise(heard))
    assert heard[-1] == answer.text == "One two three four."


def test_tokens_read_from_the_cache_are_counted(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(cache="automatic"))
    request = make_request("The committee met. " * 500)

    first, second = [ask(llm, request)[0] for _ in range(2)]

    assert first.cached_tokens == 0
    assert 2000 < second.cached_tokens <= second.input_tokens == first.input_tokens


def test_the_seconds_to_the_first_token_are_measured(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(latency=0.2, chunks=2, words=10))

    [answer] = ask(llm)

    assert answer.first_token_seconds is not None
    assert 0.1 <= answer.first_token_seconds < answer.seconds


@pytest.mark.parametrize("kind", STRANGE)
def test_what_a_model_thinks_and_what_is_torn_does_not_reach_the_answer(
    llm: SimulatedLLM, kind: FaultKind
) -> None:
    llm.reset(Behaviour(answers={"": "The roof leaks."}))
    llm.add_fault(Fault(kind))

    [answer] = ask(llm)

    assert answer.text.replace(" caf\ufffd", "") == "The roof leaks."


def test_what_is_written_to_the_cache_is_counted_and_priced(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(cache="breakpoint", answers={"": "x" * 40}))
    shared = {"type": "text", "text": "The roof. " * 800, "prompt_cache_breakpoint": {"mode": "explicit"}}
    request = ModelRequest([{"role": "user", "content": [shared]}], max_tokens=100)
    prices = {"input_price": 1.0, "cached_price": 0.1, "cache_write_price": 1.25, "output_price": 8.0}

    first, second = [ask(llm, request, **prices)[0] for _ in range(2)]

    assert (first.cache_write_tokens, first.cached_tokens) == (second.cached_tokens, 0)
    assert second.cache_write_tokens == 0
    written, rest = first.cache_write_tokens, first.input_tokens - first.cache_write_tokens
    assert first.cost == pytest.approx((1.25 * written + rest + 80) / 1e6)
    assert second.cost == pytest.approx((0.1 * written + rest + 80) / 1e6)


def test_an_answer_without_content_has_no_first_token(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("empty"))

    assert ask(llm)[0].first_token_seconds is None


def test_a_server_that_is_not_there_is_tried_again_and_called_unreachable() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
    made: list[Answer] = []

    with pytest.raises(ModelFailure, match=r"cannot be reached\. Check that it runs") as caught:
        ask_model(make_profile(address, retries=1), make_request(), make_call(), made)

    assert caught.value.code == "unreachable"
    assert [one.outcome for one in made] == ["unreachable", "unreachable"]


def test_a_server_that_takes_no_connection_is_called_unreachable() -> None:
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        profile = make_profile(f"http://127.0.0.1:{full.getsockname()[1]}/v1", connect_timeout=0.2)

        with pytest.raises(ModelFailure) as caught:
            ask_model(profile, make_request(), make_call(), [])

    assert caught.value.code == "unreachable"


def test_an_address_without_a_model_says_which_to_check(llm: SimulatedLLM) -> None:
    profile = make_profile(llm.base_url.removesuffix("/v1"))

    with pytest.raises(ModelFailure, match="no model “simulated” at the address of the profile “test”"):
        ask_model(profile, make_request(), make_call(), [])


def test_a_call_cancelled_before_it_began_sends_nothing(llm: SimulatedLLM) -> None:
    call = make_call()
    call.cancel()
    made: list[Answer] = []

    with pytest.raises(Cancelled):
        ask_model(make_profile(llm.base_url), make_request(), call, made)

    assert made == []
    assert llm.requests == []
