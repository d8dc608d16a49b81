"""What an OLE container (old Office files, locked new ones, Outlook mails) holds at its top level."""

import struct
from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_NONE = 0xFFFFFFFA
_ENTRY = 128
_MOST_SECTORS = 10_000


def top_names(data: bytes) -> list[str]:
    """The names of the streams and storages right under the root; none where the container is damaged."""
    try:
        entries = list(_entries(data))
        return list(_names_under_root(entries))
    except (struct.error, IndexError, ZeroDivisionError, UnicodeDecodeError):
        return []


def _entries(data: bytes) -> Iterator[bytes]:
    """The directory's entries, along the chain of its sectors."""
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    tables = [n for n in struct.unpack_from("<109I", data, 76) if n < _NONE]
    sector = struct.unpack_from("<I", data, 48)[0]
    per_table = size // 4
    for _ in range(_MOST_SECTORS):
        if sector >= _NONE:
            return
        start = (sector + 1) * size
        yield from (data[at : at + _ENTRY] for at in range(start, start + size, _ENTRY))
        table = (tables[sector // per_table] + 1) * size
        sector = struct.unpack_from("<I", data, table + sector % per_table * 4)[0]


def _names_under_root(entries: list[bytes]) -> Iterator[str]:
    """The tree of siblings that the root's child begins."""
    seen: set[int] = set()
    waiting = [struct.unpack_from("<I", entries[0], 76)[0]]
    while waiting:
        number = waiting.pop()
        if number >= _NONE or number in seen:
            continue
        seen.add(number)
        entry = entries[number]
        length = struct.unpack_from("<H", entry, 64)[0]
        yield entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le")
        waiting += struct.unpack_from("<2I", entry, 68)
