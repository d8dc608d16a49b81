"""The whole sentences of a document, and who says each."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from signals.sentences import split_sentences

_FEWEST_WORDS = 5
_MOST_WORDS = 60
# A line so long may be broken where the page ends; a shorter one ends where its writer wanted.
_FULL_LINE = 60
_NO_PROSE = ("|", "#", "[", "<")
# Also the numbers of clauses: "(b)", "3.2".
_LIST_MARK = re.compile(r"^\s*(?:[-*•–]|\d+[.)]|\d+(?:\.\d+)+\.?|\((?:[A-Za-z]|[ivx]+|\d{1,2})\))\s+")
# Emphasis stands at the edge of a word; without the marks inside one it would be another word.
_EMPHASIS = re.compile(r"(?<![^\W_])(?:\*\*|__)|(?:\*\*|__)(?![^\W_])")
_LABEL = re.compile(r"^(?P<label>[A-ZÀ-Þ][\w.'’ -]{0,30}?)(?:\s?\((?P<who>[^)\n]{1,60})\))?:\s+(?=\S)")
_OPEN = re.compile(r"^[A-ZÀ-Þ]{1,6}: |^[a-zß-ÿ,;.)]")
_CLOSED = re.compile(r"[.!?…][\"'”’)]*$")


@dataclass(frozen=True)
class Sentence:
    """A sentence as it stands in a document, and the name of who says it, "" where it is written."""

    text: str
    speaker: str = ""


def find_sentences(text: str) -> list[Sentence]:
    """The whole sentences of a text in order, each once: no headings, table rows or torn lines."""
    paragraphs = [(line, _LIST_MARK.sub("", line)) for line in map(_tidy, _join_lines(text))]
    labels = Counter(match["label"] for _, bare in paragraphs if (match := _LABEL.match(bare)))
    names: dict[str, str] = {}
    found: dict[str, Sentence] = {}
    for line, bare in paragraphs:
        label = _LABEL.match(bare)
        speaker = ""
        if label:
            if label["who"]:
                names[label["label"]] = label["who"].partition(",")[0].strip()
            if label["who"] or labels[label["label"]] > 1:
                speaker = names.get(label["label"], label["label"])
            if speaker or bare[label.end()].isupper():
                bare = bare[label.end() :]
        for sentence in split_sentences(_EMPHASIS.sub("", bare)):
            if _is_whole(sentence, listed=line != bare and not label):
                found.setdefault(sentence, Sentence(sentence, speaker))
    return list(found.values())


def _join_lines(text: str) -> Iterator[str]:
    """The paragraphs of a text; lines that a page broke are put together again."""
    held: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if held and not (line and _goes_on(held[-1], line)):
            yield " ".join(held)
            held = []
        if line and not line.startswith(_NO_PROSE) and not line.isupper():
            held.append(line)
    if held:
        yield " ".join(held)


def _tidy(line: str) -> str:
    """One space between words, however a page set them."""
    return " ".join(line.split())


def _goes_on(line: str, following: str) -> bool:
    if following.startswith(_NO_PROSE) or _LIST_MARK.match(following) or _LABEL.match(following):
        return False
    if _CLOSED.search(line):
        return len(line) >= _FULL_LINE and following[0].islower()
    return following[0].islower() or len(line) >= _FULL_LINE


def _is_whole(sentence: str, *, listed: bool) -> bool:
    if not _FEWEST_WORDS <= len(sentence.split()) <= _MOST_WORDS or _OPEN.match(sentence):
        return False
    if sentence.endswith(":"):
        return False
    if sentence.count("“") != sentence.count("”") or sentence.count('"') % 2:
        return False
    return listed or bool(_CLOSED.search(sentence))
