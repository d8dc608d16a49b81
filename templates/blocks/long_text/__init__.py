"""Long text: paragraphs, headings, lists and quotes, written as Markdown, kept as a Tiptap document."""

from collections.abc import Sequence

from pydantic import Field, ValidationError

from signals.sentences import split_sentences
from templates.blocks.base import (
    AnswerForm,
    BlockType,
    Example,
    Find,
    Json,
    Piece,
    Strict,
    UnreadableAnswer,
    count_words,
    first_error,
)
from templates.blocks.long_text.markdown import read_markdown
from templates.blocks.long_text.word import write_nodes
from templates.blocks.rich_text import Node, doc, paragraph, plain
from templates.word.body import Body
from templates.word.parts import Heading, ListItem, Paragraph, Part


class LongTextSettings(Strict):
    """How long the text may be."""

    min_words: int = Field(0, ge=0, title="At least, in words")
    max_words: int | None = Field(None, ge=1, title="At most, in words")


class LongTextValue(Strict):
    """A Tiptap document."""

    doc: Node


class LongText(BlockType[LongTextSettings, LongTextValue]):
    """Prose."""

    kind = "long_text"
    name = "Long text"
    Settings = LongTextSettings
    Value = LongTextValue

    def ask(self, settings: LongTextSettings) -> AnswerForm:
        words = "Write the text itself in plain Markdown: paragraphs, and lists only where they help."
        if settings.min_words and settings.max_words:
            words += f" Between {settings.min_words} and {settings.max_words} words."
        elif settings.max_words:
            words += f" At most {settings.max_words} words."
        elif settings.min_words:
            words += f" At least {settings.min_words} words."
        words += " No title, no table, no introduction to your answer, no closing remark."
        return AnswerForm(words, max_tokens=2 * (settings.max_words or 2000) + 200)

    def read_answer(self, answer: str, settings: LongTextSettings) -> LongTextValue:
        value = LongTextValue(doc=read_markdown(answer))
        if not plain(value.doc).strip():
            raise UnreadableAnswer("The answer is empty.")
        return value

    def read_partial(self, answer: str, settings: LongTextSettings) -> LongTextValue | None:
        return LongTextValue(doc=read_markdown(answer))

    def problems(self, value: LongTextValue, settings: LongTextSettings) -> list[str]:
        words = count_words(self.text(value))
        found = []
        if settings.max_words and words > settings.max_words:
            found.append(f"The text has {words} words; at most {settings.max_words} were asked for.")
        if words < settings.min_words:
            found.append(f"The text has {words} words; at least {settings.min_words} were asked for.")
        if _holds_table(value.doc):
            found.append("The text holds a table; write it as sentences or a list.")
        return found

    def text(self, value: LongTextValue) -> str:
        return plain(value.doc)

    def pieces(self, value: LongTextValue) -> list[Piece]:
        blocks = [line for line in self.text(value).split("\n") if line.strip()]
        sentences = [sentence for block in blocks for sentence in split_sentences(block)]
        return [Piece(f"sentence {number}", text) for number, text in enumerate(sentences, 1)]

    def draft_offline(self, about: str, settings: LongTextSettings, find: Find) -> LongTextValue:
        room = settings.max_words or 150
        chosen: list[str] = []
        for sentence in find.sentences(about, limit=max(2, room // 20)):
            words = count_words(sentence)
            if words <= room:
                chosen.append(sentence)
                room -= words
        if not chosen:
            raise UnreadableAnswer("Nothing in the documents fits this block.")
        return LongTextValue(doc=doc([paragraph(" ".join(chosen))]))

    def to_editor(self, value: LongTextValue, settings: LongTextSettings) -> Json:
        return value.doc.model_dump()

    def from_editor(self, doc: Json, settings: LongTextSettings) -> LongTextValue:
        try:
            return LongTextValue(doc=Node.model_validate(_without_tables(doc)))
        except ValidationError as error:
            raise UnreadableAnswer(first_error(error)) from error

    def write_word(self, value: LongTextValue, settings: LongTextSettings, body: Body) -> None:
        write_nodes(value.doc.content, body)

    def propose_from_word(self, parts: Sequence[Part]) -> LongTextSettings | None:
        texts = [part.text for part in parts if isinstance(part, Paragraph | ListItem | Heading)]
        if len(texts) != len(parts) or not any(isinstance(part, Paragraph) for part in parts):
            return None
        words = sum(count_words(text) for text in texts)
        return LongTextSettings(max_words=max(50, round(words * 1.25, -1)))

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


def _holds_table(node: Node) -> bool:
    """Two neighbouring paragraphs of cells: what a table in an answer was turned into."""
    rows = [child.type == "paragraph" and " | " in plain(child) for child in node.content]
    return any(first and second for first, second in zip(rows, rows[1:], strict=False))


def _without_tables(doc: Json) -> Json:
    """`doc` with each pasted table as one paragraph per row."""
    content: list[Json] = []
    for child in doc.get("content") or []:
        if isinstance(child, dict) and child.get("type") == "table":
            content += [paragraph(_row_text(row)).model_dump() for row in child.get("content") or []]
        else:
            content.append(child)
    return {**doc, "content": content}


def _row_text(row: Json) -> str:
    cells = [Node.model_validate(cell) for cell in row.get("content") or []]
    return " | ".join(plain(cell).replace("\n", " ") for cell in cells)
