"""Tables of the documents, and their columns matched to those that are asked for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generation.documents.pipe_tables import tables_in
from generation.offline.nearness import stems
from signals.figures import read_date, read_number
from templates.blocks.base import WantedColumn

_SAME_COLUMN = 0.5
# So much of a column must be of a type for the column to be of it.
_MOSTLY = 0.6
_CAPTION_LINES = 4
# "Wages, net: 842.00", or a row of a table on a page that lost its lines: "Wages, net   £842.00".
_ENTRY = re.compile(
    r"^(?:[-*•]\s+)?(?P<name>[^\W\d_][^:|\d£€$]{1,60}?)(?::\s+|\s*(?=[£€$])|\s{2,})(?P<value>[^\n]{1,80})$"
)
_FEWEST_ENTRIES = 3
_PERIOD = re.compile(r"\b(?:19|20)\d\d\b")
_LEADING_AMOUNT = re.compile(r"^[-−(]?[£€$]?\s?\d[\d.,]*\)?(?=\s|$)")


@dataclass(frozen=True)
class Found:
    """A table in a document, and the text that stands before it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str

    @property
    def text(self) -> str:
        """All that says what the table is about."""
        return "\n".join([self.caption, " ".join(self.header), *(" ".join(row) for row in self.rows)])

    def column(self, index: int) -> list[str]:
        """The cells of a column that hold something."""
        return [row[index] for row in self.rows if row[index].strip()]


def find_tables(text: str) -> list[Found]:
    """The tables of a text with at least one row, and its runs of "name: value" lines."""
    tables = [
        Found(table.header, table.rows, _caption(text[: table.start]))
        for table in tables_in(text)
        if table.rows
    ]
    return tables + list(_entries(text))


def match_columns(columns: Sequence[WantedColumn], table: Found) -> dict[str, int]:
    """For each wanted column that the table has, its place: by the words of the headers, then by type."""
    matched: dict[str, int] = {}
    pairs = sorted(
        (-likeness, number, place)
        for number, column in enumerate(columns)
        for place, likeness in _like_headers(column, table)
    )
    for _, number, place in pairs:
        if columns[number].name not in matched and place not in matched.values():
            matched[columns[number].name] = place
    _match_by_type(columns, table, matched)
    _match_first(columns, table, matched)
    return matched


def pick_rows(
    columns: Sequence[WantedColumn], table: Found, matched: dict[str, int], about: str, least: int
) -> list[list[str]]:
    """The table's rows under the wanted columns; only those that `about` names, when it names enough."""
    rows = _of_the_group(columns[0], table)
    first = matched.get(columns[0].name)
    if first is not None and least:
        named = _named_rows(rows, first, about)
        if len(named) >= max(2, least):
            rows = named
    places_of = [matched.get(column.name, -1) for column in columns]
    return [[row[place] if 0 <= place < len(row) else "" for place in places_of] for row in rows]


def _like_headers(column: WantedColumn, table: Found) -> Iterator[tuple[int, float]]:
    """The places whose header is like the column, and how like; none when two are equally like."""
    likeness = [max(_shared(column.name, cell), 0.8 * _shared(column.about, cell)) for cell in table.header]
    best = max(likeness, default=0)
    for place, like in enumerate(likeness):
        if like >= _SAME_COLUMN and likeness.count(best) == 1 and _fits(column, table, place):
            yield place, like


def _match_by_type(columns: Sequence[WantedColumn], table: Found, matched: dict[str, int]) -> None:
    """Wanted columns of one type take the table's left-over ones of that type, when they are as many."""
    for kinds in (("number", "money"), ("date",)):
        wanted = [one for one in columns if one.type in kinds and one.name not in matched]
        free = [
            place
            for place in range(len(table.header))
            if place not in matched.values() and _is_of(kinds[0], table.column(place))
        ]
        if len(wanted) < len(free):
            # Figures of periods are what is left over; shares and changes are not.
            free = [place for place in free if _PERIOD.search(table.header[place])]
        if len(wanted) == len(free):
            matched |= {one.name: place for one, place in zip(wanted, free, strict=True)}


def _match_first(columns: Sequence[WantedColumn], table: Found, matched: dict[str, int]) -> None:
    """What the rows are about stands first in most tables, whatever its header says."""
    if columns[0].name in matched or columns[0].type != "text":
        return
    for place in range(len(table.header)):
        cells = table.column(place)
        names = cells and len(set(cells)) == len(cells) and not _is_of("number", cells)
        if names and place not in matched.values():
            matched[columns[0].name] = place
            return


def _fits(column: WantedColumn, table: Found, place: int) -> bool:
    cells = table.column(place)
    if column.type == "text" or not cells:
        return True
    return _is_of("date" if column.type == "date" else "number", cells)


def _is_of(kind: str, cells: Sequence[str]) -> bool:
    read = read_date if kind == "date" else read_number
    return bool(cells) and sum(read(cell) is not None for cell in cells) >= _MOSTLY * len(cells)


def _of_the_group(column: WantedColumn, table: Found) -> list[tuple[str, ...]]:
    """The rows of which another column says that they are what is asked for; all when none says so."""
    wanted = set(stems(column.name))
    for place in range(len(table.header)):
        values = table.column(place)
        group = [row for row in table.rows if wanted and set(stems(row[place])) == wanted]
        if len(set(values)) < len(values) and len(group) > 1:
            return group
    return list(table.rows)


def _named_rows(rows: Sequence[tuple[str, ...]], first: int, about: str) -> list[tuple[str, ...]]:
    """The rows whose first cell `about` names, in its order; a name inside a longer one is none."""
    places: dict[int, tuple[str, ...]] = {}
    for row in sorted(rows, key=lambda row: -len(row[first])):
        name = re.escape(row[first].strip())
        match = re.search(rf"(?<!\w){name}(?!\w)", about, re.IGNORECASE) if name else None
        if match:
            places[match.start()] = row
            about = about[: match.start()] + " " * len(match.group()) + about[match.end() :]
    return [places[place] for place in sorted(places)]


def _shared(first: str, second: str) -> float:
    words = set(stems(first)), set(stems(second))
    return len(words[0] & words[1]) / max(1, min(len(words[0]), len(words[1])))


def _caption(before: str) -> str:
    lines = [line for line in before.splitlines() if line.strip() and not line.startswith("|")]
    return "\n".join(lines[-_CAPTION_LINES:])


def _entries(text: str) -> Iterator[Found]:
    """Runs of lines that give a name and a value, as tables of two columns without names."""
    run: list[tuple[str, str]] = []
    before: list[str] = []
    for line in [*text.splitlines(), ""]:
        match = _ENTRY.match(line.strip())
        value = _value(match["value"]) if match else ""
        if match and value:
            run.append((match["name"].strip(), value))
            continue
        if len(run) >= _FEWEST_ENTRIES:
            yield Found(("", ""), tuple(run), "\n".join(before[-_CAPTION_LINES:]))
        if run:
            before, run = [], []
        if line.strip():
            before.append(line)


def _value(text: str) -> str:
    """The date, or the amount that `text` begins with; "" when it is neither."""
    if read_date(text):
        return text
    amount = _LEADING_AMOUNT.match(text)
    return amount.group().strip() if amount else ""
