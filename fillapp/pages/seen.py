"""What a page shows already, said in so few letters that it fits into an address: a mark for each block."""

import hashlib
from base64 import urlsafe_b64encode

_LETTERS = 8


def mark_block(key: str, version: str, *, can_edit: bool) -> str:
    """A mark for a block as somebody with or without the right to edit sees it at this version."""
    said = f"{key} {version} {can_edit}".encode()
    return urlsafe_b64encode(hashlib.blake2b(said, digest_size=_LETTERS * 6 // 8).digest()).decode()


def read_marks(seen: str) -> frozenset[str]:
    """The marks in what a browser sent, one after the other; nonsense matches no block."""
    return frozenset(seen[at : at + _LETTERS] for at in range(0, len(seen), _LETTERS))
