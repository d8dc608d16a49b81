"""Two texts word by word: what stayed, what came, what went."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from generation.differences.pairs import pair_sentences

_PUNCTUATION = r"""\s.,;:!?()\[\]{}"“”„«»‹›…–—"""
# Scripts that set no space between words.
_SPACELESS = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(
    rf"(\s*)([{_SPACELESS}]|[^{_PUNCTUATION}{_SPACELESS}]+(?:[.,:][^{_PUNCTUATION}{_SPACELESS}]+)*|\S)"
)
_SENTENCE = re.compile(r".+?(?:[.!?…]+(?=\s)|\Z)", re.DOTALL)
# Comparisons of one text with another, in the worst case; more is done sentence by sentence.
_MOST = 400_000


@dataclass(frozen=True)
class Span:
    """A stretch of a line and what became of it."""

    kind: Literal["same", "added", "removed"]
    text: str


Cell = tuple[Span, ...]


@dataclass(frozen=True)
class _Word:
    """A word or a sign, and the space before it."""

    space: str
    text: str


def compare_words(old: str, new: str) -> Cell:
    """The spans of both texts: the same and added ones are the new text, the same and removed the old."""
    if old == new:
        return (Span("same", new),) if new else ()
    was, now = _split(old), _split(new)
    spans = _compare(was, now) if _is_quick(was, now) else _compare_sentences(old, new)
    return tuple(_join(spans))


def _split(text: str) -> list[_Word]:
    """The words of a text; the last is empty and holds the space at the end."""
    body = text.rstrip()
    words = [_Word(*found.groups()) for found in _WORD.finditer(body)]
    return [*words, _Word(text[len(body) :], "")]


def _is_quick(old: Sequence[_Word], new: Sequence[_Word]) -> bool:
    counts = Counter(word.text for word in new)
    repeated = sum(counts[word.text] for word in old)
    return len(old) * len(new) + 20 * repeated <= _MOST


def _compare_sentences(old: str, new: str) -> Iterator[Span]:
    """Sentence by sentence; words only inside sentences that are much alike and not endless."""
    for was, now in pair_sentences(_SENTENCE.findall(old), _SENTENCE.findall(new)):
        before, after = _split(was or ""), _split(now or "")
        if was and now and _is_quick(before, after):
            yield from _compare(before, after)
        elif was != now:
            yield from (Span("removed", was or ""), Span("added", now or ""))
        else:
            yield Span("same", was or "")


def _compare(old: Sequence[_Word], new: Sequence[_Word]) -> Iterator[Span]:
    matcher = SequenceMatcher(None, [one.text for one in old], [one.text for one in new], autojunk=False)
    i = j = 0
    for start, begin, size in _without_crumbs(matcher.get_matching_blocks()):
        yield from _replaced(old[i:start], new[j:begin])
        for was, now in zip(old[start : start + size], new[begin : begin + size], strict=True):
            yield from _space(was.space, now.space)
            yield Span("same", now.text)
        i, j = start + size, begin + size


def _without_crumbs(blocks: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Without single words or signs that stayed by chance between longer stretches that did not."""
    i = j = 0
    for (start, begin, size), after in zip(blocks, [*blocks[1:], None], strict=True):
        before = max(start - i, begin - j)
        # The last block is the end of both texts, which stays.
        behind = max(after[0] - start - size, after[1] - begin - size) if after else 0
        if size <= 1 and before >= 3 and behind >= 3:
            continue
        yield start, begin, size
        i, j = start + size, begin + size


def _replaced(old: Sequence[_Word], new: Sequence[_Word]) -> Iterator[Span]:
    """What went, then what came; the space before both is neither."""
    gone, come = _text(old), _text(new)
    space = old[0].space if old and new and old[0].space == new[0].space else ""
    yield Span("same", space)
    yield Span("removed", gone[len(space) :])
    yield Span("added", come[len(space) :])


def _text(words: Iterable[_Word]) -> str:
    return "".join(word.space + word.text for word in words)


def _space(old: str, new: str) -> Iterator[Span]:
    if old == new:
        yield Span("same", new)
    else:
        yield from (Span("removed", old), Span("added", new))


def _join(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbours of one kind as one; empty ones are left out."""
    for kind, run in groupby((span for span in spans if span.text), key=lambda span: span.kind):
        yield Span(kind, "".join(span.text for span in run))
