"""The bytes of a text file as text, and a word of warning where the encoding had to be guessed."""

import codecs
import re
from pathlib import Path

from generation.documents import refusals

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_GUESSED = (
    "The file does not say how its letters are stored; it was read as Western European text (Windows-1252). "
    "If letters look wrong, save it as UTF-8 and upload it again."
)


def read_text(path: Path, name: str) -> tuple[str, list[str]]:
    """The text of a file and the warnings for its reader."""
    return _decode(path.read_bytes(), name)


def read_html_text(path: Path, name: str) -> tuple[str, list[str]]:
    """As `read_text`, but what the page says about its own encoding comes before guessing."""
    data = path.read_bytes()
    declared = _DECLARED.search(data, 0, 4096)
    try:
        if declared and not data.startswith(tuple(mark for mark, _ in _MARKS)):
            return data.decode(declared[1].decode("ascii")), []
    except (LookupError, UnicodeDecodeError):
        pass  # Pages are often wrong about themselves.
    return _decode(data, name)


def _decode(data: bytes, name: str) -> tuple[str, list[str]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), []
    if b"\0" in data:
        raise refusals.not_text(name)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), [_GUESSED]
