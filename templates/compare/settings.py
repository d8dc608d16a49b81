"""What differs between two settings of one kind, each by its human name."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from templates.blocks.base import Json
from templates.compare.changes import Detail, quote
from templates.compare.pairing import find_moved, find_partners
from templates.shapes import NO_DEFAULT, Shape, read_shapes, say_choice


def compare_settings(model: type[BaseModel], was: Json, now: Json) -> Iterator[Detail]:
    """The settings that differ; left out is what both say alike, also where one leaves a default out."""
    for name, shape in read_shapes(model).items():
        yield from _compare(shape, shape.title, _value(shape, was, name), _value(shape, now, name))


def _value(shape: Shape, data: Json, name: str) -> Any:
    return data.get(name, None if shape.default is NO_DEFAULT else shape.default)


def _compare(shape: Shape, title: str, was: Any, now: Any) -> Iterator[Detail]:
    if was == now and isinstance(was, bool) == isinstance(now, bool):
        return
    if shape.input == "group":
        for name, part in shape.parts.items():
            below = f"{title}: {part.title}"
            yield from _compare(part, below, _value(part, was or {}, name), _value(part, now or {}, name))
    elif shape.input in ("rows", "lines") and shape.item:
        yield from _compare_items(shape.item, title, was or [], now or [])
    else:
        yield Detail(title, _say(shape, was), _say(shape, now), shape.multiline)


def _compare_items(item: Shape, title: str, was: Sequence[Any], now: Sequence[Any]) -> Iterator[Detail]:
    """Items come, go, are changed, and change places."""
    partners = find_partners(was, now, lambda one: _name(item, one), _words, lambda one: "item")
    for i, one in enumerate(was):
        if i not in partners:
            yield Detail(title, _describe(item, one), None)
    back = {j: i for i, j in partners.items()}
    for j, one in enumerate(now):
        if j not in back:
            yield Detail(title, None, _describe(item, one))
        elif item.input == "group":
            place = f"{title}, {quote(_name(item, was[back[j]]))}"
            for name, part in item.parts.items():
                below = f"{place}: {part.title}"
                yield from _compare(part, below, _value(part, was[back[j]], name), _value(part, one, name))
        else:
            yield from _compare(item, title, was[back[j]], one)
    if find_moved(partners):
        before, after = (", ".join(_name(item, one) for one in items) for items in (was, now))
        yield Detail(f"{title}: order", before, after)


def _name(item: Shape, one: Any) -> str:
    """What an object is called by: what stands first in it."""
    if item.input == "group":
        return str(next((one[name] for name in item.parts if one.get(name)), ""))
    return str(one)


def _words(one: Any) -> Counter[str]:
    """Nothing in common: an item with another name is the same only where it stands as the other did."""
    return Counter()


def _describe(item: Shape, one: Any) -> str:
    """The item with what is set of it, such as “Due, date”."""
    if item.input != "group":
        return _say(item, one)
    said = [
        _say(part, one[name])
        for name, part in item.parts.items()
        if one.get(name) and not part.is_default(one[name])
    ]
    return ", ".join(said)


def _say(shape: Shape, value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, list):
        return ", ".join(_say(shape, one) for one in value) or "none"
    if isinstance(value, bool) or shape.choices:
        return shape.labels.get(str(value)) or say_choice(value)
    return f"{value:,}" if isinstance(value, int) else str(value)
