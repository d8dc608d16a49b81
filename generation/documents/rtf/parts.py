"""Paragraphs, lists, notes and tables of a rich text file, from its tokens."""

import re
from dataclasses import dataclass, field, replace

from generation.documents.rtf.tables import TableReader
from generation.documents.rtf.tokens import Token
from templates.word.parts import Heading, ListItem, Paragraph, Part

# Groups that hold no text of the document.
_AROUND = "header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc aftnsep aftnsepc"
_UNREAD = "fonttbl colortbl info pict objdata fldinst listtext pntext pn sp datafield nonesttables nonshppict"
_REMARKS = "ftncn aftncn annotation atnid atnauthor atnref themedata xe tc rxe bkmkstart bkmkend"
_LEFT_OUT = frozenset((*_AROUND.split(), *_UNREAD.split(), *_REMARKS.split()))
# Marked as unknown to old readers, and read all the same.
_STARRED = frozenset(("shpinst", "shptxt", "nesttableprops", "ud", "footnote", "fldrslt", "shprslt"))
_BREAKS = frozenset(("par", "sect", "page", "column"))
_HEADING = re.compile(r"heading (\d)|title$", re.IGNORECASE)

# A list whose marks were written out for readers that know no lists.
_MARK = re.compile(r"(?:[•·▪◦–-]|\d{1,3}[.)]|[a-zA-Z][.)])\t\s*(?=\S)")


@dataclass(frozen=True)
class _Look:
    """The look of the paragraph being read."""

    style: int = 0
    outline: int | None = None
    listed: bool = False
    level: int = 0
    depth: int = 0


@dataclass(frozen=True)
class _Group:
    """What holds until the end of a group."""

    out: bool = False
    hidden: bool = False
    deleted: bool = False
    starred: bool = False
    destination: str = ""
    look: _Look = field(default_factory=_Look)


class PartsReader:
    """Takes the tokens of a file one by one; `finish` gives the parts."""

    def __init__(self) -> None:
        self._group = _Group()
        self._stack: list[_Group] = []
        self._look = _Look()
        self._text: list[str] = []
        self._tables = TableReader()
        self._headings: dict[int, int] = {}
        self._style = 0
        self._notes: list[str] = []
        self._outer: list[list[str]] = []

    def take(self, token: Token) -> None:
        if token.word == "{":
            self._stack.append(self._group)
            self._group = replace(self._group, starred=False)
        elif token.word == "}":
            self._leave()
        elif token.word == "*":
            self._group = replace(self._group, starred=True)
        elif token.word:
            self._obey(token)
        elif self._group.destination == "stylesheet":
            self._note_style(token.text)
        elif not (self._group.out or self._group.hidden or self._group.deleted):
            self._text.append(token.text)

    def finish(self) -> list[Part]:
        while self._outer:
            self._end_note()
        self._end_paragraph()
        return self._tables.finish()

    def _leave(self) -> None:
        ended, self._group = self._group, self._stack.pop() if self._stack else _Group()
        if ended.destination == "footnote" and self._group.destination != "footnote":
            self._end_note()
        elif ended.destination == "shptxt" and self._group.destination != "shptxt":
            self._end_paragraph()

    def _end_note(self) -> None:
        if self._outer:
            self._notes.append("".join(self._text).strip())
            self._text = [*self._outer.pop(), f"[{len(self._notes)}]"]

    def _obey(self, token: Token) -> None:
        word, on = token.word, token.number != 0
        starred = self._group.starred and word not in _STARRED
        self._group = replace(self._group, starred=False)
        if word in ("listtext", "pntext") and not self._group.out:
            self._look = replace(self._look, listed=True)
        if word in _LEFT_OUT or starred:
            self._group = replace(self._group, out=True, destination=word)
        elif word in ("stylesheet", "nesttableprops"):
            self._group = replace(self._group, destination=word)
        elif self._group.destination == "stylesheet":
            self._style = token.number or 0 if word == "s" else self._style
        elif self._group.out:
            return
        elif word == "v":
            self._group = replace(self._group, hidden=on)
        elif word == "deleted":
            self._group = replace(self._group, deleted=on)
        elif word == "plain":
            self._group = replace(self._group, hidden=False, deleted=False)
        elif word in ("footnote", "shptxt"):
            self._enter_note(word)
        else:
            self._shape(word, token.number)

    def _enter_note(self, word: str) -> None:
        if word == "footnote":
            self._outer.append(self._text)
            self._text = []
        self._group = replace(self._group, destination=word, hidden=False)

    def _shape(self, word: str, number: int | None) -> None:
        """Words about paragraphs and tables."""
        if word in _BREAKS:
            if self._outer:
                self._text.append("\n")
            else:
                self._end_paragraph()
        elif word == "pard":
            self._look = _Look()
        elif word == "s":
            self._look = replace(self._look, style=number or 0)
        elif word == "outlinelevel":
            self._look = replace(self._look, outline=number)
        elif word == "ls":
            self._look = replace(self._look, listed=bool(number))
        elif word == "ilvl":
            self._look = replace(self._look, level=min(max(number or 0, 0), 9))
        elif word == "intbl":
            self._look = replace(self._look, depth=max(self._look.depth, 1))
        elif word == "itap":
            self._look = replace(self._look, depth=min(max(number or 0, 0), 20))
        elif word in ("cell", "nestcell"):
            depth = 1 if word == "cell" else max(self._look.depth, 2)
            self._look = replace(self._look, depth=depth)
            self._end_paragraph()
            self._tables.end_cell(depth)
        elif word in ("row", "nestrow"):
            self._tables.end_row(1 if word == "row" else max(self._look.depth, 2))
        else:
            self._tables.define(word, number, nested=self._group.destination == "nesttableprops")

    def _end_paragraph(self) -> None:
        text = "".join(self._text).strip()
        self._text = []
        look = self._look
        if text:
            self._tables.add(self._as_part(text, look), look.depth)
        # \pard ends a list; a paragraph after it that is not asked to leave stays in it.
        if not self._outer:
            for number, note in enumerate(self._notes, 1):
                if note:
                    self._tables.add(Paragraph(f"[{number}] {note}"), look.depth)
                    self._notes[number - 1] = ""

    def _as_part(self, text: str, look: _Look) -> Part:
        level = self._headings.get(look.style)
        if look.outline is not None and 0 <= look.outline < 9:
            level = look.outline + 1
        if level and look.depth == 0:
            return Heading(text, level)
        written = _MARK.match(text)
        if look.listed or written:
            return ListItem(text[written.end() :] if written else text, look.level)
        return Paragraph(text)

    def _note_style(self, text: str) -> None:
        found = _HEADING.match(text.strip().rstrip(";"))
        if found and self._style:
            self._headings[self._style] = int(found[1] or 1)
        if text.rstrip().endswith(";"):
            self._style = 0
