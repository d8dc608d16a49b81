"""Which parts of a report go where the whole report goes, when some blocks have places of their own."""

from collections.abc import Iterator

from templates.word.report import ReportPart, WordReport


def find_rest(report: WordReport, placed: set[str], has_place: bool) -> Iterator[ReportPart]:
    """The parts without a place of their own; headings go where what stood below them goes.

    Where the whole report has no place, headings and texts stay only with a block that comes to the end.
    """
    if not placed:
        yield from report.parts
        return
    for n, part in enumerate(report.parts):
        if part.key in placed:
            continue
        below = list(_below(report.parts, n))
        left = [key for key in below if key not in placed]
        if part.key or left or (has_place and not below):
            yield part


def _below(parts: tuple[ReportPart, ...], n: int) -> Iterator[str]:
    """The blocks under the heading a part is, or stands under."""
    start = n
    while start > 0 and not _is_heading(parts[start]):
        start -= 1
    level = parts[start].level if _is_heading(parts[start]) else 0
    for part in parts[start + 1 :] if _is_heading(parts[start]) else parts:
        if _is_heading(part) and part.level <= level:
            return
        if part.key:
            yield part.key


def _is_heading(part: ReportPart) -> bool:
    return bool(part.title) and not part.key
