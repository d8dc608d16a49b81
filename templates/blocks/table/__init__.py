"""Table: typed columns fixed by the super user, rows found by the model."""

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from pydantic import ValidationError

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
    UnreadableAnswer,
    WantedColumn,
    first_error,
)
from templates.blocks.columns import ColumnType, show_column, stands_right
from templates.blocks.rich_text import Node
from templates.blocks.table.answer import ask_for_rows, read_rows, read_rows_so_far
from templates.blocks.table.checks import find_problems
from templates.blocks.table.values import Column, TableSettings, TableValue
from templates.blocks.table.word import propose_table, write_table
from templates.word import parts as word
from templates.word.body import Body


class Table(BlockType[TableSettings, TableValue]):
    """Rows under fixed columns."""

    kind = "table"
    name = "Table"
    about = "Rows under columns that you name"
    forms = ("table", "list", "choice")
    Settings = TableSettings
    Value = TableValue

    def ask(self, settings: TableSettings) -> AnswerForm:
        return ask_for_rows(settings)

    def read_answer(self, answer: str, settings: TableSettings) -> TableValue:
        return read_rows(answer, settings)

    def read_partial(self, answer: str, settings: TableSettings) -> TableValue | None:
        return read_rows_so_far(answer, settings)

    def problems(self, value: TableValue, settings: TableSettings) -> list[str]:
        return find_problems(value, settings)

    def text(self, value: TableValue) -> str:
        return "\n".join("\t".join(row) for row in [value.columns, *value.rows])

    def pieces(self, value: TableValue) -> list[Piece]:
        return [
            Piece(f"row {number}, {column}", cell)
            for number, row in enumerate(value.rows, 1)
            for column, cell in zip(value.columns, row, strict=True)
            if cell.strip()
        ]

    def draft_offline(self, about: str, settings: TableSettings, find: Find) -> TableValue:
        wanted = [WantedColumn(one.name, one.description, one.type) for one in settings.columns]
        rows = find.rows(wanted, about, settings.max_rows, settings.min_rows)
        if not rows and not settings.min_rows:  # else a problem says so
            raise UnreadableAnswer("Nothing in the documents fits this block.")
        return TableValue(columns=[column.name for column in wanted], rows=rows)

    def editor(self, settings: TableSettings) -> EditorForm:
        return EditorForm(
            "table",
            min_rows=settings.min_rows,
            max_rows=settings.max_rows,
            open_columns=settings.open_columns,
        )

    def to_editor(self, value: TableValue, settings: TableSettings) -> Json:
        right = _right_columns(value, settings)
        rows = [_editor_row("tableHeader", value.columns, right)]
        rows += [_editor_row("tableCell", row, right) for row in value.rows]
        return rich_text.doc([Node(type="table", content=tuple(rows))]).model_dump()

    def from_editor(self, doc: Json, settings: TableSettings) -> TableValue:
        content = rich_text.read_doc(doc).content
        table = next((child for child in content if child.type == "table"), None)
        if table is None or not table.content:
            raise UnreadableAnswer("There is no table.")
        rows = [[rich_text.plain(cell) for cell in row.content] for row in table.content]
        if all(cell.type == "tableHeader" for cell in table.content[0].content):
            columns, rows = rows[0], rows[1:]
        else:
            columns = [column.name for column in settings.columns]
        try:
            return TableValue(columns=columns, rows=rows)
        except ValidationError as error:
            raise UnreadableAnswer(first_error(error)) from error

    def write_word(self, value: TableValue, settings: TableSettings, body: Body) -> None:
        write_table(value, settings, _right_columns(value, settings), body)

    def show(self, value: TableValue, settings: TableSettings, language: str) -> TableValue:
        shown = [show_column(cells, kind, language) for cells, kind in _typed_columns(value, settings)]
        return TableValue(columns=value.columns, rows=[list(row) for row in zip(*shown, strict=True)])

    def propose_from_word(self, parts: Sequence[word.Part]) -> Example[TableSettings, TableValue] | None:
        if len(parts) != 1 or not isinstance(parts[0], word.Table):
            return None
        return propose_table(parts[0])

    def fixed(self, settings: TableSettings) -> Fixed:
        names = tuple(column.name for column in settings.columns)
        rows = Count("rows", settings.min_rows, settings.max_rows)
        return Fixed(counts=(rows, Count("columns", len(names), len(names))), columns=names)

    def example(self) -> Example[TableSettings, TableValue]:
        columns = [
            Column(name="Action", description="what is to be done"),
            Column(name="Owner"),
            Column(name="Due", type="date"),
            Column(name="Cost", type="money"),
        ]
        rows = [["Ask for a second roof quote", "M. Osei", "14 March 2026", "€ 1,200"]]
        return Example(
            TableSettings(columns=columns, max_rows=20),
            TableValue(columns=["Action", "Owner", "Due", "Cost"], rows=rows),
        )


def _typed_columns(value: TableValue, settings: TableSettings) -> Iterator[tuple[list[str], ColumnType]]:
    """The cells of each column with its type; a column the settings do not know is one of text."""
    types = {column.name: column.type for column in settings.columns}
    for number, name in enumerate(value.columns):
        yield [row[number] for row in value.rows], types.get(name, "text")


def _right_columns(value: TableValue, settings: TableSettings) -> set[int]:
    columns = enumerate(_typed_columns(value, settings))
    return {number for number, (cells, kind) in columns if stands_right(cells, kind)}


def _editor_row(
    kind: Literal["tableHeader", "tableCell"], cells: Sequence[str], right: Collection[int]
) -> Node:
    to_right = rich_text.Attributes(align="right")
    return Node(
        type="tableRow",
        content=tuple(
            Node(type=kind, content=(rich_text.paragraph(cell),), attrs=to_right if n in right else None)
            for n, cell in enumerate(cells)
        ),
    )
