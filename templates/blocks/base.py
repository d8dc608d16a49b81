"""The contract of a kind: everything the product asks of a block type, and nothing else.

A kind is one file with one subclass of `BlockType`, listed in `templates/blocks/__init__.py`.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from signals.pieces import Piece
from templates.word.body import Body
from templates.word.parts import Part

Json = dict[str, Any]


class Strict(BaseModel):
    """A pydantic model that refuses unknown keys and cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


S = TypeVar("S", bound=Strict)
V = TypeVar("V", bound=Strict)


@dataclass(frozen=True)
class AnswerForm:
    """How an answer must look: `words` for the prompt, `schema` where it is JSON, `max_tokens` enough."""

    words: str
    max_tokens: int
    schema: Json | None = None


@dataclass(frozen=True)
class EditorForm:
    """What may be typed in a block: `content` is what its document holds, as a ProseMirror expression.

    An empty `content` means native controls, drawn by the kind's own fragment. `marks`: bold, links and the
    like. `levels` of a list. A table has at least `min_rows` and at most `max_rows`, and keeps its columns
    unless they are `open_columns`.
    """

    content: str
    marks: bool = False
    levels: int = 1
    min_rows: int = 0
    max_rows: int = 0
    open_columns: bool = False


Form = Literal["prose", "list", "bullets", "table", "choice", "date"]


@dataclass(frozen=True)
class Count:
    """How many of something the settings allow; with `each`, in every point rather than in all."""

    of: Literal["words", "points", "rows", "columns", "options"]
    least: int = 0
    most: int | None = None
    each: bool = False


@dataclass(frozen=True)
class Fixed:
    """What settings fix already, so that instructions cannot ask for anything else."""

    counts: tuple[Count, ...] = ()
    columns: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Example(Generic[S, V]):
    """Settings and a value that fits them: as the palette shows the kind, or as a Word file holds them."""

    settings: S
    value: V


class UnreadableAnswer(ValueError):
    """The answer cannot become a value; the message is a sentence the model can act on."""


@dataclass(frozen=True)
class WantedColumn:
    """A column to find cells for: its name, what stands in it, and text, number, money or date."""

    name: str
    about: str = ""
    type: str = "text"


class Find(Protocol):
    """What the offline writer can find in the documents. It never makes up a word."""

    def sentences(
        self, about: str, limit: int, most_words: int = 60, in_all: int | None = None, near: bool = False
    ) -> list[str]:
        """At most `limit` sentences nearest to `about`, in the order of the documents.

        Each of at most `most_words`, together of at most `in_all`; with `near`, none that has little to do
        with `about`.
        """

    def rows(
        self, columns: Sequence[WantedColumn], about: str, limit: int, least: int = 0
    ) -> list[list[str]]:
        """At most `limit` rows, one cell a column ("" where nothing was found); `least` are asked for."""

    def nearest(self, about: str, options: Sequence[str]) -> list[float]:
        """How near each option stands to what the documents say on `about`, 0 to 1."""


class BlockType(ABC, Generic[S, V]):
    """One kind of block. Instances hold nothing; one per kind stands in the registry."""

    kind: ClassVar[str]
    name: ClassVar[str]
    # What it is good for, as the palette says it.
    about: ClassVar[str] = ""
    # Said in whole sentences: no two such blocks of a report should say the same ones.
    prose: ClassVar[bool] = False
    # What instructions may ask for by name, its own form first; none where that is left open.
    forms: ClassVar[tuple[Form, ...]] = ()
    Settings: type[S]
    Value: type[V]

    @abstractmethod
    def ask(self, settings: S) -> AnswerForm:
        """How the answer must look, and room enough for it."""

    @abstractmethod
    def read_answer(self, answer: str, settings: S) -> V:
        """The value in a whole answer. Raises `UnreadableAnswer`."""

    def read_partial(self, answer: str, settings: S) -> V | None:
        """What can be shown of an answer still being written; None while nothing can. Raises nothing.

        Its pieces are beginnings of what will stand there. By default nothing is shown before all is.
        """
        try:
            return self.read_answer(answer, settings)
        except UnreadableAnswer:
            return None

    @abstractmethod
    def problems(self, value: V, settings: S) -> list[str]:
        """A sentence for each limit or rule the value breaks."""

    @abstractmethod
    def text(self, value: V) -> str:
        """The value as plain text."""

    @abstractmethod
    def pieces(self, value: V) -> list[Piece]:
        """The value's addressable parts, in reading order."""

    @abstractmethod
    def draft_offline(self, about: str, settings: S, find: Find) -> V:
        """A value picked from the documents without a language model. Raises `UnreadableAnswer`."""

    @abstractmethod
    def editor(self, settings: S) -> EditorForm:
        """What may be typed in it."""

    @abstractmethod
    def to_editor(self, value: V, settings: S) -> Json:
        """The value as a Tiptap document."""

    @abstractmethod
    def from_editor(self, doc: Json, settings: S) -> V:
        """The value in what an editor sent. Raises `UnreadableAnswer`."""

    def show(self, value: V, settings: S, language: str) -> V:
        """The value as a reader of `language` sees it, on the page and in Word; what is stored stays."""
        return value

    @abstractmethod
    def write_word(self, value: V, settings: S, body: Body) -> None:
        """Append the value to the body of a Word document."""

    def propose_from_word(self, parts: Sequence[Part]) -> Example[S, V] | None:
        """Settings of a block that would write `parts`, and the value they are; None if they do not fit."""
        return None

    def fixed(self, settings: S) -> Fixed:
        """What the settings fix already: advice on instructions that say otherwise rests on it."""
        return Fixed()

    @abstractmethod
    def example(self) -> Example[S, V]:
        """A small, believable example of the kind."""

    def load_value(self, data: object) -> V:
        """A stored value. Raises `UnreadableAnswer` when it is not of this kind's shape."""
        try:
            return self.Value.model_validate(data)
        except ValidationError as error:
            raise UnreadableAnswer(first_error(error)) from error


def object_schema(properties: Json) -> Json:
    """The JSON Schema of an object with all of these properties, in this order, and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def first_error(error: ValidationError) -> str:
    """The first thing wrong, as a sentence: where it stands and what it is."""
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{place}: {message}." if place else f"{message[:1].upper()}{message[1:]}."


def count_words(text: str) -> int:
    """How many words a reader would count."""
    return len(text.split())
