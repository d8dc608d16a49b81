"""What the owner of a PDF is told about pages that gave no text, or text that cannot be trusted."""

from collections.abc import Iterator, Sequence

from generation.documents.pdf.pages import Page
from generation.documents.runs import name_runs


def find_warnings(pages: Sequence[Page | None]) -> Iterator[str]:
    damaged = [number for number, page in enumerate(pages, 1) if page is None]
    empty = [number for number, page in enumerate(pages, 1) if page and not page.parts and not page.lost]
    garbled = [number for number, page in enumerate(pages, 1) if page and page.garbled and not page.lost]
    lost = [number for number, page in enumerate(pages, 1) if page and page.lost]
    if empty:
        holds = "holds no text; it may be a scan." if len(empty) == 1 else "hold no text; they may be scans."
        yield f"{_name_pages(empty)} {holds}"
    if damaged:
        yield f"{_name_pages(damaged)} could not be read; the file may be damaged there."
    if lost:
        are = "is" if len(lost) == 1 else "are"
        yield (
            f"{_name_pages(lost)} {are} left out: the file does not say which letters it shows. "
            "Run text recognition (OCR) on it to have them read."
        )
    if garbled:
        yield f"{_name_pages(garbled)} cannot be read reliably: the file does not say which letters it shows."


def _name_pages(numbers: Sequence[int]) -> str:
    """“Page 3”, or “Pages 3, 5–9”."""
    named = ", ".join(name_runs(numbers))
    return f"Page{'s' if len(numbers) > 1 else ''} {named}"
