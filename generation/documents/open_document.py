"""OpenDocument texts (.odt): headings, lists, tables and notes, with tracked changes accepted."""

from collections.abc import Iterator
from pathlib import Path

from generation.documents import refusals
from generation.documents.builder import TextBuilder
from generation.documents.parts import add_parts
from generation.documents.passages import ReadDocument
from generation.documents.zipped import Element, ZippedFile, attribute, local
from templates.word.parts import Heading, ListItem, Paragraph, Part, Table

# What was deleted, remarks of reviewers, and what only repeats the headings.
_OUT = "tracked-changes annotation annotation-end table-of-content alphabetical-index forms sequence-decls"
_ALSO_OUT = "variable-decls user-field-decls desc title ruby-text hidden-text"
_LEFT_OUT = frozenset((*_OUT.split(), *_ALSO_OUT.split()))
_DEEPEST = 60
_MOST_REPEATED = 1_000
_MOST_CELLS = 500_000


def read_odt(path: Path, name: str) -> ReadDocument:
    with ZippedFile(path, name) as file:
        content = open_content(file, name)
    body = content.find("{*}body/{*}text")
    if body is None:
        raise refusals.damaged(name)
    builder = TextBuilder()
    add_parts(builder, _Reader().read(body))
    return builder.finish()


def open_content(file: ZippedFile, name: str) -> Element:
    """The root of the content; a locked file has content, but no XML in it."""
    manifest = file.data("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise refusals.protected(name)
    content = file.xml("content.xml")
    if content is None:
        raise refusals.damaged(name)
    return content


class _Reader:
    """Walks the text; notes and boxes wait until the paragraph they stand in has ended."""

    def __init__(self) -> None:
        self._waiting: list[Part] = []
        self._cells = 0

    def read(self, element: Element, level: int = -1, depth: int = 0) -> Iterator[Part]:
        """The parts in an element; `level` is that of the list around it, -1 outside any."""
        for child in element:
            kind = local(child.tag)
            if kind in _LEFT_OUT or depth > _DEEPEST:
                continue
            if kind in ("h", "p"):
                yield from self._read_paragraph(child, kind, level, depth)
            elif kind == "table":
                yield self._read_table(child, depth)
            else:
                # Sections, lists and their items, frames and boxes only hold what is read.
                yield from self.read(child, level + (kind == "list"), depth + 1)

    def _read_paragraph(self, paragraph: Element, kind: str, level: int, depth: int) -> Iterator[Part]:
        text = "".join(self._read_text(paragraph, depth)).strip()
        if text:
            outline = attribute(paragraph, "outline-level")
            if kind == "h":
                yield Heading(text, int(outline) if outline.isdecimal() else 1)
            elif level >= 0:
                yield ListItem(text, min(level, 9))
            else:
                yield Paragraph(text)
        waiting, self._waiting = self._waiting, []
        yield from waiting

    def _read_text(self, element: Element, depth: int) -> Iterator[str]:
        """What stands in a paragraph; spaces count as one unless they are written as such."""
        yield _squeeze(element.text)
        for child in element:
            kind = local(child.tag)
            if kind == "s":
                count = attribute(child, "c")
                yield " " * min(int(count) if count.isdecimal() else 1, 100)
            elif kind == "tab":
                yield "\t"
            elif kind == "line-break":
                yield "\n"
            elif kind == "note":
                yield from self._read_note(child, depth)
            elif kind in ("frame", "custom-shape", "text-box", "rect", "g"):
                self._waiting += [*_Reader().read(child, depth=depth + 1)]
            elif kind not in _LEFT_OUT and depth < _DEEPEST:
                yield from self._read_text(child, depth + 1)
            yield _squeeze(child.tail)

    def _read_note(self, note: Element, depth: int) -> Iterator[str]:
        mark = "".join(citation.text or "" for citation in note.iterchildren("{*}note-citation"))
        body = note.find("{*}note-body")
        if body is not None:
            text = _join(_Reader().read(body, depth=depth + 1))
            self._waiting.append(Paragraph(f"[{mark}] {text}"))
        yield f"[{mark}]"

    def _read_table(self, table: Element, depth: int) -> Table:
        """A cell over several columns or rows is copied into each, as in Word tables."""
        rows: list[list[str]] = []
        copies: set[tuple[int, int]] = set()
        below: dict[int, tuple[int, str]] = {}
        for row in _find_rows(table, depth):
            texts: list[str] = []
            for cell in row:
                if local(cell.tag) == "covered-table-cell":
                    covered = repeats(cell, "number-columns-repeated", _MOST_REPEATED)
                    for _ in range(covered):
                        left, text = below.get(len(texts), (0, ""))
                        if left:
                            below[len(texts)] = (left - 1, text)
                        copies.add((len(rows), len(texts)))
                        texts.append(text if left else (texts[-1] if texts else ""))
                elif local(cell.tag) == "table-cell":
                    self._add_cell(cell, texts, below, depth)
            self._cells += len(texts)
            if self._cells > _MOST_CELLS:
                break
            rows.append(texts)
        width = max(map(len, rows), default=0)
        return Table(tuple((*row, *("",) * (width - len(row))) for row in rows), frozenset(copies))

    def _add_cell(
        self, cell: Element, texts: list[str], below: dict[int, tuple[int, str]], depth: int
    ) -> None:
        text = _join(_Reader().read(cell, depth=depth + 1)) if len(cell) else ""
        down = repeats(cell, "number-rows-spanned", _MOST_REPEATED) - 1
        across = repeats(cell, "number-columns-spanned", _MOST_REPEATED)
        for _ in range(repeats(cell, "number-columns-repeated", _MOST_REPEATED)):
            for offset in range(across if down else 0):
                below[len(texts) + offset] = (down + (offset > 0), text)
            texts.append(text)


def _find_rows(table: Element, depth: int) -> Iterator[Element]:
    for child in table:
        kind = local(child.tag)
        if kind == "table-row":
            yield child
        elif kind in ("table-rows", "table-header-rows", "table-row-group") and depth < _DEEPEST:
            yield from _find_rows(child, depth + 1)


def _join(parts: Iterator[Part]) -> str:
    """The parts of a cell or note as one text; a table in it has its cells apart by bars."""
    lines = []
    for part in parts:
        if isinstance(part, Table):
            lines += [" | ".join(row) for row in part.rows]
        elif isinstance(part, ListItem):
            lines.append(f"- {part.text}")
        elif isinstance(part, Heading | Paragraph):
            lines.append(part.text)
    return "\n".join(lines)


def _squeeze(text: str | None) -> str:
    return " ".join(f"|{text}|".split())[1:-1] if text else ""


def repeats(element: Element, name: str, most: int) -> int:
    """How often a row or cell stands there, at least once."""
    written = attribute(element, name)
    return min(max(int(written), 1), most) if written.isdecimal() and len(written) < 12 else 1
