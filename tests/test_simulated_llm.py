"""The simulated LLM answers as a provider does, and fails as one does."""

import http.client
import itertools
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import pytest

from tests.simulated_llm import Behaviour, Fault, SimulatedLLM
from tests.simulated_llm.__main__ import make_application, read_arguments
from tests.simulated_llm.cache import STEP_TOKENS, PrefixCache

DOCUMENTS = "The committee met on 2026-03-04 and agreed the budget of 4,500 euros for the new roof. " * 100
MARKER = "## Your block"
TABLE = {
    "type": "object",
    "properties": {
        "rows": {
            "type": "array",
            "minItems": 2,
            "maxItems": 3,
            "items": {"type": "array", "minItems": 3, "maxItems": 3, "items": {"$ref": "#/$defs/cell"}},
        },
        "outcome": {"enum": ["Approved", "Deferred"]},
        "due": {"type": "string", "format": "date"},
        "count": {"type": "integer", "minimum": 3, "maximum": 9},
        "note": {"anyOf": [{"type": "null"}, {"type": "string", "maxLength": 12}]},
    },
    "required": ["rows", "outcome", "due", "count", "note"],
    "$defs": {"cell": {"type": "string", "minLength": 1, "maxLength": 20}},
}


@dataclass(frozen=True)
class Response:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return orjson.loads(self.body)

    @property
    def content(self) -> str:
        return str(self.json["choices"][0]["message"]["content"])

    @property
    def cached_tokens(self) -> int:
        return int(self.json["usage"]["prompt_tokens_details"]["cached_tokens"])

    @property
    def events(self) -> list[Any]:
        lines = [line.removeprefix(b"data: ") for line in self.body.split(b"\n\n") if line]
        assert lines.pop() == b"[DONE]"
        return [orjson.loads(line) for line in lines]

    @property
    def streamed(self) -> str:
        deltas = [event["choices"][0]["delta"] for event in self.events if event["choices"]]
        return "".join(delta.get("content") or "" for delta in deltas)


def connect(llm: SimulatedLLM, seconds: float = 10) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(llm.base_url.split("/")[2], timeout=seconds)


def make_body(part: str = "Write the summary.", **fields: Any) -> bytes:
    messages = [
        {"role": "system", "content": "You fill one block."},
        {"role": "user", "content": f"{DOCUMENTS}\n{MARKER}\n{part}"},
    ]
    return orjson.dumps({"model": "m", "messages": messages} | fields)


def ask(
    llm: SimulatedLLM, part: str = "Write the summary.", *, seconds: float = 10, **fields: Any
) -> Response:
    return send(llm, make_body(part, **fields), seconds)


def send(llm: SimulatedLLM, body: bytes, seconds: float = 10, key: str = "none") -> Response:
    connection = connect(llm, seconds)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    connection.request("POST", "/v1/chat/completions", body, headers)
    response = connection.getresponse()
    return Response(response.status, dict(response.getheaders()), response.read())


@pytest.fixture
def llm() -> Iterator[SimulatedLLM]:
    with SimulatedLLM(Behaviour(part_after=MARKER)) as running:
        yield running


def test_a_stream_brings_role_content_finish_usage_and_done(llm: SimulatedLLM) -> None:
    response = ask(llm, stream=True, stream_options={"include_usage": True})

    opening, *chunks, finish, usage = response.events
    assert response.headers["content-type"].startswith("text/event-stream")
    assert opening["choices"][0]["delta"] == {"role": "assistant", "content": "", "refusal": None}
    assert len(chunks) == 20
    assert all(chunk["usage"] is None for chunk in chunks)
    assert finish["choices"][0] == {"index": 0, "delta": {}, "finish_reason": "stop"}
    assert usage["choices"] == []
    assert usage["usage"]["completion_tokens"] == llm.requests[0].output_tokens


def test_a_stream_says_nothing_of_usage_unless_asked(llm: SimulatedLLM) -> None:
    assert all("usage" not in event for event in ask(llm, stream=True).events)


def test_streamed_and_whole_answers_are_the_same(llm: SimulatedLLM) -> None:
    assert ask(llm, stream=True).streamed == ask(llm).content


def test_prose_has_the_words_asked_for_and_invents_none(llm: SimulatedLLM) -> None:
    words = ask(llm, "Say it in at most 50 words.").content.split()

    known = {word.strip(".,").lower() for word in DOCUMENTS.split()}
    assert len(words) == 50
    assert {word.strip(".,").lower() for word in words} <= known


@pytest.mark.parametrize("where", ["response_format", "fence", "label"])
def test_a_schema_is_satisfied_wherever_it_stands(llm: SimulatedLLM, where: str) -> None:
    text = json.dumps(TABLE)
    if where == "response_format":
        form = {"type": "json_schema", "json_schema": {"name": "table", "schema": TABLE}}
        response = ask(llm, response_format=form)
    elif where == "fence":
        response = ask(llm, f'```json\n{text}\n```\nYour last answer was\n```json\n{{"rows": []}}\n```')
    else:
        response = ask(llm, f"JSON Schema: {text}\nAnswer with JSON only.")

    value = orjson.loads(response.content)
    cells = [cell for row in value["rows"] for cell in row]
    assert 2 <= len(value["rows"]) <= 3
    assert all(len(row) == 3 for row in value["rows"])
    assert all(0 < len(cell) <= 20 for cell in cells)
    assert value["outcome"] in ("Approved", "Deferred")
    assert value["due"] == "2026-03-04"
    assert 3 <= value["count"] <= 9
    assert len(value["note"]) <= 12


def test_a_schema_that_refers_to_itself_ends(llm: SimulatedLLM) -> None:
    bullet = {
        "type": "object",
        "properties": {
            "text": {"type": "string"},
            "items": {"type": "array", "items": {"$ref": "#/$defs/bullet"}},
        },
    }
    items = {"type": "array", "items": {"$ref": "#/$defs/bullet"}}
    schema = {"type": "object", "properties": {"items": items}, "$defs": {"bullet": bullet}}

    value = orjson.loads(ask(llm, f"JSON Schema: {json.dumps(schema)}").content)

    assert all(deepest["items"] == [] for one in value["items"] for deepest in one["items"])


def test_a_test_can_give_the_answers(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(part_after=MARKER, answers={"summary": "As given."}))
    assert ask(llm, "Write the summary.").content == "As given."
    llm.reset(Behaviour(answers=lambda asked: asked.roles[0]))
    assert ask(llm).content == "system"


def test_an_error_in_the_answers_of_a_test_is_told(llm: SimulatedLLM) -> None:
    def fail(_asked: object) -> str:
        raise KeyError("no such block")

    llm.reset(Behaviour(answers=fail))
    response = ask(llm)
    assert response.status == 500
    assert "no such block" in response.json["error"]["message"]


def test_max_tokens_cuts_the_answer(llm: SimulatedLLM) -> None:
    choice = ask(llm, max_tokens=5).json["choices"][0]
    assert (len(choice["message"]["content"]), choice["finish_reason"]) == (20, "length")


def test_what_was_received_is_kept(llm: SimulatedLLM) -> None:
    body = make_body("Write the summary.", temperature=0)
    response = send(llm, body)

    record = llm.requests[0]
    assert record.raw_body == body
    assert record.body["temperature"] == 0
    assert record.asked is not None
    assert record.asked.part == "\nWrite the summary."
    assert record.answer == response.content
    assert record.first_token_at is not None
    assert record.ended_at is not None
    assert record.arrived_at <= record.first_token_at <= record.ended_at


def test_latency_is_drawn_from_the_part_and_kept(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(latency=(0.1, 0.5), chunks=10, part_after=MARKER))
    for part in ("one", "one", "two"):
        ask(llm, part, stream=True)

    spans = [(record.ended_at or 0) - record.arrived_at for record in llm.requests]
    assert all(0.1 <= span <= 0.7 for span in spans)
    assert spans[0] == pytest.approx(spans[1], abs=0.05)
    assert spans[0] != pytest.approx(spans[2], abs=0.02)


def test_chunks_arrive_spread_over_the_latency(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(latency=0.4, chunks=4))
    connection = connect(llm)
    connection.request("POST", "/v1/chat/completions", make_body(stream=True))
    response = connection.getresponse()
    times = [time.monotonic() for line in response if b'"content":"' in line][1:]  # without the opening

    assert all(gap > 0.05 for gap in (b - a for a, b in itertools.pairwise(times)))


def test_long_answers_take_longer(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(seconds_per_word=0.002))
    for words in (20, 120):
        ask(llm, f"At most {words} words.")
    short, long = ((record.ended_at or 0) - record.arrived_at for record in llm.requests)
    assert 0.04 <= short < 0.24 <= long


def test_a_prefix_is_cached_from_the_first_token_in_steps_of_128() -> None:
    with SimulatedLLM(Behaviour(latency=0.6, chunks=2)) as llm:
        leader = threading.Thread(target=ask, args=(llm, "a"), kwargs={"stream": True})
        leader.start()
        time.sleep(0.1)
        early = ask(llm, "b")
        leader.join()
        late = ask(llm, "c")

    assert early.cached_tokens == 0
    assert late.cached_tokens % STEP_TOKENS == 0
    assert 0 <= late.json["usage"]["prompt_tokens"] - late.cached_tokens < STEP_TOKENS + 10
    assert llm.requests[2].cached_tokens == late.cached_tokens


def test_only_uncached_tokens_take_prefill_time() -> None:
    with SimulatedLLM(Behaviour(prefill_speed=5_000)) as llm:
        ask(llm, "a")
        ask(llm, "b")

    first, second = ((record.first_token_at or 0) - record.arrived_at for record in llm.requests)
    assert first >= llm.requests[0].prompt_tokens / 5_000
    assert second < first / 3


def test_nothing_is_cached_below_1024_tokens_or_when_off(llm: SimulatedLLM) -> None:
    short = orjson.dumps({"model": "m", "messages": [{"role": "user", "content": "x" * 4000}]})
    assert [send(llm, short).cached_tokens for _ in range(2)] == [0, 0]
    llm.reset(Behaviour(cache="off"))
    assert [ask(llm).cached_tokens for _ in range(2)] == [0, 0]


def test_differing_response_schemas_share_nothing_where_they_stand_in_the_prefix(llm: SimulatedLLM) -> None:
    def cached() -> int:
        for number in range(2):
            schema = {"type": "object", "properties": {f"p{number}": {"type": "string"}}}
            form = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
            response = ask(llm, response_format=form)
        return response.cached_tokens

    assert cached() == 0
    llm.reset(Behaviour(schema_in_prefix=False))
    assert cached() > 1024


def test_explicit_caching_needs_a_breakpoint(llm: SimulatedLLM) -> None:
    def ask_in_parts(part: str, **mark: Any) -> int:
        parts = [{"type": "text", "text": DOCUMENTS} | mark, {"type": "text", "text": part}]
        body = {"model": "m", "messages": [{"role": "user", "content": parts}]}
        return send(llm, orjson.dumps(body)).cached_tokens

    llm.reset(Behaviour(cache="breakpoint"))
    assert [ask_in_parts("a"), ask_in_parts("b")] == [0, 0]
    marked = {"prompt_cache_breakpoint": {"mode": "explicit"}}
    assert ask_in_parts("a", **marked) == 0
    assert ask_in_parts("b", **marked) > 2000
    assert [record.asked.part for record in llm.requests[-1:] if record.asked] == ["b"]


def test_the_prefix_cache_finds_what_comparing_by_hand_finds() -> None:
    texts = ["".join(letters) for letters in itertools.product("ab", repeat=4)]
    prompts = [b"".join(letter.encode() * 2900 for letter in text) for text in texts]
    cache, known = PrefixCache(), list[bytes]()
    for prompt in prompts[::3] + prompts:
        shared = max((_shared(prompt, other) for other in known), default=0)
        assert cache.find(prompt) == (shared if shared >= 1024 else 0)
        cache.add(prompt)
        known.append(prompt)


def _shared(one: bytes, other: bytes) -> int:
    end = next((at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b), len(one))
    return end // 512 * STEP_TOKENS


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("rate_limit", 429, "rate_limit_exceeded"),
        ("no_quota", 429, "insufficient_quota"),
        ("server_error", 500, None),
        ("unavailable", 503, None),
        ("wrong_key", 401, "invalid_api_key"),
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


def wait_until(holds: Any, seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.01)
