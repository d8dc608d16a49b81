"""How fluent a sentence is: talk that stammers and breaks off is a bad thing to quote."""

import re

# What a transcriber put in: {vocalsound}, <unk>, [laughter]; [●] and [Date] are blanks of a form.
_MARKER = re.compile(r"\{[^{}\n]{1,40}\}|<[^<>\n]{1,40}>|\[[a-zß-ÿ -]{1,40}\]")
# "um" only where it stands apart: in German it is a word.
_FILLER = re.compile(
    r"\b(?:uh+|uhm+|erm|h?mm+|mhm|huh|ye(?:ah|p)|okay|ähm?|öh|euh)\b|\bum+\b(?=\s*(?:[,.…?]|um\b|uh\b|$))",
    re.IGNORECASE,
)
# "we we", "w welcome".
_STAMMER = re.compile(r"\b([^\W\d_]+)\b(?:[\s,–-]+\1\b)+|\b([b-hj-np-z])\s+(?=\2\w)", re.IGNORECASE)
_BROKEN_OFF = re.compile(r"(?:[—–]|\s-)\s*[.?!…]*$")
# Every fifth word a stumble, and nothing is left of it.
_WORST = 5.0


def fluency(sentence: str) -> float:
    """1 for a sentence as it is written, 0 for one that stumbles at every fifth word or breaks off."""
    if _BROKEN_OFF.search(sentence):
        return 0.0
    said = _MARKER.sub(" ", sentence)
    stumbles = len(_MARKER.findall(sentence)) + len(_FILLER.findall(said)) + len(_STAMMER.findall(said))
    return max(0.0, 1 - _WORST * stumbles / max(1, len(said.split())))
