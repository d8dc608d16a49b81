"""OpenAI's protocol in bytes: chunks of a stream, whole answers, usage, errors."""

from dataclasses import dataclass
from itertools import pairwise

import orjson

from tests.simulated_llm.asked import JSONObject
from tests.simulated_llm.faults import ErrorBody

DONE = b"data: [DONE]\n\n"
CREATED = 1_767_225_600


@dataclass(frozen=True)
class Usage:
    prompt_tokens: int
    cached_tokens: int
    output_tokens: int
    written_tokens: int = 0

    def as_json(self) -> JSONObject:
        written = {"cache_write_tokens": self.written_tokens} if self.written_tokens else {}
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.output_tokens,
            "total_tokens": self.prompt_tokens + self.output_tokens,
            "prompt_tokens_details": {"cached_tokens": self.cached_tokens, "audio_tokens": 0} | written,
            "completion_tokens_details": {"reasoning_tokens": 0},
        }


@dataclass(frozen=True)
class Answer:
    """What the model says: content, or a refusal in its place, and why it stopped."""

    content: str
    finish_reason: str = "stop"
    refusal: str | None = None
    reasoning: str = ""
    """Thoughts, streamed before the content in a field of their own, as DeepSeek, llama.cpp and vLLM do."""

    @property
    def text(self) -> str:
        return self.content if self.refusal is None else self.refusal


@dataclass(frozen=True)
class Stream:
    """The events of one streamed answer: `opening`, one per content chunk, `closing` in one write."""

    opening: bytes
    chunks: list[bytes]
    closing: bytes


def write_stream(identity: str, model: str, answer: Answer, chunks: int, usage: Usage | None) -> Stream:
    """The events; with `usage` they carry `usage: null` and one more event without choices reports it."""
    empty = b"" if usage is None else b',"usage":null'
    front = b'data: {"id":"%b","object":"chat.completion.chunk","created":%d,"model":%b,' % (
        identity.encode(),
        CREATED,
        orjson.dumps(model),
    )
    before = front + b'"choices":[{"index":0,"delta":'
    after = b',"finish_reason":null}]' + empty + b"}\n\n"
    name = b"content" if answer.refusal is None else b"refusal"
    thoughts = [
        b'%b{"reasoning_content":%b}%b' % (before, orjson.dumps(piece), after)
        for piece in _cut(answer.reasoning, 4)
    ]
    pieces = [
        b'%b{"%b":%b}%b' % (before, name, orjson.dumps(piece), after) for piece in _cut(answer.text, chunks)
    ]
    closing = b'%b{},"finish_reason":"%b"}]%b}\n\n' % (before, answer.finish_reason.encode(), empty)
    if usage is not None:
        closing += b'%b"choices":[],"usage":%b}\n\n' % (front, orjson.dumps(usage.as_json()))
    opening = b'%b{"role":"assistant","content":"","refusal":null}%b' % (before, after)
    return Stream(opening, thoughts + pieces, closing + DONE)


def _cut(text: str, chunks: int) -> list[str]:
    """The text in so many pieces of nearly one length, fewer when it is too short."""
    count = min(max(chunks, 1), len(text))
    bounds = [len(text) * number // count for number in range(count + 1)] if count else []
    return [text[start:end] for start, end in pairwise(bounds)]


def write_completion(identity: str, model: str, answer: Answer, usage: Usage) -> bytes:
    content = None if answer.refusal is not None else answer.content
    message = {"role": "assistant", "content": content, "refusal": answer.refusal}
    return orjson.dumps(
        {
            "id": identity,
            "object": "chat.completion",
            "created": CREATED,
            "model": model,
            "choices": [{"index": 0, "message": message, "finish_reason": answer.finish_reason}],
            "usage": usage.as_json(),
        }
    )


def write_stream_error() -> bytes:
    """What vLLM and others send when they fail in the middle of an answer."""
    error = {"message": "EngineCore encountered an issue.", "type": "InternalServerError", "code": 500}
    return b"data: %b\n\n" % orjson.dumps({"error": error})


def write_broken_letter(model: str) -> bytes:
    """A chunk whose content ends in the middle of a letter."""
    return b'data: {"id":"x","model":%b,"choices":[{"index":0,"delta":{"content":" caf\xc3"}}]}\n\n' % (
        orjson.dumps(model)
    )


def write_models(model: str) -> bytes:
    entry = {"id": model, "object": "model", "created": CREATED, "owned_by": "simulated"}
    return orjson.dumps({"object": "list", "data": [entry]})


def write_error(error: ErrorBody) -> bytes:
    return orjson.dumps(
        {"error": {"message": error.message, "type": error.type, "param": error.param, "code": error.code}}
    )


def write_llamacpp_too_long(tokens: int, window: int) -> bytes:
    """The same refusal as llama.cpp's server writes it: another type, a number for a code."""
    message = (
        f"request ({tokens} tokens) exceeds the available context size ({window} tokens), try increasing it"
    )
    error = {"code": 400, "message": message, "type": "exceed_context_size_error"}
    return orjson.dumps({"error": error | {"n_prompt_tokens": tokens, "n_ctx": window}})
