"""A title for a report, from what its documents call themselves: always the same, and no model asked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from templates.body import TemplateBody

_FIRST_LINES = 12
_LONGEST = 90
_LEAST_LETTERS = 3
# What sort of thing a document is says nothing of the case.
_SORTS = {
    *(
        "agenda",
        "annex",
        "annual",
        "application",
        "attachment",
        "book",
        "budget",
        "copy",
        "document",
        "draft",
    ),
    *("email", "figures", "file", "final", "form", "hearing", "image", "img", "interview", "letter", "list"),
    *("mail", "meeting", "memo", "minutes", "new", "note", "notes", "notice", "old", "page", "pdf", "press"),
    *("presentation", "protocol", "record", "recording", "release", "report", "scan", "sheet", "signed"),
    *("statement", "summary", "table", "text", "the", "transcript", "untitled", "version", "visit", "word"),
}
_MARKER = re.compile(r"\[(?:page|sheet|slide) [^\]]*\]", re.IGNORECASE)
_HEADER = re.compile(r"(?:from|to|cc|date|sent|subject|re|page|dear|our ref\w*)\b.{0,40}?[:,]", re.IGNORECASE)
# Sentences end so; titles do not.
_END_OF_SENTENCE = re.compile(r"[.;:,!?…]$")
_BETWEEN = re.compile(r"\s*:\s+|\s+[-–—|·]\s+")
_MARKS = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_VOWEL = re.compile(r"[aeiouyà-ÿ]", re.IGNORECASE)
_NUMBERS = re.compile(r"\(\d+\)|\bv\d+\b|\b\d+(?:[-._/]\d+)*\b", re.IGNORECASE)


@dataclass(frozen=True)
class Titled:
    """A document to take a title from: its file name, its text, and which of the template's it is."""

    name: str
    text: str
    slot: str = ""


def suggest_title(body: TemplateBody, documents: Sequence[Titled]) -> str:
    """What the case is called in its documents, and the template's name; "" where no document says.

    A required document speaks before the others, a title before a file name.
    """
    in_order = sorted(documents, key=lambda document: _rank(body, document))
    subject = next((found for document in in_order if (found := _find_subject(body, document))), "")
    if not subject or _words(body.name) <= _words(subject):
        return subject
    return f"{subject} – {body.name}"


def _rank(body: TemplateBody, document: Titled) -> tuple[bool, int]:
    for position, slot in enumerate(body.documents):
        if slot.key == document.slot:
            return not slot.required, position
    return True, len(body.documents)


def _find_subject(body: TemplateBody, document: Titled) -> str:
    sorts = _SORTS | _sort_words(body, document.slot)
    titles = (_leave_sort_out(line, sorts) for line in _find_titles(document.text))
    return next((title for title in titles if title), "") or _name_in(document.name, sorts)


def _sort_words(body: TemplateBody, key: str) -> set[str]:
    """The words for what the document is, here."""
    return next((_words(f"{slot.key} {slot.name}") for slot in body.documents if slot.key == key), set())


def _find_titles(text: str) -> Iterator[str]:
    """The lines at the head that could be a title: the first two, then the first heading."""
    lines = [line.strip() for line in text[:4000].splitlines() if line.strip() and not _MARKER.match(line)]
    lines = lines[:_FIRST_LINES]
    headings = [line.lstrip("# ") for line in lines if line.startswith("# ")]
    for line in [*(line.lstrip("# ") for line in lines[:2]), *headings[:1]]:
        plain = _MARKS.sub("", line)
        if _could_be_title(plain):
            yield _speak_softly(plain)


def _could_be_title(line: str) -> bool:
    letters = sum(character.isalpha() for character in _NUMBERS.sub("", line))
    return (
        letters >= _LEAST_LETTERS
        and len(line) <= _LONGEST
        and not line.startswith(("|", "#", "- ", "!"))
        and not _END_OF_SENTENCE.search(line)
        and not _HEADER.match(line)
    )


def _speak_softly(line: str) -> str:
    """“Tannery Court Board” of “TANNERY COURT BOARD”; what has no vowel may be an abbreviation."""
    if not line.isupper() or " " not in line:
        return line
    return " ".join(word.capitalize() if _VOWEL.search(word) else word for word in line.split())


def _leave_sort_out(line: str, sorts: set[str]) -> str:
    """“Library Committee” of “Library Committee: transcript”; "" where the sort is all there is."""
    parts = [part.strip() for part in _BETWEEN.split(line)]
    telling = [part for part in parts if not _words(part) <= sorts]
    return line if telling == parts else ", ".join(telling)


def _name_in(name: str, sorts: set[str]) -> str:
    """What a file's name says of the case, in words: “Hartnoll” of “Hartnoll_application-final (2).pdf”."""
    stem = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", PurePath(name).stem)
    stem = _NUMBERS.sub(" ", re.sub(r"[_.+\-–]+", " ", stem))
    words = [word for word in stem.split() if word.lower() not in sorts]
    said = " ".join(words)
    is_word = any(sum(c.isalpha() for c in word) >= _LEAST_LETTERS and word.isalpha() for word in words)
    return said[:_LONGEST] if is_word else ""


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.lower()))
