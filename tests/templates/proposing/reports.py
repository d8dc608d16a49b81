"""Small reports of one form for tests, made with python-docx."""

from collections.abc import Callable, Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument

from templates.proposing import Proposal, Proposed, propose_template

Step = Callable[[WordDocument], object]


def report(*steps: Step) -> bytes:
    """A .docx of these steps, one after the other."""
    document, file = Document(), BytesIO()
    for step in steps:
        step(document)
    document.save(file)
    return file.getvalue()


def heading(text: str, level: int = 1) -> Step:
    return lambda document: document.add_heading(text, level)


def text(words: str, style: str | None = None) -> Step:
    return lambda document: document.add_paragraph(words, style)


def points(*words: str) -> Step:
    def add(document: WordDocument) -> None:
        for one in words:
            document.add_paragraph(one, "List Bullet")

    return add


def table(*rows: Sequence[str]) -> Step:
    def add(document: WordDocument) -> None:
        made = document.add_table(len(rows), len(rows[0]))
        for cells, row in zip(made.rows, rows, strict=True):
            for cell, words in zip(cells.cells, row, strict=True):
                cell.text = words

    return add


def propose(*files: bytes) -> Proposed:
    """What these reports propose together."""
    return propose_template([(f"report {n}.docx", data) for n, data in enumerate(files, 1)])[0]


def outline(proposals: Sequence[Proposal]) -> list[tuple[str, str]]:
    """What each proposal is (a block: its kind) and its text or title."""
    return [(one.kind or one.what, one.text) for one in proposals]
