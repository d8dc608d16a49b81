"""What the simulated LLM answers: what a test has set, else a value of the schema asked for, else prose."""

import json
import re
import zlib
from collections.abc import Mapping
from random import Random

import orjson

from tests.simulated_llm.asked import Asked, JSONObject
from tests.simulated_llm.behaviour import Behaviour, draw
from tests.simulated_llm.cache import BYTES_PER_TOKEN
from tests.simulated_llm.faults import Fault
from tests.simulated_llm.prose import Source, write_prose
from tests.simulated_llm.schemas import ValueMaker
from tests.simulated_llm.wire import Answer

TAIL = 20_000
LIMIT_TAIL = 2_000
FENCE = re.compile(r"```json\s*\n(.*?)```", re.DOTALL)
LABEL = "JSON Schema:"
LIMIT = re.compile(r"(?:at most|no more than|up to|maximum of|max\.?) (\d+) words", re.IGNORECASE)
SCHEMA_TYPES = {"object", "array", "string", "number", "integer", "boolean", "null"}
THOUGHT = "The user wants a part of a report. {Let me think} about what the documents say."
REFUSAL = "I'm sorry, but I can't help with that."


def compose_answer(asked: Asked, behaviour: Behaviour, fault: Fault | None) -> Answer:
    """The answer with what the fault does to it, cut at max_tokens."""
    text = _given_answer(asked, behaviour)
    if text is None:
        text = _default_answer(asked, behaviour)
    answer = _spoil(text, fault)
    limit = asked.max_tokens * BYTES_PER_TOKEN if asked.max_tokens else None
    if limit is not None and len(answer.content.encode("utf-8", "replace")) > limit:
        return Answer(answer.content.encode("utf-8", "replace")[:limit].decode("utf-8", "ignore"), "length")
    return answer


def _given_answer(asked: Asked, behaviour: Behaviour) -> str | None:
    if not isinstance(behaviour.answers, Mapping):
        return behaviour.answers(asked)
    return next((text for part, text in behaviour.answers.items() if part in asked.part), None)


def _default_answer(asked: Asked, behaviour: Behaviour) -> str:
    chance = Random(zlib.crc32(asked.part[-4000:].encode("utf-8", "replace")))
    source = Source(_documents(asked))
    schema = find_schema(asked)
    if schema is not None:
        return orjson.dumps(ValueMaker(schema, source, chance).make()).decode()
    limits = [int(limit) for limit in LIMIT.findall(asked.part[-LIMIT_TAIL:])]
    words = min([int(draw(behaviour.words, asked.part)), *limits])
    return write_prose(source, words, chance)


def find_schema(asked: Asked) -> JSONObject | None:
    """The schema of response_format, else the last one in a fence or behind its label in the block's part."""
    if asked.response_format and asked.response_format.get("type") == "json_schema":
        schema: JSONObject = asked.response_format["json_schema"]["schema"]
        return schema
    tail = asked.part[-TAIL:]
    found = [*FENCE.findall(tail)[::-1]]
    if LABEL in tail:
        found.append(tail.rpartition(LABEL)[2])
    schemas = (_read_schema(text) for text in found)
    in_text = next((schema for schema in schemas if schema is not None), None)
    return {"type": "object"} if in_text is None and asked.response_format else in_text


def _read_schema(text: str) -> JSONObject | None:
    """The schema with which the text begins; None for other objects, like an earlier answer."""
    try:
        # orjson reads no JSON that is followed by other text
        value, _ = json.JSONDecoder().raw_decode(text.strip())
    except ValueError:
        return None
    if not isinstance(value, dict):
        return None
    named = value.get("type")
    is_schema = (isinstance(named, str) and named in SCHEMA_TYPES) or isinstance(named, list)
    return value if is_schema or {"properties", "$ref", "anyOf", "oneOf"} & set(value) else None


def _documents(asked: Asked) -> str:
    """What stands from the first document's opening to the last one's end, or all before the block's part.

    The frames are Fill's. Words from around them would be said of no document, and asked for again.
    """
    before = asked.last_message[: len(asked.last_message) - len(asked.part)]
    text = before if before.strip() else max(asked.texts, key=len)
    opening, end = text.find("<document "), text.rfind("</document>")
    return text[text.index(">", opening) + 1 : end] if 0 <= opening < end else text


def _spoil(text: str, fault: Fault | None) -> Answer:
    match fault.kind if fault else "":
        case "invalid_json":
            return Answer(
                text[: max(len(text) // 2, 1)] if text.startswith(("{", "[")) else '{"items": [' + text
            )
        case "wrong_shape":
            return Answer('{"unexpected": true}')
        case "length":
            return Answer(text[: int(len(text) * (fault.at if fault else 1))], "length")
        case "refusal":
            return Answer("", refusal=REFUSAL)
        case "content_filter":
            return Answer("", "content_filter")
        case "empty":
            return Answer("")
        case "fenced":
            return Answer(f"```json\n{text}\n```" if text.startswith(("{", "[")) else text)
        case "chatty":
            return Answer(f"Here is what you asked for:\n\n{text}\n\nLet me know if I can help further.")
        case "thinking_aloud":
            return Answer(f"<think>\n{THOUGHT}\n</think>\n\n{text}")
        case "thinking":
            return Answer(text, reasoning=THOUGHT)
    return Answer(text)
