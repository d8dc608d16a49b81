"""The bytes of a rich text file as control words, groups and text, with its code pages decoded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

# Code pages of the character sets fonts are in.
_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp437",
}
_SIGNS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "~": "\u00a0",
    "_": "\u2011",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "{": "{",
    "}": "}",
    "\\": "\\",
}
_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])"
    rb"|(?P<group>[{}])|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A control word with its number, a group's "{" or "}", or, with an empty word, text."""

    word: str
    number: int | None = None
    text: str = ""


@dataclass(frozen=True)
class _State:
    """What holds until a group ends: the code page, and how much follows a Unicode letter for old readers."""

    encoding: str | None = None
    skipped: int = 1


class _Decoder:
    """Turns bytes into text, in the code page of the file or of the font."""

    def __init__(self) -> None:
        self.state = _State()
        self._stack: list[_State] = []
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0

    def enter(self) -> None:
        self._stack.append(self.state)

    def leave(self) -> None:
        if self._stack:
            self.state = self._stack.pop()

    def note(self, word: str, number: int) -> None:
        if word == "ansicpg":
            self._page = f"cp{number}" if _is_known(f"cp{number}") else "cp1252"
        elif word == "mac":
            self._page = "mac_roman"
        elif word == "f":
            self._font = number
            self.state = replace(self.state, encoding=self._fonts.get(number))
        elif word == "fcharset" and number in _CHARSETS and number:
            self._fonts[self._font] = _CHARSETS[number]
        elif word == "plain":
            self.state = replace(self.state, encoding=None)
        elif word == "uc":
            self.state = replace(self.state, skipped=min(max(number, 0), 8))

    def decode(self, data: bytes) -> str:
        return data.decode(self.state.encoding or self._page, "replace")


def read_tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a file; halves of a letter beyond 16 bits come joined."""
    decoder = _Decoder()
    gathered, skip, position = bytearray(), 0, 0
    half = 0
    while found := _TOKEN.search(data, position):
        position = found.end()
        word, number = found["word"], int(found["number"]) if found["number"] else None
        plain = found["text"] or (bytes([int(found["hex"], 16)]) if found["hex"] else b"")
        if plain:
            cut = min(skip, len(plain))
            skip -= cut
            gathered += plain[cut:]
            continue
        if skip and not found["group"] and (word or found["sign"]) and word != b"u":
            # A control word too may stand for the letter.
            skip -= 1
            continue
        if gathered and (word or found["group"] or found["sign"]):
            yield Token("", text=decoder.decode(bytes(gathered)))
            gathered.clear()
        if found["group"]:
            skip = 0
            (decoder.enter if found["group"] == b"{" else decoder.leave)()
            yield Token(found["group"].decode())
        elif word == b"u":
            letter, half = _join_halves((number or 0) % 65536, half)
            skip = decoder.state.skipped
            if letter:
                yield Token("", text=letter)
        elif word == b"bin":
            position += max(number or 0, 0)
        elif word or found["sign"]:
            name = (word or found["sign"]).decode("latin-1")
            decoder.note(name, number or 0)
            yield Token("", text=_SIGNS[name]) if name in _SIGNS else Token(name, number)
    if gathered:
        yield Token("", text=decoder.decode(bytes(gathered)))


def _join_halves(code: int, half: int) -> tuple[str, int]:
    """The letter, or the first half of one that is kept for the next."""
    if 0xD800 <= code < 0xDC00:
        return "", code
    if 0xDC00 <= code < 0xE000:
        return (chr(0x10000 + ((half - 0xD800) << 10) + code - 0xDC00) if half else ""), 0
    return chr(code), 0


def _is_known(encoding: str) -> bool:
    try:
        b"".decode(encoding)
    except LookupError:
        return False
    return True
