"""Which prompt tokens the simulated LLM has cached."""

import itertools
import threading
import time
from typing import Any

import orjson

from tests.simulated_llm import Behaviour, SimulatedLLM
from tests.simulated_llm.asking import DOCUMENTS, ask, send
from tests.simulated_llm.cache import STEP_TOKENS, PrefixCache


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
