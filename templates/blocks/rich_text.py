"""Tiptap documents: the nodes and marks that may be stored, and the ways through them."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_serializer, model_validator

from signals.clean import clean_text
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
LINK_SCHEMES = ("http://", "https://", "mailto:")


class Attributes(BaseModel):
    """What a node or mark may carry; anything else an editor adds is dropped."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    level: int | None = None
    start: int | None = None
    href: str | None = None


class Mark(BaseModel):
    """How a text looks."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    type: Literal["bold", "italic", "underline", "strike", "link"]
    attrs: Attributes | None = None

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
    text: str = ""

    @model_validator(mode="before")
    @classmethod
    def _drop_unknown_marks(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("marks"):
            known = [mark for mark in data["marks"] if isinstance(mark, Mark) or _is_known(mark)]
            return {**data, "marks": known}
        return data

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.type == "text" and clean_text(self.text) != self.text:
            return self.model_copy(update={"text": clean_text(self.text)})
        return self

    @model_serializer
    def _dump(self) -> dict[str, Any]:
        return _without_empty(self)


def _is_known(mark: Any) -> bool:
    try:
        return not isinstance(mark, dict) or is_safe(Mark.model_validate(mark))
    except ValidationError:
        return False


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
            data["content"] = [node.model_dump() for node in model.content]
        if model.marks:
            data["marks"] = [mark.model_dump() for mark in model.marks]
        if model.type == "text":
            data["text"] = model.text
    return data


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
