"""Guessing which of a template's documents a file is: by its name, else by what stands first in it."""

import re
from collections.abc import Callable, Sequence
from pathlib import PurePath

from templates.body import DocumentSlot, TemplateBody

# Words that stand in the names and hints of any document.
_EMPTY_WORDS = {"the", "and", "for", "from", "with", "file", "document", "copy", "final", "draft", "several"}
# What a document is, it says at its head.
_FIRST_LINES, _FIRST_CHARACTERS = 6, 500
# A word of a document's name says more than one of its hint; of that, one word in a text says nothing.
_OF_A_NAME, _LEAST_OF_A_TEXT = 2, 2


def guess_slots(body: TemplateBody, names: Sequence[str], texts: Sequence[str] = ()) -> list[str]:
    """For each file name, the document of the template it most likely is; "" where nothing speaks for one.

    The words of a file's name count for a document's key and name, then for its hint. Where the name says
    nothing, the first lines of the file's text do (`texts`: none, or one for each name). A required document
    that nothing speaks for takes a file that is left, in order; of the others, a file joins the document
    that its name speaks for, though another was there first.
    """
    slots = [""] * len(names)
    of_names = [_words(PurePath(name).stem) for name in names]
    _match_best(slots, body.documents, of_names, _score_name)
    certain = list(slots)
    _match_best(slots, body.documents, of_names, _score_hint)
    silent = [not _nearest(words, body.documents) for words in of_names]
    heads = [_words(_head(text)) for text in texts] or [set[str]()] * len(names)
    of_texts = [head if silent[n] else set() for n, head in enumerate(heads)]
    _match_best(slots, body.documents, of_texts, _score_text)
    certain = [slot if silent[n] else certain[n] for n, slot in enumerate(slots)]
    required = [slot.key for slot in body.documents if slot.required]
    # A hint says little: what only a hint speaks for may be needed elsewhere.
    spare = [n for n in range(len(names)) if not certain[n] and slots[n] not in required]
    spare.sort(key=lambda n: (slots[n] != "", n))
    missing = [key for key in required if key not in slots]
    for index, key in zip(spare, missing, strict=False):
        slots[index] = key
    return [slot or _nearest(words, body.documents) for slot, words in zip(slots, of_names, strict=True)]


def _match_best(
    slots: list[str],
    documents: Sequence[DocumentSlot],
    words: Sequence[set[str]],
    score: Callable[[set[str], DocumentSlot], int],
) -> None:
    """Give files without one their slot, the strongest matches first, each slot once."""
    open_documents = [document for document in documents if document.key not in slots]
    matches = [
        (-score(words[index], document), index, document.key)
        for document in open_documents
        for index in range(len(slots))
    ]
    for found, index, key in sorted(matches, key=lambda match: match[:2]):
        if found and not slots[index] and key not in slots:
            slots[index] = key


def _score_name(words: set[str], document: DocumentSlot) -> int:
    return _shared_words(words, _words(f"{document.key} {document.name}"))


def _score_hint(words: set[str], document: DocumentSlot) -> int:
    return _shared_words(words, _words(document.hint))


def _score_text(words: set[str], document: DocumentSlot) -> int:
    score = _OF_A_NAME * _score_name(words, document) + _score_hint(words, document)
    return score if score >= _LEAST_OF_A_TEXT else 0


def _nearest(words: set[str], documents: Sequence[DocumentSlot]) -> str:
    scores = [(_score_name(words, document), _score_hint(words, document)) for document in documents]
    best = max(range(len(scores)), key=lambda index: scores[index], default=0)
    return documents[best].key if scores and any(scores[best]) else ""


def _head(text: str) -> str:
    """The first lines that say something."""
    lines = [line for line in text[:_FIRST_CHARACTERS].splitlines() if line.strip(" |-")]
    return "\n".join(lines[:_FIRST_LINES])


def _shared_words(first: set[str], second: set[str]) -> int:
    return sum(any(_are_alike(one, other) for other in second) for one in first)


def _are_alike(first: str, second: str) -> bool:
    """Whether two words are one, or begin alike, as “finances” and “financial”."""
    return first == second or (min(len(first), len(second)) >= 6 and first[:6] == second[:6])


def _words(text: str) -> set[str]:
    parted = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", text).lower()
    words = {word.rstrip("s") for word in re.findall(r"[^\W\d_]{3,}", parted)}
    return words - _EMPTY_WORDS
