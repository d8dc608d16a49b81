"""Asking the simulated LLM over plain HTTP, as its own tests do."""

import http.client
import time
from dataclasses import dataclass
from typing import Any

import orjson

from tests.simulated_llm import SimulatedLLM

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


def wait_until(holds: Any, seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.01)
