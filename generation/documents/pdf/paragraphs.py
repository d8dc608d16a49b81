"""The text of a page as paragraphs: words joined where a line's end broke them, lines where they run on."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

# PDFium writes this where a line ended in a hyphen, and drops the line break.
_BROKEN = "\ufffe"
_BEGINNING = re.compile(r"\w*\Z")
_ENDING = re.compile(r"(\w*)(\S*) *(?:\r?\n)?")
_LONGEST_WORD = 60
_WORD = re.compile(r"\w+")
_ITEM = re.compile(r"(?:[•●▪◦‣·–—*-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])\s")
_SHORT_LIST = 400
_LIGATURE = re.compile("[\ufb00-\ufb06]")


def spell_ligatures(text: str) -> str:
    """`text` with letters that print has joined, such as fi, apart again."""
    if text.isascii():
        return text
    return _LIGATURE.sub(lambda letter: normalize("NFKC", letter[0]), text)


def words_of(pages: Sequence[str]) -> frozenset[str]:
    """The words of the document, where any was hyphenated."""
    if not any(_BROKEN in page for page in pages):
        return frozenset()
    return frozenset(_WORD.findall("\n".join(pages).lower()))


def join_hyphenated(page: str, words: frozenset[str]) -> str:
    """Joins a word broken at a line's end only where the same word stands unbroken elsewhere."""
    joined, *others = page.split(_BROKEN)
    stretches = [joined]
    for other in others:
        last = stretches[-1][-_LONGEST_WORD:].rsplit(None, 1)
        beginning = _BEGINNING.search(last[-1] if last else "")
        ending = _ENDING.match(other)
        assert beginning
        assert ending
        if (beginning[0] + ending[1]).lower() in words:
            stretches.append(f"{ending[1]}{ending[2]}\n{other[ending.end() :]}")
        else:
            stretches.append(f"-\n{other}")
    return "".join(stretches)


def split_paragraphs(page: str) -> Iterator[str]:
    """Runs of lines: a blank line, a short line that ends a sentence, or a list's beginning parts them."""
    lines = [line.rstrip() for line in page.splitlines()]
    full = sorted(map(len, lines))[len(lines) * 3 // 4] * 0.8
    paragraph: list[str] = []
    for line in lines:
        if paragraph and (not line or _begins_paragraph(line, paragraph, full)):
            yield "\n".join(paragraph)
            paragraph = []
        if line:
            paragraph.append(line)
    yield "\n".join(paragraph)


def _begins_paragraph(line: str, before: Sequence[str], full: float) -> bool:
    """Whether `line` begins one, where a full line has `full` characters; short list items stay together."""
    if _ITEM.match(line):
        return not _ITEM.match(before[0]) or sum(map(len, before)) > _SHORT_LIST
    return len(before[-1]) < full and before[-1].rstrip("”\"')")[-1:] in (".", "!", "?", ":", "。")
