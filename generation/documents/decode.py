"""The bytes of a text file as text, and a word of warning where the encoding had to be guessed."""

import codecs
import re
from contextlib import suppress
from pathlib import Path

from generation.documents import refusals
from generation.documents.encodings import describe_guess, guess_encoding

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
# Others that Python knows are no encodings of letters, such as unicode_escape.
_PAGE_ENCODINGS = frozenset(
    (
        *("ascii", "utf-8", "utf-16", "koi8-r", "koi8-u", "mac-roman"),
        *("shift_jis", "euc_jp", "iso2022_jp", "gb2312", "gbk", "gb18030", "big5", "euc_kr"),
    )
)
_JAPANESE = re.compile(rb"\x1b\$[@B]")


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


def decode_bytes(data: bytes) -> tuple[str, list[str]] | None:
    """Bytes as text, with a warning where the encoding was guessed; None where they are no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), []
    if _JAPANESE.search(data):
        # Plain letters and escapes: it is valid UTF-8 too, and nonsense.
        with suppress(UnicodeDecodeError):
            return data.decode("iso2022_jp"), [describe_guess("iso2022_jp")]
    if b"\0" not in data and _is_utf8(data):
        return data.decode("utf-8"), []
    guessed = guess_encoding(data)
    return None if guessed is None else (data.decode(guessed, "replace"), [describe_guess(guessed)])


def _decode(data: bytes, name: str) -> tuple[str, list[str]]:
    decoded = decode_bytes(data)
    if decoded is None:
        raise refusals.not_text(name)
    return decoded
