"""Reads a Word file as headings, paragraphs, lists, tables and choices, in reading order."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from templates.word.package import Element, UnreadableWord, WordPackage, child, local, value
from templates.word.parts import Choice, Paragraph, Part
from templates.word.read.chunks import is_word, read_chunk
from templates.word.read.forms import Box, Control, choice_beside, read_control
from templates.word.read.inline import SKIPPED, Line, branch, read_line
from templates.word.read.lists import Counting
from templates.word.read.looks import read_looks
from templates.word.read.properties import Properties, list_place, make_part, read_properties
from templates.word.read.rows import (
    Cell,
    bare_choices,
    cell_text,
    is_header,
    is_layout,
    lay_out,
    make_cell,
    row_cells,
    skipped_columns,
    table_rows,
)

__all__ = ["UnreadableWord", "read_word", "read_word_and_warnings"]

_CONTENTS_STYLE = re.compile(r"toc [1-9]|table of figures", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[\t .…](?:\d+|[ivxlc]+)\s*\Z")
_HIDDEN = "The file holds hidden text, which was left out."
_IMPORTED = "Something imported into the file is in a form that cannot be read; it was left out."


def read_word(file: BinaryIO | Path) -> list[Part]:
    """What a .docx, .docm or .dotx says, tracked changes accepted. Raises `UnreadableWord`.

    Text boxes, footnotes and endnotes follow the paragraph they hang on; the notes and choices of a
    table follow the table; a table that mostly holds others only places them on the page. Headers,
    footers, comments, hidden text, tables of contents and placeholder texts are left out.
    """
    return read_word_and_warnings(file)[0]


def read_word_and_warnings(file: BinaryIO | Path) -> tuple[list[Part], list[str]]:
    """As `read_word`, with a sentence for each thing in the file that could not be read or was left out."""
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return read_word_and_warnings(opened)
    try:
        package = WordPackage(file)
        parts = _Walk(package, imports=True).read()
        return parts, list(dict.fromkeys(package.warnings))
    except RecursionError as error:
        raise UnreadableWord("The file nests its content too deeply to be read.") from error


class _Walk:
    """One pass over a document; what it read so far is handed down as `out`."""

    def __init__(self, package: WordPackage, imports: bool) -> None:
        self._package = package
        self._looks = read_looks(package)
        self._counting = Counting(self._looks.lists)
        self._notes: dict[tuple[str, str], Element] = {}
        self._imports = imports
        self._tables_open = 0
        # What must wait: pieces for the next paragraph, parts for the end of the outermost table, and
        # checkboxes for the name their row gives them.
        self._carried: list[str | Box | Choice] = []
        self._late: list[Part] = []
        self._bare: list[Box] = []
        self._late_before_cell = 0
        self._grown: Part | None = None

    def read(self) -> list[Part]:
        root = self._package.document()
        for kind in ("footnote", "endnote"):
            notes = self._package.optional(f"{kind}s")
            self._notes |= {
                (kind, value(note, "id") or ""): note
                for note in (notes if notes is not None else ())
                if len(note)
            }
        out: list[Part] = []
        self._blocks(root, out)
        self._end_carried(out)
        return out + self._late

    def _blocks(self, parent: Element, out: list[Part], box: Box | None = None) -> None:
        for found in parent:
            match local(found.tag):
                case "p":
                    self._paragraph(found, out, box)
                case "tbl":
                    self._end_carried(out)
                    self._table(found, out)
                case "sdt":
                    self._control(found, out)
                case "AlternateContent":
                    if (chosen := branch(found)) is not None:
                        self._blocks(chosen, out)
                case "altChunk":
                    self._chunk(found, out)
                case name if name not in SKIPPED:
                    self._blocks(found, out, box)

    def _paragraph(self, element: Element, out: list[Part], box: Box | None) -> None:
        if not len(element):
            return
        line = read_line(element, Line(hidden_styles=self._looks.hidden))
        if line.left_out:
            self._package.warnings.append(_HIDDEN)
        if box is not None:
            # The control around the paragraph is the checkbox; its text is the sign of one.
            line.pieces = [box, line.text.strip().lstrip("☐☑☒")]
        properties = read_properties(element)
        if properties.mark_deleted:
            self._carried += line.pieces
        else:
            self._end_paragraph(line, properties, out)
        for frame in line.frames:
            self._blocks(frame, out)
        for key in line.notes:
            note = self._notes.pop(key, None)
            if note is not None:
                self._blocks(note, self._late if self._tables_open else out)

    def _end_carried(self, out: list[Part]) -> None:
        """Add what was left for a paragraph that never came."""
        if self._carried:
            self._end_paragraph(Line(), Properties(), out)

    def _end_paragraph(self, line: Line, properties: Properties, out: list[Part]) -> None:
        """Add what a paragraph says, with what paragraphs whose mark was deleted left for it."""
        if self._carried:
            line.pieces = self._carried + line.pieces
            self._carried = []
        text = line.text
        place = list_place(properties, self._looks)
        number = self._counting.next(*place) if place else ""
        drops: list[Part] = [piece for piece in line.pieces if isinstance(piece, Choice)]
        boxes = [piece for piece in line.pieces if isinstance(piece, Box)]
        if self._tables_open:
            text = f"{number} {text}".strip() if number else text
            out += [Paragraph(text)] if text else []
            self._late += drops
            self._boxes_in_cell(line, boxes)
            return
        if boxes:
            self._boxes(line, properties, number, out)
        elif _says_something(line) and not self._is_contents(text, properties):
            out.append(make_part(text, properties, self._looks, number))
        out += drops

    def _is_contents(self, text: str, properties: Properties) -> bool:
        """Whether a line only repeats a heading and its page."""
        style = self._looks.style_name(properties.style)
        return bool(_CONTENTS_STYLE.fullmatch(style) and _PAGE_NUMBER.search(text))

    def _boxes(self, line: Line, properties: Properties, number: str, out: list[Part]) -> None:
        """Add the choice a line of boxes forms; one that follows another line of boxes goes on with it."""
        label, choice = choice_beside(line.pieces)
        if label or not choice.options:
            out.append(make_part(label or line.text, properties, self._looks, number))
        if choice.options:
            _add_choice(out, choice, joined=bool(out) and out[-1] is self._grown)
            self._grown = out[-1]

    def _boxes_in_cell(self, line: Line, boxes: list[Box]) -> None:
        _, choice = choice_beside(line.pieces) if boxes else ("", Choice((), ()))
        if choice.options:
            _add_choice(self._late, choice, joined=len(self._late) > self._late_before_cell)
        else:
            self._bare += boxes

    def _control(self, sdt: Element, out: list[Part]) -> None:
        control, content = read_control(sdt), child(sdt, "sdtContent")
        if content is None or control.contents or (control.placeholder and control.field is None):
            return
        if isinstance(control.field, Choice):
            inside: list[Part] = []
            self._tables_open += 1
            self._blocks(content, inside)
            self._tables_open -= 1
            self._add_drop(control, cell_text(inside), out)
        else:
            self._blocks(content, out, control.field)

    def _add_drop(self, control: Control, text: str, out: list[Part]) -> None:
        choice = control.filled(text)
        if self._tables_open and isinstance(choice, Choice):
            out += [Paragraph(chosen) for chosen in choice.chosen]
            self._late.append(choice)
        elif isinstance(choice, Choice):
            out.append(choice)

    def _table(self, table: Element, out: list[Part]) -> None:
        if not self._tables_open and is_layout(table):
            for row in table_rows(table):
                for cell, _ in row_cells(row):
                    self._blocks(cell, out)
                    self._end_carried(out)
            return
        self._tables_open += 1
        found = list(table_rows(table))
        rows = [self._row(row) for row in found]
        self._tables_open -= 1
        laid = lay_out(rows)
        if found and is_header(found[0]):
            laid = replace(laid, header=True)
        if any(text.strip() for row in laid.rows for text in row):
            out.append(laid)
        for n, choice in enumerate(bare_choices(rows)):
            _add_choice(self._late, choice, joined=n > 0 and len(choice.options) == 1)
        if not self._tables_open:
            out += self._late
            self._late = []

    def _row(self, row: Element) -> list[Cell]:
        cells = [self._cell(cell, control) for cell, control in row_cells(row)]
        return [*skipped_columns(row, "gridBefore"), *cells, *skipped_columns(row, "gridAfter")]

    def _cell(self, cell: Element, control: Control | None) -> Cell:
        waiting, self._bare = self._bare, []
        self._late_before_cell = len(self._late)
        inside: list[Part] = []
        self._blocks(cell, inside, control.field if control and isinstance(control.field, Box) else None)
        self._end_carried(inside)
        text = cell_text(inside)
        if control and isinstance(control.field, Choice):
            inside = []
            self._add_drop(control, text, inside)
            text = cell_text(inside)
        elif control and control.placeholder:
            text = ""
        bare, self._bare = self._bare, waiting
        return make_cell(cell, text, bare)

    def _chunk(self, chunk: Element, out: list[Part]) -> None:
        relation = self._package.relations.get(value(chunk, "id") or "")
        data = self._package.optional_bytes(relation.part) if relation and self._imports else None
        if data is None:
            self._package.warnings.append(_IMPORTED)
        elif is_word(data):
            out += self._read_imported(data)
        else:
            found = read_chunk(data)
            self._package.warnings += [] if found else [_IMPORTED]
            out += found

    def _read_imported(self, data: bytes) -> list[Part]:
        try:
            package = WordPackage(BytesIO(data))
            parts = _Walk(package, imports=False).read()
        except UnreadableWord:
            self._package.warnings.append(_IMPORTED)
            return []
        self._package.warnings += package.warnings
        return parts


def _says_something(line: Line) -> bool:
    return any(isinstance(piece, str) and piece.strip() for piece in line.pieces) and not line.text.isspace()


def _add_choice(parts: list[Part], choice: Choice, joined: bool) -> None:
    """Add a choice of boxes; if `joined`, let one that stands right before it grow by its options."""
    last = parts[-1] if parts else None
    if joined and isinstance(last, Choice) and last.many:
        parts[-1] = Choice(last.options + choice.options, last.chosen + choice.chosen, True)
    else:
        parts.append(choice)
