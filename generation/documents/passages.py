"""A read document as one text, and its passages, which know their place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where a passage stands, for a person; rows are counted from 1 as the spreadsheet shows them."""

    page: int | None = None
    sheet: str | None = None
    first_row: int | None = None
    last_row: int | None = None
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """The stretch `text[start:end]` of a document's text: about a paragraph, a list, or 40 table rows."""

    start: int
    end: int
    place: Place


@dataclass(frozen=True)
class ReadDocument:
    """What was read from a file; `pages` is None where the format has neither pages nor sheets."""

    text: str
    passages: tuple[Passage, ...]
    pages: int | None
    pages_with_text: int | None
    tables: int
    warnings: tuple[str, ...]


class UnreadableDocument(ValueError):
    """A file that gives no text; the message is one sentence for the user."""


def describe_place(place: Place) -> str:
    """`place` in words, such as "page 3", "sheet Budget, rows 2–14" or "Minutes › Actions"."""
    words = []
    if place.page is not None:
        words.append(f"page {place.page}")
    if place.sheet is not None:
        words.append(f"sheet {place.sheet}")
    if place.first_row is not None:
        words.append(_describe_rows(place.first_row, place.last_row))
    if place.headings:
        words.append(" › ".join(place.headings))
    return ", ".join(words)


def _describe_rows(first: int, last: int | None) -> str:
    return f"row {first}" if last is None or last == first else f"rows {first}–{last}"
