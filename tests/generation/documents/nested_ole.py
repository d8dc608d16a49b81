"""Old Office containers (OLE) of a few streams, written byte by byte for tests."""

import struct
from itertools import pairwise

_SECTOR, _SMALL = 512, 64
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

Storage = dict[str, "bytes | Storage"]


class _Chains:
    """Data cut into sectors, and the table that says which follows which."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.data = b""
        self.table: list[int] = []

    def store(self, data: bytes) -> int:
        first, count = len(self.table), max(-(-len(data) // self._size), 1)
        self.data += data.ljust(count * self._size, b"\0")
        self.table += [*range(first + 1, first + count), _END]
        return first

    @property
    def written_table(self) -> bytes:
        return struct.pack(f"<{len(self.table)}I", *self.table).ljust(_SECTOR, b"\xff")


def write_ole(root: Storage) -> bytes:
    """A container whose storages hold streams and storages; all streams are taken for small ones."""
    small, large = _Chains(_SMALL), _Chains(_SECTOR)
    entries: list[list[int]] = []
    names: list[str] = []

    def add(name: str, content: "bytes | Storage", kind: int) -> int:
        number = len(entries)
        names.append(name)
        entries.append([kind, _FREE, _FREE, _END, 0])
        if isinstance(content, bytes):
            entries[number][3:] = [small.store(content), len(content)]
        else:
            # Siblings hang to the right of each other in the order of the format: shorter names first.
            order = sorted(content, key=lambda child: (len(child), child.upper()))
            children = [
                add(child, content[child], 2 if isinstance(content[child], bytes) else 1) for child in order
            ]
            for left, right in pairwise(children):
                entries[left][1] = right
            entries[number][2] = children[0] if children else _FREE
        return number

    add("Root Entry", root, 5)
    entries[0][3:] = [large.store(small.data), len(small.data)]
    directory = large.store(
        b"".join(_write_entry(name, *entry) for name, entry in zip(names, entries, strict=True))
    )
    small_table = large.store(small.written_table)
    table = len(large.table)
    large.table.append(_TABLE)
    assert len(large.table) <= _SECTOR // 4
    return _write_header(directory, small_table, table) + large.data + large.written_table


def _write_entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    head = letters.ljust(64, b"\0") + struct.pack("<HBBIII", len(letters), kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def _write_header(directory: int, small_table: int, table: int) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    head += bytes(6) + struct.pack("<9I", 0, 1, directory, 0, 4096, small_table, 1, _END, 0)
    return (head + struct.pack("<I", table)).ljust(_SECTOR, b"\xff")
