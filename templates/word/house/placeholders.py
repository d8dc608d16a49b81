"""Finds `{{ names }}` in the paragraphs of a Word file, however Word split them over runs, and fills them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from templates.word.blank import W
from templates.word.package import Element, local

REPORT, CONTENTS = "report", "contents"
WORDS = ("title", "author", "date", "template")
# Parts beside the document in which words are filled in.
EDGES = ("header", "footer", "footnotes", "endnotes")
_PLACEHOLDER = re.compile(r"\{\{\s*([^\W\d_][\w-]*)\s*\}\}")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RUN_STYLE = f"{{{W}}}rStyle"
# What has texts of its own, or a text that is deleted.
_ELSEWHERE = ("txbxContent", "moveFrom", "del", "pPr")
_BREAKS = ("tab", "br", "cr", "ptab", "noBreakHyphen", "sym", "drawing", "pict", "object", "fldChar")
# A paragraph with one of these stays, though its text is all placeholder.
_KEPT = ("drawing", "pict", "object", "fldChar", "fldSimple", "sectPr", "sym")
_KEPT_TOO = ("footnoteReference", "endnoteReference", "commentReference")


@dataclass
class Line:
    """A paragraph with placeholders: its text elements, where each begins, and the text they make."""

    paragraph: Element
    texts: list[Element]
    starts: list[int]
    text: str

    @property
    def matches(self) -> list[tuple[str, int, int]]:
        """(name as in a template, start, end) of every placeholder."""
        return [(match[1].lower(), *match.span()) for match in _PLACEHOLDER.finditer(self.text)]

    @property
    def is_alone(self) -> bool:
        """Whether nothing but placeholders stands in the paragraph."""
        return not _PLACEHOLDER.sub("", self.text).strip()

    @property
    def must_stay(self) -> bool:
        """Whether the paragraph carries something that would be lost with it."""
        return any(local(found.tag) in (*_KEPT, *_KEPT_TOO) for found in self.paragraph.iter("{*}*"))

    def fill(self, words: Mapping[str, str]) -> None:
        """Write the words over their placeholders, in the look of the run in which each begins."""
        for name, start, end in reversed(self.matches):
            if name in words:
                self._replace(start, end, words[name])

    def clear(self, names: Mapping[str, object]) -> None:
        """Take placeholders out; a full stop or comma left alone by it goes with them."""
        self.fill(dict.fromkeys(names, ""))
        rest = "".join(element.text or "" for element in self.texts)
        if rest and not rest.strip(" .,;"):
            for element in self.texts:
                element.text = ""
        elif rest.rstrip(" .,;") != rest and rest.rstrip(" .,;").endswith(":"):
            last = next(element for element in reversed(self.texts) if element.text)
            last.text = (last.text or "").rstrip(" .,;")

    def _replace(self, start: int, end: int, word: str) -> None:
        for element, begin in zip(reversed(self.texts), reversed(self.starts), strict=True):
            text = element.text or ""
            first, last = max(start - begin, 0), min(end - begin, len(text))
            if first >= len(text) or last <= 0:
                continue
            is_first = begin <= start
            element.text = text[:first] + (word if is_first else "") + text[last:]
            element.set(_SPACE, "preserve")
            if is_first:
                _drop_hint_look(element.getparent())
        self.text = self.text[:start] + word + self.text[end:]


def find_lines(root: Element) -> Iterator[Line]:
    """Every paragraph with a placeholder, also in cells, content controls and text boxes."""
    braced = [text for text in root.iter(f"{{{W}}}t") if "{" in (text.text or "")]
    around = (next(text.iterancestors(f"{{{W}}}p"), None) for text in braced)
    for paragraph in dict.fromkeys(found for found in around if found is not None):
        line = _read(paragraph)
        if "{{" in line.text and _PLACEHOLDER.search(line.text):
            yield line


def may_hold_placeholders(data: bytes) -> bool:
    """Whether it is worth reading a part."""
    return b"{" in data


def _read(paragraph: Element) -> Line:
    line = Line(paragraph, [], [], "")
    pieces: list[str] = []
    length = 0
    for element in _texts(paragraph):
        if element is None:
            pieces.append("\n")
            length += 1
        else:
            line.texts.append(element)
            line.starts.append(length)
            pieces.append(element.text or "")
            length += len(pieces[-1])
    line.text = "".join(pieces)
    return line


def _texts(parent: Element) -> Iterator[Element | None]:
    """The `w:t` of a paragraph in order, None for whatever stands between two words."""
    for found in parent:
        name = local(found.tag) if isinstance(found.tag, str) else ""
        if name == "t":
            yield found
        elif name in _BREAKS:
            yield None
        elif name and name not in _ELSEWHERE:
            yield from _texts(found)


def _drop_hint_look(run: Element) -> None:
    """Text typed into a content control is not grey, as its hint was."""
    for style in list(run.iter(_RUN_STYLE)):
        if style.get(f"{{{W}}}val") == "PlaceholderText":
            style.getparent().remove(style)
