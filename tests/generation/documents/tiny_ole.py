"""An OLE container written by hand: a header, one table of sectors, and a directory of named streams."""

import struct

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NONE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def write_ole(*names: str) -> bytes:
    """A container whose root holds empty streams of these names."""
    entries = [_entry("Root Entry", 5, child=1 if names else _NONE)]
    entries += [
        _entry(name, 2, right=number + 1 if number < len(names) else _NONE)
        for number, name in enumerate(names, 1)
    ]
    sectors = -(-len(entries) // 4)
    directory = b"".join(entries).ljust(sectors * 512, b"\0")
    chain = [_TABLE, *range(2, sectors + 1), _END]
    table = struct.pack("<128I", *chain, *[_NONE] * (128 - len(chain)))
    header = _SIGNATURE + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_NONE] * 108)
    return header + table + directory


def _entry(name: str, kind: int, child: int = _NONE, right: int = _NONE) -> bytes:
    text = name.encode("utf-16-le")
    about = struct.pack("<HBB3I", len(text) + 2, kind, 1, _NONE, right, child)
    return text.ljust(64, b"\0") + about + bytes(128 - 64 - len(about))
