"""A text split into sentences: the piece that evidence, signals and highlights speak of."""

import re

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st no nos vs etc e.g i.e cf al inc ltd co corp art fig vol approx dept est "
    "jan feb mar apr jun jul aug sep sept oct nov dec bzw ca usw z.b d.h nr str".split()
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W_])")


def split_sentences(text: str) -> list[str]:
    """The sentences of `text` in order, without surrounding space; a line break always ends one."""
    return [sentence for line in text.splitlines() for sentence in _split_line(line.strip())]


def _split_line(line: str) -> list[str]:
    sentences, start = [], 0
    for end in _END.finditer(line):
        if _ends_sentence(line, start, end):
            sentences.append(line[start : end.end()].strip())
            start = end.end()
    return [*sentences, line[start:]] if line[start:] else sentences


def _ends_sentence(line: str, start: int, end: re.Match[str]) -> bool:
    if end.group()[0] != "." or end.group().startswith(".."):
        return True
    words = line[start : end.start()].split()
    last = words[-1].lstrip("(\"'“‘") if words else ""
    initial = len(last) == 1 and last.isupper()
    ordinal = last.isdigit() and line[end.end()].islower()
    return not (last.lower() in _ABBREVIATIONS or initial or ordinal)
