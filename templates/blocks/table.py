"""Table: typed columns fixed by the super user, rows found by the model."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator

from signals.figures import read_date, read_number
from templates.blocks import rich_text
from templates.blocks.base import (
    AnswerForm,
    BlockType,
    Example,
    Find,
    Json,
    Piece,
    Strict,
    UnreadableAnswer,
    WantedColumn,
    first_error,
    object_schema,
    read_json,
    read_plain,
)
from templates.blocks.columns import ColumnType, show_column, stands_right
from templates.blocks.rich_text import Node
from templates.word import parts as word
from templates.word.body import Body

_READERS: dict[ColumnType, Callable[[str], object | None]] = {
    "number": read_number,
    "money": read_number,
    "date": read_date,
}
_TYPE_WORDS = {"number": "a number", "money": "an amount of money", "date": "a date"}
_LONGEST_CELL = 400


class Column(Strict):
    """One column; `description` tells the model what to put there."""

    name: str = Field(min_length=1, title="Name")
    description: str = Field("", title="What stands in it")
    type: ColumnType = Field("text", title="Type")


class TableSettings(Strict):
    """The columns, and how many rows there may be."""

    columns: list[Column] = Field(min_length=1, title="Columns")
    min_rows: int = Field(0, ge=0, le=1000, title="At least, in rows")
    max_rows: int = Field(30, ge=1, le=1000, title="At most, in rows")

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [_fold(column.name) for column in self.columns]
        if len(set(names)) < len(names):
            raise ValueError("two columns have the same name")
        if self.min_rows > self.max_rows:
            raise ValueError("more rows are asked for at least than at most")
        return self


class TableValue(Strict):
    """Column names and rows of plain text cells; a newline in a cell is a line break."""

    columns: list[str]
    rows: list[list[str]]

    @model_validator(mode="after")
    def _rows_fit(self) -> Self:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells for {len(self.columns)} columns")
        return self


class Table(BlockType[TableSettings, TableValue]):
    """Rows under fixed columns."""

    kind = "table"
    name = "Table"
    Settings = TableSettings
    Value = TableValue

    def ask(self, settings: TableSettings) -> AnswerForm:
        lines = [f"- {column.name}{_describe(column)}" for column in settings.columns]
        keys = ", ".join(f'"{column.name}"' for column in settings.columns)
        # Described, not shown: small models copy the braces of a shown form into the cells.
        words = (
            f'Answer with JSON only: an object with "rows", a list of {_row_limits(settings)}, one object '
            f"for each row of the table, with exactly the keys {keys}. Every cell is plain text; figures, "
            "dates and names are copied as the documents give them; a cell is empty where the documents "
            "do not say. Stop after the last row; no row twice.\nThe columns:\n" + "\n".join(lines)
        )
        tokens = 60 + settings.max_rows * (20 + 40 * len(settings.columns))
        return AnswerForm(words, min(tokens, 8000), _answer_schema(settings))

    def read_answer(self, answer: str, settings: TableSettings) -> TableValue:
        data = read_json(answer)
        rows = data.get("rows") if isinstance(data, dict) else data
        if not isinstance(rows, list):
            raise UnreadableAnswer('The answer has no "rows" list.')
        names = [column.name for column in settings.columns]
        read = [_read_row(number, row, names) for number, row in enumerate(rows, 1)]
        cells = [row for row in read if any(row)]
        return TableValue(
            columns=names, rows=_without_loop(cells) if len(read) >= settings.max_rows else cells
        )

    def problems(self, value: TableValue, settings: TableSettings) -> list[str]:
        found = []
        names = [column.name for column in settings.columns]
        if value.columns != names:
            found.append(f"The columns are {', '.join(value.columns)}; {', '.join(names)} were asked for.")
        if len(value.rows) > settings.max_rows:
            found.append(f"The table has {len(value.rows)} rows; at most {settings.max_rows} were asked for.")
        if len(value.rows) < settings.min_rows:
            found.append(
                f"The table has {len(value.rows)} rows; at least {settings.min_rows} were asked for."
            )
        for number, row in enumerate(value.rows, 1):
            if row in value.rows[: number - 1]:
                found.append(f"Row {number} stands in the table already.")
            for column, cell in zip(settings.columns, row, strict=False):
                reader = _READERS.get(column.type)
                if cell.strip() and reader and reader(cell) is None:
                    kind = _TYPE_WORDS[column.type]
                    found.append(f"Row {number}, {column.name}: “{cell}” is not {kind}.")
        return found

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
        body.table(value.columns, value.rows, _right_columns(value, settings))

    def show(self, value: TableValue, settings: TableSettings, language: str) -> TableValue:
        shown = [show_column(cells, kind, language) for cells, kind in _typed_columns(value, settings)]
        return TableValue(columns=value.columns, rows=[list(row) for row in zip(*shown, strict=True)])

    def propose_from_word(self, parts: Sequence[word.Part]) -> TableSettings | None:
        if len(parts) != 1 or not isinstance(parts[0], word.Table) or not parts[0].rows:
            return None
        header, *rows = parts[0].rows
        if not all(header) or len(set(header)) < len(header):
            return None
        columns = [
            Column(name=name, type=_guess_type([row[i] for row in rows])) for i, name in enumerate(header)
        ]
        return TableSettings(columns=columns, max_rows=max(10, 2 * len(rows)))

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


def _without_loop(rows: list[list[str]]) -> list[list[str]]:
    """The rows of a full table without those a model repeated, round and round, until it was full."""
    loops = rows[-1:] and rows.index(rows[-1]) < len(rows) - 1
    return [row for number, row in enumerate(rows) if row not in rows[:number]] if loops else rows


def _describe(column: Column) -> str:
    kind = _TYPE_WORDS.get(column.type, "")
    said = ", ".join(part for part in (column.description, kind) if part)
    return f": {said}" if said else ""


def _row_limits(settings: TableSettings) -> str:
    least = f"between {settings.min_rows} and" if settings.min_rows else "at most"
    return f"{least} {settings.max_rows}"


def _answer_schema(settings: TableSettings) -> Json:
    cell = {"type": "string", "maxLength": _LONGEST_CELL}
    names = [column.name for column in settings.columns]
    row = object_schema(dict.fromkeys(names, cell))
    rows: Json = {"type": "array", "items": row, "maxItems": settings.max_rows}
    if settings.min_rows:
        rows["minItems"] = settings.min_rows
    return object_schema({"rows": rows})


def _read_row(number: int, row: object, names: list[str]) -> list[str]:
    if isinstance(row, dict):
        cells = {_fold(name): cell for name, cell in row.items()}
        if cells.keys().isdisjoint(_fold(name) for name in names):
            raise UnreadableAnswer(f"Row {number} has none of the columns {', '.join(names)}.")
        return [_read_cell(cells.get(_fold(name))) for name in names]
    if isinstance(row, list) and len(row) == len(names):
        return [_read_cell(cell) for cell in row]
    raise UnreadableAnswer(f"Row {number} does not have the columns {', '.join(names)}.")


def _read_cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, list):
        return ", ".join(_read_cell(part) for part in cell)
    if isinstance(cell, dict):
        return ", ".join(f"{name}: {_read_cell(part)}" for name, part in cell.items())
    return read_plain(str(cell))


def _fold(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").split())


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


def _guess_type(cells: Sequence[str]) -> ColumnType:
    filled = [cell for cell in cells if cell.strip()]
    if filled and all(read_date(cell) for cell in filled):
        return "date"
    if filled and all(read_number(cell) is not None for cell in filled):
        return "money" if any(sign in cell for cell in filled for sign in "€$£") else "number"
    return "text"
