"""A text as a page shows it, with the piece that drove a reading marked in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from signals.pieces import WHOLE, Piece

# So much of a long text is shown, and so much before the marked piece.
_LONGEST, _BEFORE = 600, 200


@dataclass(frozen=True)
class Marked:
    """A text in three: what stands before the piece, the piece, and what stands behind it."""

    before: str
    piece: str
    after: str


def mark_piece(pieces: Sequence[Piece], address: str) -> Marked:
    """The whole of `pieces`, which is the last, cut around the piece of this address."""
    whole = pieces[-1].text if pieces else ""
    said = next((piece.text for piece in pieces if piece.address == address), "")
    at = whole.find(said) if said and address != WHOLE and said != whole else -1
    if at < 0:
        # A cell may stand otherwise in the whole than by itself.
        apart = said if address != WHOLE and said != whole else ""
        return Marked(_cut(whole, _LONGEST) + " – " * bool(apart), _cut(apart, _LONGEST), "")
    before = whole[:at]
    if len(before) > _BEFORE:
        before = f"… {before[-_BEFORE:]}"
    after = whole[at + len(said) :]
    return Marked(before, _cut(said, _LONGEST), _cut(after, max(_LONGEST - len(said), _BEFORE)))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest].rstrip()} …"
