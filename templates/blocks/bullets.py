"""Bullets: a list of short points, on one level or several."""

import re
from collections.abc import Iterator, Sequence
from typing import Self

from pydantic import Field, model_validator

from signals.pieces import Piece
from templates.blocks import rich_text
from templates.blocks.base import (
    AnswerForm,
    BlockType,
    Count,
    EditorForm,
    Example,
    Find,
    Fixed,
    Json,
    Strict,
    UnreadableAnswer,
    count_words,
    object_schema,
)
from templates.blocks.json_answer import read_json, read_json_so_far, read_plain
from templates.blocks.rich_text import Node
from templates.word.body import Body, Run
from templates.word.parts import ListItem, Part

_DEEPEST = 8
_POINT_SIGN = re.compile(r"^[-*•–]\s+")
_LETTERS_A_WORD = 9
# The offline writer's points, where more may be asked for.
_ENOUGH = 6
# Words a point, on average, above which a list of a Word file is running text.
_LONG_POINTS = 40


class BulletsSettings(Strict):
    """How many points, how long, how deep."""

    min_items: int = Field(0, ge=0, le=200, title="At least, in points")
    max_items: int = Field(10, ge=1, le=200, title="At most, in points")
    max_words: int = Field(40, ge=1, le=1000, title="Words in a point, at most")
    levels: int = Field(1, ge=1, le=4, title="Levels")

    @model_validator(mode="after")
    def _limits_leave_room(self) -> Self:
        if self.min_items > self.max_items:
            raise ValueError("more points are asked for at least than at most")
        return self


class Item(Strict):
    """One point and those below it."""

    text: str
    items: list["Item"] = []


class BulletsValue(Strict):
    """The points of the first level, each with those below it."""

    items: list[Item]


class Bullets(BlockType[BulletsSettings, BulletsValue]):
    """A list of points."""

    kind = "bullets"
    name = "Bullets"
    about = "Short points, one below the other"
    prose = True
    forms = ("bullets", "list")
    Settings = BulletsSettings
    Value = BulletsValue

    def ask(self, settings: BulletsSettings) -> AnswerForm:
        least = f"between {settings.min_items} and" if settings.min_items else "at most"
        words = (
            f'Answer with JSON only: an object with "items", a list of {least} {settings.max_items} points, '
            f"each a plain text of at most {settings.max_words} words, each saying something different. "
            "Stop after the last point. "
        )
        if settings.levels > 1:
            words += (
                'Each point is an object with "text", and "items": the points below it, '
                f"an empty list where there are none; at most {settings.levels} levels in all. "
            )
        if not settings.min_items:
            words += "If the documents say nothing on this, the list is empty."
        tokens = 60 + settings.max_items * (settings.max_words * 2 + 10) * min(settings.levels, 2)
        return AnswerForm(words, min(tokens, 8000), _answer_schema(settings))

    def read_answer(self, answer: str, settings: BulletsSettings) -> BulletsValue:
        return _read_points(read_json(answer))

    def read_partial(self, answer: str, settings: BulletsSettings) -> BulletsValue | None:
        try:
            value = _read_points(read_json_so_far(answer))
        except UnreadableAnswer:
            return None
        return value if value.items else None

    def problems(self, value: BulletsValue, settings: BulletsSettings) -> list[str]:
        found = []
        if len(value.items) > settings.max_items:
            found.append(f"There are {len(value.items)} points; at most {settings.max_items} were asked for.")
        if len(value.items) < settings.min_items:
            found.append(
                f"There are {len(value.items)} points; at least {settings.min_items} were asked for."
            )
        seen: set[str] = set()
        for address, item in _walk(value.items):
            if count_words(item.text) > settings.max_words:
                found.append(
                    f"Point {address} has {count_words(item.text)} words; "
                    f"at most {settings.max_words} were asked for."
                )
            if item.text.casefold() in seen:
                found.append(f"Point {address} stands in the list already.")
            seen.add(item.text.casefold())
            if address.count(".") == settings.levels:
                found.append(f"Point {address} is below the {settings.levels} levels asked for.")
        return found

    def text(self, value: BulletsValue) -> str:
        return "\n".join(f"{'  ' * address.count('.')}- {item.text}" for address, item in _walk(value.items))

    def pieces(self, value: BulletsValue) -> list[Piece]:
        return [
            Piece(f"point {address}", item.text) for address, item in _walk(value.items) if item.text.strip()
        ]

    def draft_offline(self, about: str, settings: BulletsSettings, find: Find) -> BulletsValue:
        room = min(settings.max_items, max(settings.min_items, _ENOUGH))
        # A list that may be empty is better empty than beside the point.
        found = find.sentences(about, room, settings.max_words, near=not settings.min_items)
        if not found and not settings.min_items:
            raise UnreadableAnswer("Nothing in the documents fits this block.")
        return BulletsValue(items=[Item(text=text) for text in found])

    def editor(self, settings: BulletsSettings) -> EditorForm:
        return EditorForm("bulletList", levels=settings.levels)

    def to_editor(self, value: BulletsValue, settings: BulletsSettings) -> Json:
        return rich_text.doc([_editor_list(value.items)]).model_dump()

    def from_editor(self, doc: Json, settings: BulletsSettings) -> BulletsValue:
        content = rich_text.read_doc(doc).content
        return BulletsValue(items=[item for child in content for item in _from_editor_list(child)])

    def write_word(self, value: BulletsValue, settings: BulletsSettings, body: Body) -> None:
        number = body.new_list(ordered=False)
        for address, item in _walk(value.items):
            body.list_item([Run(item.text)], address.count("."), number)

    def propose_from_word(self, parts: Sequence[Part]) -> Example[BulletsSettings, BulletsValue] | None:
        items = [part for part in parts if isinstance(part, ListItem)]
        words = [count_words(item.text) for item in items]
        # Numbered clauses are running text, whatever Word counts before them.
        if not items or len(items) < len(parts) or sum(words) > _LONG_POINTS * len(items):
            return None
        value = BulletsValue(items=_nest([(item.level, item.text) for item in items]))
        deepest = max(address.count(".") for address, _ in _walk(value.items))
        settings = BulletsSettings(
            max_items=min(max(5, 2 * len(value.items)), 200),
            max_words=min(max(15, round(max(words) * 1.25)), 1000),
            levels=min(4, deepest + 1),
        )
        return Example(settings, value)

    def fixed(self, settings: BulletsSettings) -> Fixed:
        points = Count("points", settings.min_items, settings.max_items)
        return Fixed(counts=(points, Count("words", 0, settings.max_words, each=True)))

    def example(self) -> Example[BulletsSettings, BulletsValue]:
        below = [Item(text="The roof is the largest.")]
        return Example(
            BulletsSettings(max_items=6, max_words=25, levels=2),
            BulletsValue(
                items=[
                    Item(text="Repairs cost more than planned.", items=below),
                    Item(text="One tenant may leave in March."),
                ]
            ),
        )


def _answer_schema(settings: BulletsSettings) -> Json:
    text: Json = {"type": "string", "maxLength": settings.max_words * _LETTERS_A_WORD}
    item = text if settings.levels == 1 else {"type": "object"}
    for level in range(settings.levels if settings.levels > 1 else 0):
        properties: Json = {"text": text}
        if level:
            properties["items"] = {"type": "array", "items": item, "maxItems": settings.max_items}
        item = object_schema(properties)
    items: Json = {"type": "array", "items": item, "maxItems": settings.max_items}
    if settings.min_items:
        items["minItems"] = settings.min_items
    return object_schema({"items": items})


def _read_points(data: object) -> BulletsValue:
    items = data.get("items") if isinstance(data, dict) else data
    if not isinstance(items, list):
        raise UnreadableAnswer('The answer has no "items" list.')
    return BulletsValue(items=_read_items(items, _DEEPEST))


def _read_items(items: Sequence[object], deepest: int) -> list[Item]:
    if not deepest:
        raise UnreadableAnswer("The points are nested too deep.")
    read = [_read_item(item, deepest) for item in items]
    # A point said again to the letter says nothing: small models fill a list up with them.
    once: dict[str, Item] = {}
    for item in read:
        once.setdefault(f"{item.text.casefold()} {item.items}", item)
    return [item for item in once.values() if item.text or item.items]


def _read_item(data: object, deepest: int) -> Item:
    if isinstance(data, str):
        return Item(text=_POINT_SIGN.sub("", read_plain(data)))
    if isinstance(data, dict) and isinstance(data.get("text"), str):
        below = data.get("items") or []
        if isinstance(below, list):
            text = _POINT_SIGN.sub("", read_plain(data["text"]))
            return Item(text=text, items=_read_items(below, deepest - 1) if below else [])
    raise UnreadableAnswer('A point is neither a text nor an object with "text" and "items".')


def _nest(lines: Sequence[tuple[int, str]]) -> list[Item]:
    """Points from lines with their levels; one that stands too deep stands below the point above it."""
    points: list[Item] = []
    n = 0
    while n < len(lines):
        level, text = lines[n]
        end = n + 1
        while end < len(lines) and lines[end][0] > level:
            end += 1
        points.append(Item(text=text, items=_nest(lines[n + 1 : end])))
        n = end
    return points


def _walk(items: Sequence[Item], above: str = "") -> Iterator[tuple[str, Item]]:
    for number, item in enumerate(items, 1):
        yield f"{above}{number}", item
        yield from _walk(item.items, f"{above}{number}.")


def _editor_list(items: Sequence[Item]) -> Node:
    entries = [
        Node(
            type="listItem",
            content=(rich_text.paragraph(item.text), *([_editor_list(item.items)] if item.items else [])),
        )
        for item in items
    ]
    empty = Node(type="listItem", content=(rich_text.paragraph(""),))
    return Node(type="bulletList", content=tuple(entries) or (empty,))


def _from_editor_list(node: Node) -> list[Item]:
    """The points in a list; loose paragraphs are points too, so nothing typed is lost."""
    if node.type == "listItem":
        texts = [child for child in node.content if child.type not in ("bulletList", "orderedList")]
        lists = [child for child in node.content if child.type in ("bulletList", "orderedList")]
        text = "\n".join(rich_text.plain(child) for child in texts)
        below = [item for child in lists for item in _from_editor_list(child)]
        return [Item(text=text, items=below)] if text.strip() or below else []
    if node.type in ("bulletList", "orderedList"):
        return [item for child in node.content for item in _from_editor_list(child)]
    text = rich_text.plain(node)
    return [Item(text=text)] if text.strip() else []
