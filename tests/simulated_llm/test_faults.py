"""What goes wrong as asked, and what the server keeps of it."""

import http.client
import json
import threading
import time
from typing import Any

import orjson
import pytest

from tests.simulated_llm import Behaviour, Fault, SimulatedLLM
from tests.simulated_llm.__main__ import make_application, read_arguments
from tests.simulated_llm.asking import (
    TABLE,
    ask,
    connect,
    make_body,
    send,
    wait_until,
)


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("rate_limit", 429, "rate_limit_exceeded"),
        ("no_quota", 429, "insufficient_quota"),
        ("server_error", 500, None),
        ("unavailable", 503, None),
        ("wrong_key", 401, "invalid_api_key"),
        ("unknown_model", 404, "model_not_found"),
        ("too_long", 400, "context_length_exceeded"),
        ("too_long_llamacpp", 400, 400),
    ],
)
def test_errors_have_their_status_and_code(llm: SimulatedLLM, kind: Any, status: int, code: object) -> None:
    llm.add_fault(Fault(kind))
    response = ask(llm, stream=True)
    assert (response.status, response.json["error"]["code"]) == (status, code)
    assert llm.requests[0].fault == kind
    assert ask(llm).status == 200


def test_a_gateway_answers_with_a_page_instead_of_json(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("bad_gateway"))
    response = ask(llm)
    assert (response.status, response.headers["content-type"]) == (502, "text/html")


def test_the_first_two_requests_of_one_block_meet_a_rate_limit(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("rate_limit", contains="actions", count=2, retry_after=1.5))
    statuses = [ask(llm, part).status for part in ("summary", "actions", "actions", "actions")]
    assert statuses == [200, 429, 429, 200]
    llm.reset(None, Fault("rate_limit", retry_after=1.5))
    assert ask(llm).headers["retry-after"] == "1.5"


def test_faults_follow_the_order_of_requests(llm: SimulatedLLM) -> None:
    llm.reset(None, Fault("server_error", after=1), Fault("unavailable", after=1, count=None))
    assert [ask(llm).status for _ in range(4)] == [200, 500, 503, 503]


@pytest.mark.parametrize("stream", [True, False])
def test_a_cut_line_ends_in_the_middle(llm: SimulatedLLM, stream: bool) -> None:
    llm.add_fault(Fault("cut", at=0.3))
    with pytest.raises(http.client.IncompleteRead) as cut:
        ask(llm, stream=stream)
    assert cut.value.partial
    assert b"[DONE]" not in cut.value.partial


def test_a_server_that_hangs_sends_no_headers(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("hang"))
    with pytest.raises(TimeoutError):
        ask(llm, stream=True, seconds=0.2)
    assert llm.requests[0].status is None


def test_a_silent_stream_has_begun_and_may_go_on(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("silence", seconds=0.3))
    assert ask(llm, stream=True).streamed
    record = llm.requests[0]
    assert (record.ended_at or 0) - (record.first_token_at or 0) >= 0.3


def test_hanging_up_is_noticed_at_once(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("silence"))
    connection = connect(llm)
    connection.request("POST", "/v1/chat/completions", make_body(stream=True))
    response = connection.getresponse()
    response.readline()
    assert llm.running == 1

    response.close()
    connection.close()
    wait_until(lambda: llm.requests[0].disconnected_at is not None)
    assert llm.running == 0


def test_answers_are_spoilt_as_asked(llm: SimulatedLLM) -> None:
    def choice(fault: Fault) -> Any:
        llm.add_fault(fault)
        return ask(llm, f"JSON Schema: {json.dumps(TABLE)}").json["choices"][0]

    with pytest.raises(ValueError, match="unexpected end"):
        orjson.loads(choice(Fault("invalid_json"))["message"]["content"])
    assert orjson.loads(choice(Fault("wrong_shape"))["message"]["content"]) == {"unexpected": True}
    assert choice(Fault("length"))["finish_reason"] == "length"
    assert choice(Fault("empty"))["message"]["content"] == ""
    assert choice(Fault("content_filter"))["finish_reason"] == "content_filter"
    refused = choice(Fault("refusal"))["message"]
    assert refused["content"] is None
    assert refused["refusal"]


def test_a_refusal_is_streamed_in_its_own_field(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("refusal"))
    deltas = [event["choices"][0]["delta"] for event in ask(llm, stream=True).events]
    assert "".join(delta.get("refusal") or "" for delta in deltas).startswith("I'm sorry")


def test_a_page_comes_with_success_and_is_no_json(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("page"))
    response = ask(llm)
    assert (response.status, response.headers["content-type"]) == (200, "text/html")


def test_an_error_may_come_in_the_middle_of_a_stream(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("stream_error"))
    events = ask(llm, stream=True).events
    assert [event["error"]["code"] for event in events if "error" in event] == [500]


@pytest.mark.parametrize("kind", ["garbage", "broken_letter"])
def test_a_stream_may_hold_what_is_no_text(llm: SimulatedLLM, kind: Any) -> None:
    llm.add_fault(Fault(kind))
    with pytest.raises(UnicodeDecodeError):
        ask(llm, stream=True).body.decode()


def test_thoughts_come_before_the_content_in_a_field_of_their_own_or_within_it(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(answers={"": "Yes."}), Fault("thinking"), Fault("thinking_aloud"))
    deltas = [event["choices"][0]["delta"] for event in ask(llm, stream=True).events if event["choices"]]
    thoughts = [number for number, delta in enumerate(deltas) if "reasoning_content" in delta]
    content = [number for number, delta in enumerate(deltas) if delta.get("content")]
    assert max(thoughts) < min(content)
    aloud = ask(llm, stream=True).streamed
    assert aloud.startswith("<think>")
    assert aloud.endswith("</think>\n\nYes.")


def test_headers_of_an_error_can_be_set(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("rate_limit", retry_after=None, headers=(("retry-after-ms", "300"),)))
    headers = ask(llm).headers
    assert headers["retry-after-ms"] == "300"
    assert "retry-after" not in headers


def test_an_empty_answer_streams_no_content(llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("empty"))
    response = ask(llm, stream=True)
    assert (response.streamed, len(response.events)) == ("", 2)


def test_a_server_may_reject_what_it_does_not_know(llm: SimulatedLLM) -> None:
    form = {"type": "json_object"}
    llm.add_fault(Fault("reject_format"))
    assert [ask(llm).status, ask(llm, response_format=form).status] == [200, 400]
    llm.reset(Behaviour(refuses=("prompt_cache_key", "consecutive users")))
    assert ask(llm, prompt_cache_key="x").json["error"]["param"] == "prompt_cache_key"
    twice = [{"role": "user", "content": "a"}, {"role": "user", "content": "b"}]
    assert send(llm, orjson.dumps({"model": "m", "messages": twice})).status == 400


def test_the_window_and_the_key_are_checked(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(window=1000, api_key="right"))
    assert send(llm, make_body(), key="wrong").status == 401
    error = send(llm, make_body(), key="right").json["error"]
    assert error["code"] == "context_length_exceeded"
    assert "1000 tokens" in error["message"]


@pytest.mark.parametrize("body", [b'{"a":', b"[]", b'{"messages": []}', b'{"messages": [1]}'])
def test_a_body_that_is_no_chat_request_is_answered_400(llm: SimulatedLLM, body: bytes) -> None:
    assert send(llm, body).status == 400
    assert llm.requests[0].raw_body == body


def test_models_and_totals_can_be_read_over_http(llm: SimulatedLLM) -> None:
    ask(llm)
    found = {}
    for path in ("/v1/models", "/simulated/totals", "/v1/nothing"):
        connection = connect(llm)
        connection.request("GET", path)
        response = connection.getresponse()
        found[path] = (response.status, orjson.loads(response.read()))
    assert found["/v1/models"][1]["data"][0]["id"] == "simulated"
    assert found["/simulated/totals"][1]["requests"] == 1
    assert found["/v1/nothing"][0] == 404


def test_requests_at_the_same_time_are_counted() -> None:
    with SimulatedLLM(Behaviour(latency=0.3)) as llm:
        threads = [threading.Thread(target=ask, args=(llm, str(number))) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert llm.totals.most_at_once == 8
        assert llm.totals.requests == 8


def test_after_the_block_the_address_is_unreachable_even_with_a_call_hanging() -> None:
    with SimulatedLLM(Behaviour(), Fault("hang")) as llm:
        hanging = threading.Thread(target=_ask_and_be_cut_off, args=(llm,))
        hanging.start()
        wait_until(lambda: llm.running == 1)
        leaving = time.monotonic()
    assert time.monotonic() - leaving < 1
    hanging.join(2)
    assert not hanging.is_alive()
    with pytest.raises(ConnectionRefusedError):
        ask(llm)


def _ask_and_be_cut_off(llm: SimulatedLLM) -> None:
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        ask(llm)


def test_the_command_line_sets_the_behaviour() -> None:
    words = (
        "--latency 2-6 --chunks 40 --words 80-400 --fault rate_limit,contains=actions,count=all --window 9"
    )
    application = make_application(read_arguments(words.split()))
    assert application.behaviour.latency == (2.0, 6.0)
    assert application.behaviour.chunks == 40
    assert not application.behaviour.keep_bodies
