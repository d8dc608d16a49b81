"""What a pydantic model asks for, read from its JSON schema: one shape for each of its fields."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel

from templates.blocks.base import Json

Input = Literal["number", "checkbox", "text", "select", "lines", "checks", "rows", "group", "json"]
NO_DEFAULT = object()
_SCALARS: tuple[Input, ...] = ("number", "text")
# A model that holds itself would go down for ever.
_DEEPEST = 4
_LONGEST_LINE = 200
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class Shape:
    """What one input is for; `item` is what a list holds, `parts` are the fields of an object."""

    input: Input
    title: str
    description: str = ""
    default: Any = NO_DEFAULT
    nullable: bool = False
    needed: bool = False
    whole: bool = False
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    longest: int | None = None
    multiline: bool = False
    is_date: bool = False
    choices: tuple[Any, ...] = ()
    # What choices are called where the schema says it.
    labels: dict[str, str] = field(default_factory=dict)
    item: "Shape | None" = None
    parts: dict[str, "Shape"] = field(default_factory=dict)

    def is_default(self, value: Any) -> bool:
        """Whether leaving the value out says the same."""
        default = self.default
        if self.input == "group" and isinstance(value, dict) and isinstance(default, dict):
            return self._fill_up(value) == self._fill_up(default)
        # True is no 1, though Python says so.
        return isinstance(value, bool) == isinstance(default, bool) and bool(value == default)

    def _fill_up(self, value: Json) -> Json:
        return {key: value.get(key, part.default) for key, part in self.parts.items()}


def read_shapes(model: type[BaseModel]) -> dict[str, Shape]:
    """The shapes of a model's fields by name, in their order."""
    schema = model.model_json_schema()
    return _Schema(schema.get("$defs", {})).shapes_of(schema, 0)


def say_choice(choice: Any) -> str:
    """One of the choices as people read it."""
    if isinstance(choice, bool):
        return "Yes" if choice else "No"
    words = str(choice).replace("_", " ")
    return words[:1].upper() + words[1:]


class _Schema:
    """A JSON schema, with the definitions its references point to."""

    def __init__(self, definitions: Json) -> None:
        self.definitions = definitions

    def shapes_of(self, schema: Json, depth: int) -> dict[str, Shape]:
        return {name: self.shape(name, one, depth) for name, one in schema.get("properties", {}).items()}

    def shape(self, name: str, schema: Json, depth: int) -> Shape:
        """The shape of one field; what no input fits is written as JSON."""
        schema, nullable = self._resolve(schema)
        common: Json = {
            "title": _title(name, schema),
            "description": schema.get("description", ""),
            "default": schema.get("default", NO_DEFAULT),
            "nullable": nullable,
        }
        return Shape(**(common | self._input(schema, nullable, depth)))

    def _resolve(self, schema: Json) -> tuple[Json, bool]:
        """The schema itself where it was referred to or may be null, and whether it may be null."""
        variants = schema.get("anyOf", [])
        others = [one for one in variants if one.get("type") != "null"]
        nullable = len(others) < len(variants)
        own = {key: value for key, value in schema.items() if key not in ("anyOf", "$ref")}
        if nullable and len(others) == 1:
            schema = others[0] | own
        if "$ref" in schema:
            target, below = self._resolve(self.definitions[schema["$ref"].rsplit("/", 1)[-1]])
            # What a definition says of itself is said to programmers.
            target = {key: value for key, value in target.items() if key not in ("title", "description")}
            schema, nullable = target | own, nullable or below
        return schema, nullable

    def _input(self, schema: Json, nullable: bool, depth: int) -> Json:
        kind = schema.get("type")
        choices = schema.get("enum", [schema["const"]] if "const" in schema else [])
        if choices:
            may_be_empty = nullable or None in choices
            options = tuple(one for one in choices if one is not None)
            return {
                "input": "select",
                "choices": options,
                "labels": schema.get("labels", {}),
                "needed": not may_be_empty,
                "nullable": may_be_empty,
            }
        if kind == "boolean":
            return {"input": "select", "choices": (True, False)} if nullable else {"input": "checkbox"}
        if kind in ("integer", "number"):
            return {"input": "number", "needed": not nullable, **_limits(schema)}
        if kind == "string":
            return {
                "input": "text",
                "needed": schema.get("minLength", 0) > 0 and not nullable,
                **_text(schema),
            }
        if kind == "array" and "items" in schema and depth < _DEEPEST:
            return self._list(schema, depth)
        if kind == "object" and "properties" in schema and not nullable and depth < _DEEPEST:
            return {"input": "group", "parts": self.shapes_of(schema, depth + 1)}
        return {"input": "json"}

    def _list(self, schema: Json, depth: int) -> Json:
        # What one of them is called, for the button that adds one.
        name = schema.get("item") or schema["items"].get("$ref", "item").rsplit("/", 1)[-1]
        item = self.shape(_CAPITAL.sub("_", name), schema["items"], depth + 1)
        needed = schema.get("minItems", 0) > 0
        if item.input == "select":
            return {
                "input": "checks",
                "item": item,
                "choices": item.choices,
                "labels": item.labels,
                "needed": needed,
            }
        if item.input in _SCALARS and not item.multiline:
            return {"input": "lines", "item": item, "needed": needed}
        if item.input == "group":
            return {"input": "rows", "item": item, "needed": needed}
        return {"input": "json"}


def _limits(schema: Json) -> Json:
    whole = schema["type"] == "integer"
    least, most = schema.get("minimum"), schema.get("maximum")
    if whole and "exclusiveMinimum" in schema:
        least = schema["exclusiveMinimum"] + 1
    if whole and "exclusiveMaximum" in schema:
        most = schema["exclusiveMaximum"] - 1
    return {"whole": whole, "minimum": least, "maximum": most, "step": schema.get("multipleOf")}


def _text(schema: Json) -> Json:
    longest = schema.get("maxLength")
    return {
        "longest": longest,
        "multiline": schema.get("format") == "multiline" or (longest or 0) > _LONGEST_LINE,
        "is_date": schema.get("format") == "date",
    }


def _title(name: str, schema: Json) -> str:
    """The title given, else the name in words."""
    words = name.replace("_", " ")
    title: str = schema.get("title", "")
    return words.capitalize() if title in ("", words.title()) else title
