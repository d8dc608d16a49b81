"""The simulated embedding endpoint: vectors by the words of a text, alike for texts that share words."""

import math
import zlib
from http import HTTPStatus
from typing import Any

import orjson

from tests.simulated_llm.behaviour import Behaviour
from tests.simulated_llm.faults import ERRORS, ErrorBody, too_long
from tests.simulated_llm.wire import write_error

DIMENSIONS = 32
_BYTES_PER_TOKEN = 4


def answer_embeddings(raw: bytes, key: str, behaviour: Behaviour) -> tuple[int, bytes]:
    """The status and the body; texts are `input`, a list as the product sends it."""
    asked: dict[str, Any] = orjson.loads(raw)
    texts: list[str] = asked["input"]
    if error := _find_error(texts, key, behaviour):
        return error.status, write_error(error)
    data = [
        {"object": "embedding", "index": index, "embedding": embed_words(text)}
        for index, text in enumerate(texts)
    ]
    # Servers promise no order.
    body = {"object": "list", "model": asked["model"], "data": data[::-1], "usage": {"prompt_tokens": 1}}
    return HTTPStatus.OK, orjson.dumps(body)


def embed_words(text: str) -> list[float]:
    """A vector of length 1: each word has its own direction."""
    vector = [0.0] * DIMENSIONS
    for word in text.lower().split():
        for at in range(4):
            hashed = zlib.crc32(f"{at} {word.strip('.,')}".encode())
            vector[hashed % DIMENSIONS] += 1 if hashed & 1024 else -1
    length = math.sqrt(sum(one * one for one in vector)) or 1.0
    return [one / length for one in vector]


def _find_error(texts: list[str], key: str, behaviour: Behaviour) -> ErrorBody | None:
    if behaviour.api_key is not None and key != behaviour.api_key:
        return ERRORS["wrong_key"]
    if not all(texts):
        return ErrorBody(HTTPStatus.BAD_REQUEST, "Input cannot be an empty string.", param="input")
    tokens = max(len(text.encode()) // _BYTES_PER_TOKEN for text in texts)
    return too_long(tokens, behaviour.window) if 0 < behaviour.window < tokens else None
