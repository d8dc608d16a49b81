"""What can still be had of a zip file whose directory is lost, or of a part that is damaged."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

# What Python's zip library raises on damaged files.
ZIP_ERRORS = (
    *(BadZipFile, zlib.error, struct.error, OSError, EOFError),
    *(ValueError, IndexError, RuntimeError, NotImplementedError),
)

_LOCAL = b"PK\x03\x04"
# From the signature: method, two sizes, and the lengths of the name and of what follows it.
_HEADER = struct.Struct("<4s2xHH4x4xIIHH")
_STORED, _DEFLATED = 0, 8
_SIZED_LATER = 0x08
_MOST_PARTS = 10_000
_STEP = 1 << 16


def salvage_zip(data: bytes, most: int) -> ZipFile | None:
    """The parts found by their own headers, as a new zip of at most `most` bytes; None without any."""
    parts: dict[str, bytes] = {}
    at = data.find(_LOCAL)
    while at >= 0 and len(parts) < _MOST_PARTS:
        found = _read_part(data, at, most)
        if found is not None and found[1]:
            parts[found[0]] = found[1]
            most -= len(found[1])
        at = data.find(_LOCAL, at + 4)
    return _zip(parts) if parts else None


def salvage_part(package: ZipFile, name: str, most: int) -> bytes:
    """The beginning of a part that cannot be unpacked whole, or whose checksum is wrong."""
    assert package.fp is not None
    try:
        package.fp.seek(package.getinfo(name).header_offset)
    except (OSError, ValueError):  # a damaged directory may name any place
        return b""
    found = _read_part(package.fp.read(), 0, most)
    return found[1] if found else b""


def _read_part(data: bytes, at: int, most: int) -> tuple[str, bytes] | None:
    try:
        _, flags, method, packed, _, name_length, more = _HEADER.unpack_from(data, at)
    except struct.error:
        return None
    start = at + _HEADER.size + name_length + more
    name = data[at + _HEADER.size : at + _HEADER.size + name_length].decode("utf-8", "replace")
    # Zip files name their parts up to a NUL, and no part nothing.
    name = name.partition("\0")[0]
    if not name:
        return None
    if method == _DEFLATED:
        return name, _inflate(data, start, most)
    if method == _STORED and not flags & _SIZED_LATER:
        return name, data[start : start + min(packed, most)]
    return None


def _inflate(data: bytes, start: int, most: int) -> bytes:
    """As much as comes out before the stream ends or breaks."""
    inflate, pieces, size = zlib.decompressobj(-zlib.MAX_WBITS), [], 0
    view = memoryview(data)
    try:
        while start < len(data) and not inflate.eof and size <= most:
            packed: bytes | memoryview = view[start : start + _STEP]
            start += _STEP
            while packed and size <= most:
                pieces.append(inflate.decompress(packed, most + 1 - size))
                size += len(pieces[-1])
                packed = inflate.unconsumed_tail
    except zlib.error:
        pass
    return b"".join(pieces)


def _zip(parts: dict[str, bytes]) -> ZipFile:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return ZipFile(file)
