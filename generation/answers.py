"""What a model answers, read from the stream as it comes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from generation.failures import ModelFailure
from generation.profiles import ModelProfile

# Where the tokens of an answer stand; servers of thinking models name their thoughts one way or another.
_TOKENS = ("content", "refusal", "reasoning_content", "reasoning")
_THOUGHT, _THOUGHT_ENDS = ("<think>", "<thinking>"), ("</think>", "</thinking>")

_MOST_TOKENS = 2**31


@dataclass
class Answer:
    """What which model returned. Tokens as the server counts them; seconds since the request was sent.

    `cached_tokens` and `cache_write_tokens` are among the `input_tokens`.
    """

    text: str = ""
    finish: str = ""
    refusal: str = ""
    input_tokens: int = 0
    cached_tokens: int = 0
    cache_write_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0
    seconds: float = 0
    first_token_seconds: float | None = None
    outcome: str = "answered"
    profile: str = ""
    model: str = ""


def split_lines(data: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a stream. Only a newline ends one: U+2028 and its like stand unescaped in JSON texts."""
    rest = b""
    for more in data:
        *lines, rest = (rest + more).split(b"\n")
        yield from lines
    yield rest


def read_stream(lines: Iterable[bytes], answer: Answer, profile: ModelProfile) -> Iterator[str]:
    """The text so far, at each token, also at those of thinking and refusing.

    Raw lines: the SDK's stream objects cost three times the CPU.
    """
    for line in lines:
        if not line.startswith(b"data:") or line.startswith(b"data: [DONE]"):
            continue
        chunk = _load(line[5:])
        if not isinstance(chunk, dict) or chunk.get("error"):
            raise ModelFailure("server_error", profile)
        _read_usage(chunk, answer)
        for choice in _objects(chunk.get("choices")):
            delta = choice["delta"] if isinstance(choice.get("delta"), dict) else {}
            answer.finish = _text(choice.get("finish_reason")) or answer.finish
            answer.refusal += _text(delta.get("refusal"))
            answer.text += _text(delta.get("content"))
            if any(delta.get(name) for name in _TOKENS):
                yield without_thoughts(answer.text) if answer.text.lstrip().startswith("<") else answer.text


def without_thoughts(text: str) -> str:
    """`text` without what a model thought aloud before it; nothing while it still thinks."""
    for end in _THOUGHT_ENDS:
        # Where the server's own prompt opens the thought, only its end stands in the answer.
        _, ended, rest = text.rpartition(end)
        if ended:
            return rest.lstrip()
    return "" if text.lstrip().startswith(_THOUGHT) else text


def _load(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        # A model's token may end in the middle of a letter, and not every server puts it together.
        return orjson.loads(data.decode("utf-8", "replace"))


def _text(content: Any) -> str:
    """The words of a delta; a list holds parts, some of them thoughts."""
    if isinstance(content, list):
        return "".join(_text(part.get("text")) for part in _objects(content))
    return content if isinstance(content, str) else ""


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _read_usage(chunk: Mapping[str, Any], answer: Answer) -> None:
    """The tokens that were used, as OpenAI says it, or as llama.cpp, DeepSeek, Moonshot and others do."""
    if isinstance(timings := chunk.get("timings"), dict):
        answer.cached_tokens = _count(timings, "cache_n")
        answer.input_tokens = answer.cached_tokens + _count(timings, "prompt_n")
        answer.output_tokens = _count(timings, "predicted_n")
    if isinstance(usage := chunk.get("usage"), dict):
        details = usage.get("prompt_tokens_details")
        known = usage | (details if isinstance(details, dict) else {})
        answer.input_tokens = _count(known, "prompt_tokens", "input_tokens")
        answer.output_tokens = _count(known, "completion_tokens", "output_tokens")
        answer.cached_tokens = (
            _count(known, "cached_tokens", "prompt_cache_hit_tokens", "cache_read_input_tokens")
            or answer.cached_tokens
        )
        answer.cache_write_tokens = _count(known, "cache_write_tokens", "cache_creation_input_tokens")


def _count(fields: Mapping[str, Any], *names: str) -> int:
    """The first of these that is a number of tokens; a server's nonsense is none, and breaks no column."""
    numbers = (fields[name] for name in names if isinstance(fields.get(name), int))
    return next((number for number in numbers if 0 < number < _MOST_TOKENS), 0)
