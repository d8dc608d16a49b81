"""Reading what a browser posted back into the data of a model."""

import math
from typing import Any

import orjson
from django.http import QueryDict
from pydantic import BaseModel

from fillapp.settings_form.errors import Path
from signals.clean import clean_text
from templates.blocks.base import Json
from templates.shapes import Shape, read_shapes

_BLANK: tuple[Any, ...] = ("", None, False, [], {})


def read_fields(model: type[BaseModel], post: QueryDict, prefix: str = "settings") -> Json:
    """The data in a post, without what is default; what cannot be read stays as it was typed."""
    return _read_parts(read_shapes(model), post, prefix)


def find_posted(model: type[BaseModel], post: QueryDict, path: Path, prefix: str = "settings") -> str:
    """The name under which what stands at `path` of the data was posted: rows have numbers of their own."""
    shapes, at = read_shapes(model), prefix
    ahead = list(path)
    while ahead and (shape := shapes.get(str(ahead[0]))):
        at = f"{at}.{ahead.pop(0)}"
        shapes = shape.parts
        if shape.input == "rows" and shape.item and ahead:
            at = f"{at}.{_filled_rows(shape, post, at)[int(ahead.pop(0))]}"
            shapes = shape.item.parts
    return at


def _read_parts(shapes: dict[str, Shape], post: QueryDict, prefix: str) -> Json:
    found = {}
    for name, shape in shapes.items():
        at = f"{prefix}.{name}"
        if shape.input in ("text", "number", "select", "lines", "json") and at not in post:
            continue
        value = _read(shape, post, at)
        if not shape.is_default(value):
            found[name] = value
    return found


def _read(shape: Shape, post: QueryDict, name: str) -> Any:
    if shape.input == "checkbox":
        return name in post
    if shape.input == "group":
        return _read_parts(shape.parts, post, name)
    if shape.input == "checks":
        ticked = post.getlist(name)
        return [choice for choice in shape.choices if str(choice) in ticked]
    if shape.input == "rows":
        return _read_rows(shape, post, name) or (None if shape.nullable else [])
    text = clean_text(post.get(name, ""))
    if shape.input == "lines" and shape.item:
        lines = [line.strip() for line in text.split("\n")]
        return [_read_one(shape.item, line) for line in lines if line] or (None if shape.nullable else [])
    return _read_one(shape, text)


def _read_rows(shape: Shape, post: QueryDict, name: str) -> list[Json]:
    """The rows in the order they stand on the page, without empty and removed ones."""
    parts = shape.item.parts if shape.item else {}
    return [_read_parts(parts, post, f"{name}.{row}") for row in _filled_rows(shape, post, name)]


def _filled_rows(shape: Shape, post: QueryDict, name: str) -> list[str]:
    parts = shape.item.parts if shape.item else {}
    kept = [row for row in post.getlist(name) if f"{name}.{row}.remove-row" not in post]
    return [row for row in kept if not _is_empty(parts, _read_parts(parts, post, f"{name}.{row}"))]


def _is_empty(parts: dict[str, Shape], row: Json) -> bool:
    """Whether nobody typed anything in it: what is chosen from a list, something mostly is from the start."""
    typed = [
        value
        for name, value in row.items()
        if parts[name].input != "select" or parts[name].default not in parts[name].choices
    ]
    return all(value in _BLANK for value in typed)


def _read_one(shape: Shape, text: str) -> Any:
    if shape.nullable and not text.strip():
        return None
    if shape.input == "number":
        return _read_number(text.strip(), whole=shape.whole)
    if shape.input == "select":
        return next((choice for choice in shape.choices if str(choice) == text), text)
    if shape.input == "json":
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            return text
    return text


def _read_number(text: str, *, whole: bool) -> int | float | str:
    try:
        if whole:
            return int(text)
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text
