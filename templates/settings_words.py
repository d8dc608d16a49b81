"""Settings in one line, for a list of blocks."""

from typing import Any

from pydantic import BaseModel

from templates.blocks.base import Json
from templates.shapes import Shape, read_shapes


def summarise(model: type[BaseModel], data: Json) -> str:
    """What is set otherwise than the kind comes: “Columns: Action, Owner · At most, in rows: 20”."""
    words = [
        _say(shape, data[name])
        for name, shape in read_shapes(model).items()
        if name in data and not shape.is_default(data[name])
    ]
    return " · ".join(words)


def _say(shape: Shape, value: Any) -> str:
    if isinstance(value, bool):
        return shape.title if value else f"{shape.title}: no"
    return f"{shape.title}: {_short(value)}"


def _short(value: Any) -> str:
    """Of a list its items, of an object what stands first in it."""
    if isinstance(value, list):
        return ", ".join(_short(item) for item in value) or "none"
    if isinstance(value, dict):
        return _short(next(iter(value.values()), ""))
    if isinstance(value, int):
        return f"{value:,}"
    return str(value) if value is not None else "none"
