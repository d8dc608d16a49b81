"""What a model answers, read from the stream as it comes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson

from generation.failures import ModelFailure
from generation.profiles import ModelProfile

# Where the tokens of an answer stand; servers of thinking models name their thoughts one way or another.
_TOKENS = ("content", "refusal", "reasoning_content", "reasoning")


@dataclass
class Answer:
    """What the model returned. Tokens as the server counts them; seconds since the request was sent."""

    text: str = ""
    finish: str = ""
    refusal: str = ""
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0
    first_token_seconds: float | None = None
    outcome: str = "answered"


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
        chunk = orjson.loads(line[5:])
        if chunk.get("error"):
            raise ModelFailure("server_error", profile)
        if usage := chunk.get("usage"):
            answer.input_tokens = usage.get("prompt_tokens") or 0
            answer.output_tokens = usage.get("completion_tokens") or 0
            details = usage.get("prompt_tokens_details") or {}
            answer.cached_tokens = details.get("cached_tokens") or 0
        for choice in chunk.get("choices") or ():
            delta = choice.get("delta") or {}
            answer.finish = choice.get("finish_reason") or answer.finish
            answer.refusal += delta.get("refusal") or ""
            answer.text += delta.get("content") or ""
            if any(delta.get(name) for name in _TOKENS):
                yield answer.text
