"""A text split into sentences: the piece that evidence, signals and highlights speak of."""

import re

# Never end a sentence.
_TITLES = (
    "mr mrs ms dr prof rev hon gen col sgt vs cf approx dept est incl resp bzw ca evtl ggf inkl mme mlle"
)
# End none before a figure.
_BEFORE_FIGURES = (
    "no nos nr art fig vol p pp para paras sec ch ref tel abs s st "
    "jan feb mar apr jun jul aug sep sept oct okt nov dec dez"
)
# May end one: only when the next word is one that sentences begin with.
_EITHER = "st etc inc ltd co corp plc llc al usw str jr sr bros mio mrd tsd"
_STARTERS = (
    "the a an this that these those it he she they we i you there here in on at as after before when while "
    "if both all no however but and so then his her their its our what who why how for from with "
    "der die das ein eine er sie es wir im am le la les un une il elle ils nous ce cette"
)
_NEVER_END = frozenset(_TITLES.split())
_NOT_BEFORE_FIGURES = frozenset(_BEFORE_FIGURES.split())
_SELDOM_END = frozenset(_EITHER.split())
_OPENS = frozenset(_STARTERS.split())
_MONTHS = re.compile(r"(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)", re.I)
_OPENING = r"[\"'“‘„«‹¿¡(\[]*"
_CLOSING = r"(?:[\"'”’“‘)\]›]|[ \u00a0\u202f]?»)*"
# Sought from the first of several points only: a line of a million dots is gone through once.
_END = re.compile(rf"(?<![.!?…؟۔।])[.!?…؟۔।]+{_CLOSING}\s+(?={_OPENING}[^\W_])|[。！？]+[」』”’）»]*\s*")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_FIRST_WORD = re.compile(rf"{_OPENING}(\w+)")


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
    following = _FIRST_WORD.match(line, end.end())
    if following is None or end.group()[0] in "。！？":
        return True
    following_word = following[1]
    if following_word[0].islower():
        # "Why?" she asked. And: approx. half. Some notes are all in lower case, but reports are not.
        return False
    if end.group()[0] != "." or end.group().startswith(".."):
        return True
    last = _last_word(line[max(start, end.start() - 40) : end.start()])
    return _may_end(last, following_word, alone=line[start : end.start()].strip() == last)


def _last_word(text: str) -> str:
    words = text.split()
    return words[-1].lstrip("(\"'“‘„«[") if words else ""


def _may_end(last: str, following: str, *, alone: bool) -> bool:
    """Whether a sentence may end with the word `last` and a point, when `following` comes next."""
    word = last.lower()
    if word in _NEVER_END or (word in _NOT_BEFORE_FIGURES and following[0].isdigit()):
        return False
    if last.isdigit():
        # "1. The committee" and "am 5. März" go on.
        return not alone and not (len(last) < 3 and _MONTHS.match(following))
    initial = len(last) == 1 and last.isalpha()
    if initial or word in _SELDOM_END or _DOTTED.fullmatch(last):
        return following.lower() in _OPENS and following not in ("I", "A") and not (initial and alone)
    return True
