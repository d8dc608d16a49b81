"""Whether a zipped file unpacks to more than may be read, found out before a reader unpacks it."""

import zlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from generation.documents import refusals
from generation.documents.isolation.limits import MEGABYTE, Limits
from templates.word.read.salvage import ZIP_ERRORS

_STEP = 1 << 18
# What is not yet inflated is copied at every step.
_PACKED_STEP = 1 << 16
# No reader unpacks these.
_MEDIA = (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".emf", ".wmf", ".svg", ".mp3", ".mp4")
_MORE_MEDIA = (".wav", ".wma", ".wmv", ".mov", ".avi", ".m4v", ".m4a", ".fntdata", ".odttf", ".ttf")
# A part may say it is larger than the file.
_MOST_PACKED = 200 * MEGABYTE
# Deflate cannot shrink anything further.
_MOST_TIMES_SMALLER = 1032


def refuse_bomb(path: Path, name: str, limits: Limits) -> None:
    """Raises UnreadableDocument for a zip whose parts are, or say they are, too large together."""
    try:
        with ZipFile(path) as package:
            too_large = _unpacks_to_more(package, limits.unpacked * MEGABYTE)
    except ZIP_ERRORS:
        return  # No zip, or a damaged one, which its reader says better.
    if too_large:
        raise refusals.unpacks_too_large(name, limits)


def _unpacks_to_more(package: ZipFile, most: int) -> bool:
    parts = [part for part in package.infolist() if not _is_media(part.filename)]
    if sum(part.file_size for part in parts) > most:
        return True
    if sum(part.compress_size for part in parts) * _MOST_TIMES_SMALLER <= most:
        return False
    # Readers written in other languages do not stop at the size declared.
    for part in parts:
        most -= _measure(package, part, most)
        if most < 0:
            return True
    return False


def _is_media(name: str) -> bool:
    return name.lower().endswith((*_MEDIA, *_MORE_MEDIA))


def _measure(package: ZipFile, part: ZipInfo, most: int) -> int:
    """What a part really holds, in bytes."""
    if part.compress_type != ZIP_DEFLATED:
        return part.compress_size if part.compress_type == ZIP_STORED else part.file_size
    assert package.fp is not None
    package.fp.seek(part.header_offset)
    header = package.fp.read(30)
    skipped = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    package.fp.seek(part.header_offset + 30 + skipped)
    return _inflated_size(package.fp.read(min(part.compress_size, _MOST_PACKED)), most)


def _inflated_size(packed: bytes, most: int) -> int:
    """How many bytes come out; counting stops once there are more than `most`."""
    inflate, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    try:
        for start in range(0, len(packed), _PACKED_STEP):
            step = packed[start : start + _PACKED_STEP]
            while step and size <= most:
                size += len(inflate.decompress(step, _STEP))
                step = inflate.unconsumed_tail
    except zlib.error:
        pass  # A damaged part is its reader's to tell.
    return size
