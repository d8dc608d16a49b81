"""A read document as plain data, and back: how it comes out of the process that read it."""

from typing import Any

from generation.documents.passages import Passage, Place, ReadDocument


def dump_document(document: ReadDocument) -> dict[str, Any]:
    """The document as JSON can hold it."""
    passages = [(passage.start, passage.end, *_dump_place(passage.place)) for passage in document.passages]
    return {**vars(document), "passages": passages}


def _dump_place(place: Place) -> tuple[Any, ...]:
    return place.page, place.sheet, place.first_row, place.last_row, place.headings


def load_document(data: dict[str, Any]) -> ReadDocument:
    """What `dump_document` was given. Raises TypeError, ValueError or KeyError for anything else."""
    passages = tuple(
        Passage(start, end, Place(page, sheet, first_row, last_row, tuple(headings)))
        for start, end, page, sheet, first_row, last_row, headings in data["passages"]
    )
    return ReadDocument(**{**data, "passages": passages, "warnings": tuple(data["warnings"])})
