"""What the simulated LLM answers, and when."""

import itertools
import json
import time

import orjson
import pytest

from tests.simulated_llm import Behaviour, SimulatedLLM
from tests.simulated_llm.asking import DOCUMENTS, MARKER, TABLE, ask, connect, make_body, send


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


def test_a_reset_brings_what_is_being_streamed_to_its_end(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(part_after=MARKER, latency=3600, chunks=36000))
    connection = connect(llm)
    connection.request("POST", "/v1/chat/completions", make_body(stream=True))
    response = connection.getresponse()
    assert response.readline().startswith(b"data: ")
    assert llm.running == 1
    llm.reset()
    assert response.read().endswith(b"data: [DONE]\n\n")
    connection.close()


def test_long_answers_take_longer(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(seconds_per_word=0.002))
    for words in (20, 120):
        ask(llm, f"At most {words} words.")
    short, long = ((record.ended_at or 0) - record.arrived_at for record in llm.requests)
    assert 0.04 <= short < 0.24 <= long
