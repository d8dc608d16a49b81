"""Long text: paragraphs, headings, lists and quotes, written as Markdown, kept as a Tiptap document."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Self

from pydantic import Field, field_validator, model_validator

from signals.pieces import Piece
from signals.sentences import split_sentences
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
)
from templates.blocks.long_text.markdown import drop_open_marks, drop_title, read_markdown
from templates.blocks.long_text.word import read_parts, write_nodes
from templates.blocks.rich_text import Node, doc, paragraph, plain, read_doc
from templates.word.body import Body
from templates.word.parts import Heading, ListItem, Paragraph, Part

# Below so many words a text needs no headings of its own.
_ROOM_FOR_HEADINGS = 300
_WORDS_A_SENTENCE = 20
# A sentence of so many words is not said twice by chance.
_SAID_AGAIN = 5


class LongTextSettings(Strict):
    """How long the text may be."""

    min_words: int = Field(0, ge=0, le=20_000, title="At least, in words")
    max_words: int | None = Field(None, ge=1, le=20_000, title="At most, in words")

    @model_validator(mode="after")
    def _limits_leave_room(self) -> Self:
        if self.max_words and self.min_words > self.max_words:
            raise ValueError("more words are asked for at least than at most")
        return self


class LongTextValue(Strict):
    """A Tiptap document."""

    doc: Node

    @field_validator("doc")
    @classmethod
    def _is_document(cls, node: Node) -> Node:
        if node.type != "doc":
            raise ValueError("this is not a document")
        return node


class LongText(BlockType[LongTextSettings, LongTextValue]):
    """Prose."""

    kind = "long_text"
    name = "Long text"
    about = "Running text: paragraphs, and lists where you ask for one"
    prose = True
    forms = ("prose", "list", "bullets")
    Settings = LongTextSettings
    Value = LongTextValue

    def ask(self, settings: LongTextSettings) -> AnswerForm:
        most = settings.max_words or max(2000, 2 * settings.min_words)
        words = "Write the text itself in plain Markdown paragraphs of running sentences. "
        if most < _ROOM_FOR_HEADINGS:
            words += "No headings, no bold words, no numbering, no list unless one is asked for. "
        # Small models keep to a number of sentences, said last, far better than to a number of words.
        words += (
            "Start with the first sentence of the text: no title, no table, no remark on your answer. "
            f"Length: {_length(settings)}; then stop."
        )
        return AnswerForm(words, max_tokens=3 * most + 200)

    def read_answer(self, answer: str, settings: LongTextSettings) -> LongTextValue:
        value = LongTextValue(doc=drop_title(read_markdown(answer)))
        if not plain(value.doc).strip():
            raise UnreadableAnswer("The answer is empty.")
        return value

    def read_partial(self, answer: str, settings: LongTextSettings) -> LongTextValue | None:
        return LongTextValue(doc=drop_title(read_markdown(drop_open_marks(answer))))

    def problems(self, value: LongTextValue, settings: LongTextSettings) -> list[str]:
        words = count_words(self.text(value))
        found = []
        if settings.max_words and words > settings.max_words:
            found.append(f"The text has {words} words; at most {settings.max_words} were asked for.")
        if words < settings.min_words:
            found.append(f"The text has {words} words; at least {settings.min_words} were asked for.")
        if _holds_table(value.doc):
            found.append("The text holds a table; write it as sentences or a list.")
        said = [piece.text for piece in self.pieces(value)]
        for number, sentence in enumerate(said, 1):
            if count_words(sentence) >= _SAID_AGAIN and sentence in said[: number - 1]:
                found.append(f"Sentence {number} stands in the text already.")
        return found

    def text(self, value: LongTextValue) -> str:
        return plain(value.doc)

    def pieces(self, value: LongTextValue) -> list[Piece]:
        blocks = [line for line in self.text(value).split("\n") if line.strip()]
        sentences = [sentence for block in blocks for sentence in split_sentences(block)]
        return [Piece(f"sentence {number}", text) for number, text in enumerate(sentences, 1)]

    def draft_offline(self, about: str, settings: LongTextSettings, find: Find) -> LongTextValue:
        room = settings.max_words or 150
        chosen = find.sentences(about, limit=max(3, room // 15), most_words=room, in_all=room)
        if not chosen:
            raise UnreadableAnswer("Nothing in the documents fits this block.")
        return LongTextValue(doc=doc([paragraph(" ".join(chosen))]))

    def editor(self, settings: LongTextSettings) -> EditorForm:
        content = "(paragraph | heading | bulletList | orderedList | blockquote)+"
        return EditorForm(content, marks=True, levels=9)

    def to_editor(self, value: LongTextValue, settings: LongTextSettings) -> Json:
        return value.doc.model_dump()

    def from_editor(self, doc: Json, settings: LongTextSettings) -> LongTextValue:
        return LongTextValue(doc=_without_tables(read_doc(doc)))

    def write_word(self, value: LongTextValue, settings: LongTextSettings, body: Body) -> None:
        write_nodes(value.doc.content, body)

    def propose_from_word(self, parts: Sequence[Part]) -> Example[LongTextSettings, LongTextValue] | None:
        texts = [part for part in parts if isinstance(part, Paragraph | ListItem | Heading)]
        if len(texts) != len(parts) or all(isinstance(part, Heading) for part in parts):
            return None
        words = sum(count_words(part.text) for part in texts)
        most = min(max(50, round(words * 1.25, -1)), 20_000)
        return Example(LongTextSettings(max_words=most), LongTextValue(doc=doc(read_parts(texts))))

    def fixed(self, settings: LongTextSettings) -> Fixed:
        return Fixed(counts=(Count("words", settings.min_words, settings.max_words),))

    def example(self) -> Example[LongTextSettings, LongTextValue]:
        return Example(
            LongTextSettings(max_words=120),
            LongTextValue(
                doc=read_markdown(
                    "The committee **agreed the budget** and deferred the lease.\n\n"
                    "Two points stay open:\n\n- the roof survey\n- the *new* tenant\n\n"
                    "> Nobody objected.\n\nSee the [minutes](https://example.org/minutes)."
                )
            ),
        )


def _length(settings: LongTextSettings) -> str:
    least, most = settings.min_words, settings.max_words
    if most:
        sentences = max(1, round((least + most) / 2 / _WORDS_A_SENTENCE))
        said = f"between {least} and {most} words" if least else f"at most {most} words"
        return f"{said}, so about {sentences} sentence{'s' * (sentences > 1)}"
    return f"at least {least} words" if least else "as long as the matter needs"


def _holds_table(node: Node) -> bool:
    """Two neighbouring paragraphs of cells: what a table in an answer was turned into."""
    rows = [child.type == "paragraph" and " | " in plain(child) for child in node.content]
    return any(first and second for first, second in pairwise(rows)) or any(
        _holds_table(child) for child in node.content if child.type == "blockquote"
    )


def _without_tables(node: Node) -> Node:
    """`node` with each pasted table as one paragraph per row."""
    content: list[Node] = []
    for child in node.content:
        if child.type == "table":
            content += [paragraph(_row_text(row)) for row in child.content]
        else:
            content.append(_without_tables(child))
    if node.type == "doc":
        return doc(content)
    return node.model_copy(update={"content": tuple(content)})


def _row_text(row: Node) -> str:
    return " | ".join(plain(cell).replace("\n", " ") for cell in row.content)
