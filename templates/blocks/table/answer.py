"""How rows are asked for, and how they are read from an answer in any of its shapes."""

from contextlib import suppress

from templates.blocks.base import AnswerForm, Json, UnreadableAnswer, object_schema
from templates.blocks.json_answer import read_json, read_json_so_far, read_plain
from templates.blocks.table.values import (
    LONGEST_CELL,
    TYPE_WORDS,
    Column,
    TableSettings,
    TableValue,
    fold_name,
)


def ask_for_rows(settings: TableSettings) -> AnswerForm:
    """The form of the answer: an object for each row."""
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


def read_rows(answer: str, settings: TableSettings) -> TableValue:
    """The rows of an answer. Raises `UnreadableAnswer`."""
    rows = _find_rows(read_json(answer))
    names = [column.name for column in settings.columns]
    read = [_read_row(number, row, names) for number, row in enumerate(rows, 1)]
    filled = [row for row in read if any(row)]
    return TableValue(columns=names, rows=_without_loop(filled) if len(read) >= settings.max_rows else filled)


def read_rows_so_far(answer: str, settings: TableSettings) -> TableValue | None:
    """The rows of an answer still being written, the last as far as it goes; None while there are none."""
    names = [column.name for column in settings.columns]
    try:
        *rows, last = _find_rows(read_json_so_far(answer)) or [None]
        read = [_read_row(number, row, names) for number, row in enumerate(rows, 1)]
    except UnreadableAnswer:
        return None
    if isinstance(last, list):
        last = [*last, *[""] * (len(names) - len(last))]
    # So far it may have cells under other names only.
    with suppress(UnreadableAnswer):
        read.append(_read_row(len(read) + 1, last, names))
    filled = [row for row in read if any(row)]
    return TableValue(columns=names, rows=filled) if filled else None


def _find_rows(data: object) -> list[object]:
    rows = data.get("rows") if isinstance(data, dict) else data
    if not isinstance(rows, list):
        raise UnreadableAnswer('The answer has no "rows" list.')
    return rows


def _describe(column: Column) -> str:
    kind = TYPE_WORDS.get(column.type, "")
    said = ", ".join(part for part in (column.description, kind) if part)
    return f": {said}" if said else ""


def _row_limits(settings: TableSettings) -> str:
    least = f"between {settings.min_rows} and" if settings.min_rows else "at most"
    return f"{least} {settings.max_rows}"


def _answer_schema(settings: TableSettings) -> Json:
    cell = {"type": "string", "maxLength": LONGEST_CELL}
    names = [column.name for column in settings.columns]
    row = object_schema(dict.fromkeys(names, cell))
    rows: Json = {"type": "array", "items": row, "maxItems": settings.max_rows}
    if settings.min_rows:
        rows["minItems"] = settings.min_rows
    return object_schema({"rows": rows})


def _without_loop(rows: list[list[str]]) -> list[list[str]]:
    """The rows of a full table without those a model repeated, round and round, until it was full."""
    loops = rows[-1:] and rows.index(rows[-1]) < len(rows) - 1
    return [row for number, row in enumerate(rows) if row not in rows[:number]] if loops else rows


def _read_row(number: int, row: object, names: list[str]) -> list[str]:
    if isinstance(row, dict):
        cells = {fold_name(name): cell for name, cell in row.items()}
        if cells.keys().isdisjoint(fold_name(name) for name in names):
            raise UnreadableAnswer(f"Row {number} has none of the columns {', '.join(names)}.")
        return [_read_cell(cells.get(fold_name(name))) for name in names]
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
