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


def runs_in_circles(data: bytes) -> bool:
    """Whether a chain of sectors comes back to itself: readers follow it until memory ends."""
    try:
        size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
        chain = _join(data, size, _tables(data, size))
        if _has_circle(chain):
            return True
        small = struct.unpack_from("<I", data, 60)[0]
        return _has_circle(_join(data, size, _follow(chain, small)))
    except (struct.error, IndexError):
        return False


def _tables(data: bytes, size: int) -> Iterator[int]:
    """The sectors that hold the table of chains: the first hundred named at the top, the others in a list."""
    yield from (n for n in struct.unpack_from("<109I", data, 76) if n < _NONE)
    further = struct.unpack_from("<I", data, 68)[0]
    for _ in range(min(struct.unpack_from("<I", data, 72)[0], _MOST_SECTORS)):
        if further >= _NONE:
            return
        *numbers, further = struct.unpack_from(f"<{size // 4}I", data, (further + 1) * size)
        yield from (n for n in numbers if n < _NONE)


def _join(data: bytes, size: int, sectors: Iterator[int]) -> list[int]:
    """The numbers that stand in `sectors`, one after the other."""
    joined = b"".join(data[(n + 1) * size : (n + 2) * size] for n in sectors)
    return list(struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4]))


def _follow(chain: list[int], sector: int) -> Iterator[int]:
    while sector < len(chain):
        yield sector
        sector = chain[sector]


def _has_circle(chain: list[int]) -> bool:
    met = [-1] * len(chain)
    for start in range(len(chain)):
        sector = start
        while sector < len(chain) and met[sector] == -1:
            met[sector] = start
            sector = chain[sector]
        # What an earlier walk met led to an end.
        if sector < len(chain) and met[sector] == start:
            return True
    return False
