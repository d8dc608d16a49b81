"""Tiptap documents: the nodes and marks that may be stored, and the ways through them."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_serializer,
)

from signals.clean import clean_text
from templates.blocks.base import Json, UnreadableAnswer, first_error
from templates.word.body import Run

NODES = Literal[
    "doc",
    "paragraph",
    "heading",
    "bulletList",
    "orderedList",
    "listItem",
    "blockquote",
    "table",
    "tableRow",
    "tableHeader",
    "tableCell",
    "hardBreak",
    "text",
]
_BLOCKS = frozenset(["paragraph", "heading", "bulletList", "orderedList", "blockquote", "table"])
_INLINE = frozenset(["text", "hardBreak"])
# What each node may hold: an editor refuses, and Word would lose, anything else.
_HOLDS: dict[str, frozenset[str]] = {
    "doc": _BLOCKS,
    "blockquote": _BLOCKS,
    "listItem": _BLOCKS,
    "tableHeader": _BLOCKS,
    "tableCell": _BLOCKS,
    "paragraph": _INLINE,
    "heading": _INLINE,
    "bulletList": frozenset(["listItem"]),
    "orderedList": frozenset(["listItem"]),
    "table": frozenset(["tableRow"]),
    "tableRow": frozenset(["tableHeader", "tableCell"]),
}
_MARK_ORDER = ("link", "bold", "italic", "strike", "underline")
_DEEPEST = 60
LINK_SCHEMES = ("http://", "https://", "mailto:")


class Attributes(BaseModel):
    """What a node or mark may carry; anything else an editor adds is dropped."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    level: int | None = Field(None, ge=1, le=6)
    start: int | None = Field(None, ge=0, le=999_999_999)
    href: str | None = None
    align: Annotated[
        Literal["right"] | None, BeforeValidator(lambda said: said if said == "right" else None)
    ] = None


class Mark(BaseModel):
    """How a text looks."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    type: Literal["bold", "italic", "underline", "strike", "link"]
    attrs: Attributes | None = None

    @field_validator("attrs")
    @classmethod
    def _no_empty_attributes(cls, attrs: Attributes | None) -> Attributes | None:
        return attrs if attrs != Attributes() else None

    @model_serializer
    def _dump(self) -> dict[str, Any]:
        return _without_empty(self)


class Node(BaseModel):
    """One node of a Tiptap document, by allow-list."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    type: NODES
    attrs: Attributes | None = None
    content: tuple["Node", ...] = ()
    marks: tuple[Mark, ...] = ()
    text: Annotated[str, AfterValidator(clean_text)] = ""

    @field_validator("attrs")
    @classmethod
    def _no_empty_attributes(cls, attrs: Attributes | None) -> Attributes | None:
        return attrs if attrs != Attributes() else None

    # Run for the nodes alone that hold something: a long report has many that do not.
    @field_validator("content")
    @classmethod
    def _holds_what_it_may(cls, content: tuple["Node", ...], info: ValidationInfo) -> tuple["Node", ...]:
        kind = info.data.get("type", "")
        allowed = _HOLDS.get(kind, frozenset())
        has_empty = False
        for node in content:
            if node.type not in allowed:
                raise ValueError(f"a {kind} cannot hold a {node.type}")
            has_empty |= node.type == "text" and not node.text
        return tuple(node for node in content if node.type != "text" or node.text) if has_empty else content

    @field_validator("marks", mode="before")
    @classmethod
    def _each_known_mark_once(cls, marks: Any) -> Any:
        if not isinstance(marks, list | tuple):
            return marks
        read = [_read_mark(mark) if isinstance(mark, dict) else mark for mark in marks]
        if len(read) < 2 or not all(isinstance(mark, Mark | None) for mark in read):
            return [mark for mark in read if mark is not None]
        kinds = {mark.type: mark for mark in read if mark is not None}
        return [kinds[kind] for kind in _MARK_ORDER if kind in kinds]

    @model_serializer
    def _dump(self) -> dict[str, Any]:
        return _without_empty(self)


_PLAIN_MARKS: dict[str, Mark] = {
    kind: Mark.model_validate({"type": kind}) for kind in _MARK_ORDER if kind != "link"
}


def _read_mark(data: Json) -> Mark | None:
    """The mark that an editor sent; None for one that is not known or leads nowhere it may."""
    if not data.get("attrs") and (plain := _PLAIN_MARKS.get(str(data.get("type")))):
        return plain
    try:
        mark = Mark.model_validate(data)
    except ValidationError:
        return None
    return mark if is_safe(mark) else None


def is_safe(mark: Mark) -> bool:
    """Whether a mark may stand: a link only leads to the web or to a mailbox."""
    href = mark.attrs.href if mark.attrs else None
    return mark.type != "link" or bool(href and href.lower().startswith(LINK_SCHEMES))


def _without_empty(model: Mark | Node) -> dict[str, Any]:
    data: dict[str, Any] = {"type": model.type}
    if model.attrs is not None:
        data["attrs"] = model.attrs.model_dump(exclude_none=True)
    if isinstance(model, Node):
        if model.content:
            data["content"] = [_without_empty(node) for node in model.content]
        if model.marks:
            data["marks"] = [_without_empty(mark) for mark in model.marks]
        if model.type == "text":
            data["text"] = model.text
    return data


def read_doc(data: object) -> Node:
    """The document that an editor sent. Raises `UnreadableAnswer`."""
    if _depth(data) > _DEEPEST:
        raise UnreadableAnswer("The text is nested too deep.")
    try:
        node = Node.model_validate(data)
    except ValidationError as error:
        raise UnreadableAnswer(first_error(error)) from error
    if node.type != "doc":
        raise UnreadableAnswer("This is not a document.")
    return node


def _depth(data: object) -> int:
    """How deep `data` is nested, counted no further than matters."""
    depth, level = 0, [data]
    while level and depth <= _DEEPEST:
        depth += 1
        contents = [one["content"] for one in level if isinstance(one, dict) and "content" in one]
        level = [child for content in contents if isinstance(content, list | tuple) for child in content]
    return depth


def doc(content: Sequence[Node]) -> Node:
    """A document; never empty, so that an editor has a place for the cursor."""
    return Node(type="doc", content=tuple(content) or (paragraph(""),))


def paragraph(text: str) -> Node:
    """A paragraph of plain text; a newline is a line break."""
    return Node(type="paragraph", content=tuple(inline(text)))


def inline(text: str, marks: Sequence[Mark] = ()) -> Iterator[Node]:
    """Text nodes with `marks`, a hard break at each newline."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Node(type="hardBreak")
        if line:
            yield Node(type="text", text=line, marks=tuple(marks))


def plain(node: Node) -> str:
    """The text of a node: paragraphs apart by newlines, marks dropped."""
    if node.type == "text":
        return node.text
    if node.type == "hardBreak":
        return "\n"
    apart = "" if node.type in ("paragraph", "heading") else "\n"
    return apart.join(plain(child) for child in node.content)


def runs(node: Node) -> list[Run]:
    """The runs of a paragraph, heading or the like, for Word."""
    return [_run(child) for child in node.content if child.type in ("text", "hardBreak")]


def _run(node: Node) -> Run:
    if node.type == "hardBreak":
        return Run("\n")
    if not node.marks:
        return Run(node.text)
    kinds = {mark.type for mark in node.marks}
    link = next((mark.attrs.href for mark in node.marks if mark.type == "link" and mark.attrs), None)
    return Run(
        node.text,
        bold="bold" in kinds,
        italic="italic" in kinds,
        underline="underline" in kinds,
        strike="strike" in kinds,
        link=link,
    )
