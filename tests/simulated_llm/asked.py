"""One chat request, read once: its messages as texts, its prompt as bytes, and the block's part."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson

JSONObject: TypeAlias = dict[str, Any]
SEPARATOR = "\n"


@dataclass(frozen=True)
class Asked:
    """What a request asks for; `part` is the end of the last message, which differs between blocks."""

    model: str
    roles: tuple[str, ...]
    texts: tuple[str, ...]
    part: str
    prompt: bytes
    breakpoints: tuple[int, ...]
    """Offsets into `prompt`, one behind every content part that carries a cache breakpoint."""
    fields: frozenset[str]
    """Names of the request's fields and of the fields of its content parts."""
    stream: bool
    include_usage: bool
    response_format: JSONObject | None
    max_tokens: int | None
    key: str

    @property
    def last_message(self) -> str:
        return self.texts[-1]


def read_request(raw: bytes, key: str, part_after: str, schema_in_prefix: bool) -> Asked:
    """Read a request's body.

    Raises ValueError (orjson's error is one) when it is not JSON or holds no messages.
    """
    body = orjson.loads(raw)
    messages = body.get("messages") if isinstance(body, dict) else None
    if not isinstance(messages, list) or not messages:
        raise ValueError("'messages' is a required property, a list of at least one message")
    parts = [_content_parts(message) for message in messages]
    prompt, breakpoints = _join_prompt(_front(body) if schema_in_prefix else "", messages, parts)
    return Asked(
        model=str(body.get("model", "")),
        roles=tuple(str(message.get("role", "")) for message in messages),
        texts=tuple("".join(_text(part) for part in content) for content in parts),
        part=_block_part(_text(parts[-1][-1]) if parts[-1] else "", part_after),
        prompt=prompt,
        breakpoints=breakpoints,
        fields=frozenset(body).union(*(part for content in parts for part in content)),
        stream=bool(body.get("stream")),
        include_usage=bool((body.get("stream_options") or {}).get("include_usage")),
        response_format=body.get("response_format"),
        max_tokens=body.get("max_completion_tokens") or body.get("max_tokens"),
        key=key,
    )


def _content_parts(message: Any) -> list[JSONObject]:
    if not isinstance(message, dict):
        raise ValueError("every message must be an object")
    content = message.get("content")
    if isinstance(content, list):
        return content
    return [{"text": content or ""}]


def _text(part: JSONObject) -> str:
    return str(part.get("text", ""))


def _front(body: JSONObject) -> str:
    """What OpenAI puts in front of the messages when it looks for a cached prefix."""
    return "".join(
        orjson.dumps(body[name]).decode() for name in ("tools", "response_format") if body.get(name)
    )


def _join_prompt(
    front: str, messages: list[JSONObject], parts: list[list[JSONObject]]
) -> tuple[bytes, tuple[int, ...]]:
    pieces, breakpoints, length = [front.encode()], [], len(front.encode())
    for message, content in zip(messages, parts, strict=True):
        for number, part in enumerate(content):
            lead = f"{SEPARATOR}{message.get('role')}: " if number == 0 else ""
            piece = (lead + _text(part)).encode("utf-8", "replace")
            length += len(piece)
            pieces.append(piece)
            if "prompt_cache_breakpoint" in part or "cache_control" in part:
                breakpoints.append(length)
    return b"".join(pieces), tuple(breakpoints)


def _block_part(last: str, part_after: str) -> str:
    start = last.rfind(part_after) if part_after else -1
    return last[start + len(part_after) :] if start >= 0 else last
