"""A value that satisfies a JSON Schema, its texts taken from the documents."""

import math
import re
from random import Random
from typing import Any

from tests.simulated_llm.asked import JSONObject
from tests.simulated_llm.prose import Source

LIST_LENGTH = 4
DEEPEST_LIST = 2
TEXT_WORDS = (2, 8)
DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
FORMATS = {"date": "2026-01-15", "date-time": "2026-01-15T10:00:00Z", "time": "10:00:00Z", "email": "a@b.org"}
GUESSES = ("2026-01-15", "15.01.2026", "12", "12.50", "Yes", "A", "a", "")


class ValueMaker:
    """Makes values for one schema; the same source and chance give the same value."""

    def __init__(self, schema: JSONObject, source: Source, chance: Random) -> None:
        self._schema, self._source, self._chance = schema, source, chance
        self._depth = 0

    def make(self) -> Any:
        return self._make(self._schema)

    def _make(self, schema: Any) -> Any:
        schema = self._resolve(schema)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._chance.choice(schema["enum"])
        match _type_of(schema):
            case "object":
                return self._object(schema)
            case "array":
                return self._array(schema)
            case "number" | "integer" as kind:
                return self._number(schema, whole=kind == "integer")
            case "boolean":
                return self._chance.random() < 0.5
            case "null":
                return None
        return self._text(schema)

    def _resolve(self, schema: Any) -> JSONObject:
        """Follow references, merge allOf, take the first alternative that is not null."""
        resolved: JSONObject = schema if isinstance(schema, dict) else {}
        if reference := resolved.get("$ref"):
            target: Any = self._schema
            for name in str(reference).lstrip("#/").split("/"):
                target = target[name]
            return self._resolve(target)
        for member in resolved.get("allOf", []):
            resolved = {**resolved, **self._resolve(member)}
        alternatives = resolved.get("anyOf") or resolved.get("oneOf") or []
        found = [self._resolve(one) for one in alternatives]
        rest = {name: rule for name, rule in resolved.items() if name not in ("anyOf", "oneOf", "allOf")}
        return next(({**rest, **one} for one in found if one.get("type") != "null"), rest)

    def _object(self, schema: JSONObject) -> JSONObject:
        properties = schema.get("properties", {})
        names = [*properties, *(name for name in schema.get("required", []) if name not in properties)]
        return {name: self._make(properties.get(name, {})) for name in names}

    def _array(self, schema: JSONObject) -> list[Any]:
        low = int(schema.get("minItems", 0))
        high = int(schema.get("maxItems", max(LIST_LENGTH, low)))
        size = self._chance.randint(max(low, min(high, 1)), max(low, min(high, LIST_LENGTH)))
        if self._depth >= DEEPEST_LIST:
            size = low  # or a schema that refers to itself would never end
        self._depth += 1
        items = [self._make(item) for item in schema.get("prefixItems", [])][:size]
        for _ in range(20 * size):
            if len(items) == size:
                break
            item = self._make(schema.get("items", {}))
            if not schema.get("uniqueItems") or item not in items:
                items.append(item)
        self._depth -= 1
        return items

    def _number(self, schema: JSONObject, whole: bool) -> float | int:
        high = _first_rule(schema, "maximum", "exclusiveMaximum", otherwise=math.inf)
        low = _first_rule(schema, "minimum", "exclusiveMinimum", otherwise=min(0.0, high))
        step = _first_rule(schema, "multipleOf", otherwise=1)
        value = -(-low // step) * step
        if value == schema.get("exclusiveMinimum"):
            value += step
        if value > high:
            value = high if whole else (low + high) / 2
        return int(value) if whole else float(value)

    def _text(self, schema: JSONObject) -> str:
        low, high = int(schema.get("minLength", 0)), int(schema.get("maxLength", 10_000))
        if pattern := schema.get("pattern"):
            return _match(str(pattern), self._words(), low, high)
        if form := schema.get("format"):
            dated = DATE.search(self._source.beginning) if form == "date" else None
            return dated.group() if dated else FORMATS.get(str(form), self._words())
        text = self._words()
        while len(text) < low:
            text += " " + self._words()
        return text if len(text) <= high else _shorten(text, low, high)

    def _words(self) -> str:
        return " ".join(self._source.take(self._chance.randint(*TEXT_WORDS), self._chance))


def _type_of(schema: JSONObject) -> str:
    named = schema.get("type")
    if isinstance(named, list):
        named = next((one for one in named if one != "null"), "null")
    if named is None:
        named = "object" if "properties" in schema else "array" if "items" in schema else "string"
    return str(named)


def _first_rule(schema: JSONObject, *names: str, otherwise: float) -> float:
    return next((float(schema[name]) for name in names if name in schema), otherwise)


def _shorten(text: str, low: int, high: int) -> str:
    """The text cut behind a word where that stays long enough."""
    cut = text[: high + 1].rfind(" ")
    short = text[:cut] if cut >= max(low, 1) else text[:high]
    return short.rstrip() if len(short.rstrip()) >= low else short


def _match(pattern: str, words: str, low: int, high: int) -> str:
    """The first guess that fits; raises ValueError, so that a test says which pattern is not known here."""
    for guess in (*GUESSES, words, *words.split()):
        if low <= len(guess) <= high and re.search(pattern, guess):
            return guess
    raise ValueError(f"the simulated LLM has no text for the pattern {pattern}")
