"""Pages of a Word file as pictures, drawn by LibreOffice where it is installed."""

from generation.word_pages.drawing import Drawing, Failed, draw_pages, look_up
from generation.word_pages.libreoffice import has_libreoffice
from generation.word_pages.pictures import Page
from generation.word_pages.store import Pages, fingerprint

__all__ = [
    "Drawing",
    "Failed",
    "Page",
    "Pages",
    "draw_pages",
    "fingerprint",
    "has_libreoffice",
    "look_up",
]
