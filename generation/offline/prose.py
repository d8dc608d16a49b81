"""The whole sentences of a document, and who says each."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from signals.sentences import split_sentences

_FEWEST_SPEAKERS = 2
# So many of a transcript's paragraphs begin with a name.
_SPOKEN = 1 / 2
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
# A heading underlined, and a line of a table of contents.
_RULED = re.compile(r"(?:^|\s)[-=_*~.·]{4,}$")
_CONTENTS = re.compile(r"(?:[.…·]\s?){3,}\s*\d+$|(?:\s{4,}|\t)\d{1,4}$")
# Words in small letters that a heading in capitals may hold.
_LINKS = (
    "a an and as at between by for from in into of on or per the to under with "
    "am an auf bei das dem den der des die durch für im in mit nach oder über und vom von vor zu zum zur "
    "au aux de des du en et la le les ou par pour sur"
)
_LINK_WORDS = frozenset(_LINKS.split())
_RECITAL = re.compile(r"(?:WHEREAS|NOW,? THEREFORE|IN WITNESS WHEREOF)\b")
# "Blvd. Suite 4" and "Mühlstr. 4" go on: what has no vowel is an abbreviation; so is Ltd., but names end so.
_ABBREVIATED = re.compile(r"(?<!\w)(?!Ltd)[^\W\d_aeiouyäöüAEIOUYÄÖÜ][bcdfghjklmnpqrstvwxzß]{1,4}\.$|str\.$")
_LONGEST_ABBREVIATION = 8


@dataclass(frozen=True)
class Sentence:
    """A sentence as it stands in a document, and the name of who says it, "" where it is written."""

    text: str
    speaker: str = ""


@dataclass(frozen=True)
class Speaker:
    """A person of a transcript, and the office the transcript gives them, "" where it gives none."""

    name: str
    office: str = ""


def find_sentences(text: str) -> list[Sentence]:
    """The whole sentences of a text in order, each once: no headings, table rows or torn lines."""
    paragraphs = _paragraphs(text)
    speakers = _speakers(paragraphs)
    found: dict[str, Sentence] = {}
    for line, bare in paragraphs:
        label = _LABEL.match(bare)
        speaker = speakers.get(label["label"]) if label else None
        if label and (speaker or bare[label.end()].isupper()):
            bare = bare[label.end() :]
        listed = label is None and bool(_LIST_MARK.match(line))
        for sentence in _mend(split_sentences(bare)):
            if _is_whole(sentence, listed=listed):
                found.setdefault(sentence, Sentence(sentence, speaker.name if speaker else ""))
    return list(found.values())


def find_speakers(text: str) -> list[Speaker]:
    """Who speaks in a transcript, in the order they begin; nobody where few lines say who speaks."""
    paragraphs = _paragraphs(text)
    speakers = _speakers(paragraphs)
    labels = [match["label"] for _, bare in paragraphs if (match := _LABEL.match(bare))]
    spoken = [label for label in labels if label in speakers]
    if len(set(spoken)) < _FEWEST_SPEAKERS or len(spoken) < _SPOKEN * len(paragraphs):
        return []
    return list(dict.fromkeys(speakers[label] for label in spoken))


def _paragraphs(text: str) -> list[tuple[str, str]]:
    """The paragraphs of a text, and each without its list mark and emphasis."""
    lines = map(_tidy, _join_lines(text))
    return [(line, _EMPHASIS.sub("", _LIST_MARK.sub("", line))) for line in lines]


def _speakers(paragraphs: Sequence[tuple[str, str]]) -> dict[str, Speaker]:
    """By the label of their lines: those who speak more than once, or whose name it gives in brackets."""
    found = [match for _, bare in paragraphs if (match := _LABEL.match(bare))]
    labels = Counter(match["label"] for match in found)
    speakers = {label: Speaker(label) for label, times in labels.items() if times > 1}
    for match in found:
        if match["who"]:
            name, _, office = match["who"].partition(",")
            speakers[match["label"]] = Speaker(name.strip(), office.strip())
    return speakers


def _join_lines(text: str) -> Iterator[str]:
    """The paragraphs of a text; lines that a page broke are put together again."""
    held: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if held and not (line and _goes_on(held[-1], line)):
            yield " ".join(held)
            held = []
        if line and not _is_no_prose(line):
            held.append(line)
    if held:
        yield " ".join(held)


def _is_no_prose(line: str) -> bool:
    if line.startswith(_NO_PROSE) or line.isupper():
        return True
    return bool(_RULED.search(line[-200:]) or _CONTENTS.search(line[-200:]))


def _mend(sentences: Sequence[str]) -> Iterator[str]:
    """The sentences, those put together again that were parted after an abbreviation."""
    held: list[str] = []
    for sentence in sentences:
        held.append(sentence)
        if not _ABBREVIATED.search(sentence[-_LONGEST_ABBREVIATION:]):
            yield " ".join(held)
            held = []
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
    if sentence.endswith(":") or _RECITAL.match(sentence) or _is_heading(sentence):
        return False
    if sentence.count("“") != sentence.count("”") or sentence.count('"') % 2:
        return False
    return listed or bool(_CLOSED.search(sentence))


def _is_heading(sentence: str) -> bool:
    """Whether all words but the links between them are in capitals: a heading, or names and dates alone."""
    words = re.findall(r"[^\W\d_]{2,}", sentence)
    return all(word[0].isupper() or word in _LINK_WORDS for word in words)
