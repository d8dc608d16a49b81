"""What a model says about its answer, where only the part itself was asked for."""

import re
from collections.abc import Sequence

from signals.pieces import Piece

_AGREES = (
    r"(?:sure(?: thing)?|certainly|of course|absolutely|understood"
    r"|gerne|natürlich|selbstverständlich|bien sûr)"
)
_THING = (
    r"(?:version|text|summary|part|section|list|table|draft|rewrite|answer|paragraph"
    r"|fassung|zusammenfassung|abschnitt|liste|tabelle|résumé|texte)s?"
)
_OPENS = re.compile(
    rf"^\W*(?:{_AGREES}\s*[!.,:–—-]+\s*)?(?:"
    rf"{_AGREES}\s*[!.:]"
    rf"|(?:here(?:'s| is| are)|below is|this is|hier ist|voici)\b[^.!?:]{{0,60}}\b{_THING}\b"
    r"|as (?:you (?:requested|asked)\b|requested[,:])"
    r"|wie gewünscht\b"
    r"|i(?:'ve| have|'ll| will) (?:now )?"
    r"(?:shorten|rewr[io]t|revis|rephras|reword|simplif|condens|updat|adjust|add|remov)"
    r")",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"^\W*(?:(?:please )?let me know if\b|i hope (?:this|that)\b"
    r"|this (?:shorter|revised|new|updated) version\b"
    r"|i(?:'ve| have) (?:shorten|rewr[io]t|revis|rephras|reword|simplif|condens|updat|adjust))",
    re.IGNORECASE,
)


def find_remarks(pieces: Sequence[Piece]) -> list[str]:
    """A sentence for a first or last piece that speaks of the answer or of the wish behind it."""
    ends = [(pieces[0], _OPENS), (pieces[-1], _ENDS)] if pieces else []
    return [
        f"“{piece.text}” ({piece.address}) is a remark on the answer; only the part itself was asked for."
        for piece, remark in ends
        if remark.match(piece.text.replace("’", "'"))
    ]
