"""Pages of a PDF as PNG."""

import threading
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium

# The library may be used by one thread at a time.
_ALONE = threading.Lock()
# A page that is far longer than wide would make an endless picture.
_LONGEST = 4


@dataclass(frozen=True)
class Page:
    """A page's number, from 1, and its size in points."""

    number: int
    width: int
    height: int


def measure_pages(pdf: bytes) -> list[Page]:
    """The pages of a PDF. Raises `pypdfium2.PdfiumError`."""
    with _ALONE:
        document = pdfium.PdfDocument(pdf)
        try:
            sizes = [document.get_page_size(n) for n in range(len(document))]
        finally:
            document.close()
    return [Page(n, round(width), round(height)) for n, (width, height) in enumerate(sizes, 1)]


def draw_page(pdf: Path, page: Page, width: int) -> bytes:
    """One page as PNG, `width` pixels wide. Raises `pypdfium2.PdfiumError`."""
    scale = min(width / page.width, _LONGEST * width / page.height)
    with _ALONE:
        document = pdfium.PdfDocument(pdf)
        try:
            picture = document[page.number - 1].render(scale=scale).to_pil()
        finally:
            document.close()
    png = BytesIO()
    picture.save(png, "PNG", compress_level=4)
    return png.getvalue()
