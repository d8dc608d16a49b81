"""The bytes of a text file as text, and a word of warning where the encoding had to be guessed."""

import codecs
import re
from pathlib import Path

from generation.documents import refusals

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
# Others that Python knows are no encodings of letters, such as unicode_escape.
_PAGE_ENCODINGS = frozenset(
    (
        *("ascii", "utf-8", "utf-16", "koi8-r", "koi8-u", "mac-roman"),
        *("shift_jis", "euc_jp", "iso2022_jp", "gb2312", "gbk", "gb18030", "big5", "euc_kr"),
    )
)
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
            encoding = _encoding(declared[1].decode("ascii"))
            # Text that is valid UTF-8 is hardly ever Windows-1252.
            first = "utf-8" if encoding == "cp1252" and _is_utf8(data) else encoding
            return data.decode(first), []
    except (LookupError, UnicodeDecodeError):
        pass  # Pages are often wrong about themselves.
    return _decode(data, name)


def _encoding(declared: str) -> str:
    """What browsers read for a declared encoding: pages that say Latin-1 are written in Windows-1252."""
    name = codecs.lookup(declared).name
    if name not in _PAGE_ENCODINGS and not name.startswith(("cp125", "iso8859")):
        raise LookupError(name)
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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
