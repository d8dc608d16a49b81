"""Puts a report into a house document: read once, filled, and the content spliced in as text."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from lxml import etree

from templates.word.blank import R, W
from templates.word.body import CONTENTS_PLACE, Body
from templates.word.contents import ContentsLook, write_contents
from templates.word.house.content import Fitting
from templates.word.house.fields import fill_fields, may_hold_fields, set_properties
from templates.word.house.lists import HouseLists
from templates.word.house.package import HousePackage, open_house, parse
from templates.word.house.placeholders import (
    CONTENTS,
    EDGES,
    REPORT,
    Line,
    find_lines,
    may_hold_placeholders,
)
from templates.word.house.places import top_level, width_at
from templates.word.house.rest import find_rest
from templates.word.house.styles import HouseStyles
from templates.word.language import contents_word, word_language
from templates.word.package import Element, UnreadableWord, child, local
from templates.word.report import ReportPart, WordReport

_SPLICED = re.compile(rb'<fill:content xmlns:fill="urn:fill" n="(\d+)"/>')
# A header has no room for more than a line.
_TOO_LONG = "…"
_UNWANTED_IN_CONTROL = ("showingPlcHdr", "dataBinding", "text")


def write_house(data: bytes, report: WordReport, styles: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """The bytes of a .docx: the house document with the report in it. Raises `UnreadableWord`.

    `styles` names the style of the house that a role is to have.
    """
    return _Filling(open_house(data), report, styles).run()


class _Filling:
    """One house document being filled with one report."""

    def __init__(self, package: HousePackage, report: WordReport, styles: Mapping[str, str]) -> None:
        self._package, self._report = package, report
        self._root = parse(package.parts[package.main])
        self._body = _body_of(self._root)
        self._styles = HouseStyles(package, self._root, styles)
        self._lists = HouseLists(self._styles)
        self._fitting = Fitting(package, self._styles, self._lists)
        self._blocks = {part.key: part for part in report.parts if part.key}
        self._words = {name: word for name, word in report.words.items() if name not in self._blocks}
        self._spliced: list[str] = []

    def run(self) -> bytes:
        """Fill in order: words, blocks with a place, then the rest at its place or at the end."""
        fields = {
            "TITLE": self._report.title,
            "AUTHOR": self._report.author,
            "SUBJECT": self._report.template,
        }
        lines = list(find_lines(self._root))
        placed = {name for line in lines for name, _, _ in line.matches if name in self._blocks}
        names = {name for line in lines for name, _, _ in line.matches}
        if placed and REPORT not in names:
            self._put_top(next(line for line in lines if any(n in placed for n, _, _ in line.matches)))
        shows_title = "title" in names or _has_title_field(self._root)
        rest = list(find_rest(self._report, placed, REPORT in names))
        for line in lines:
            self._fill(line, lambda body: self._write_rest(body, rest, shows_title))
        if REPORT not in names and (rest or not placed):
            self._append(rest, shows_title, with_top=not placed)
        self._fill_edges(fields)
        fill_fields(self._root, fields)
        set_properties(self._package, fields, word_language(self._report.language), self._report.created)
        self._save()
        return self._package.save()

    def _fill(self, line: Line, write_rest: Callable[[Body], None]) -> None:
        """Fill one paragraph; what fits its sentence stands in it, all else replaces or follows it."""
        names = [name for name, _, _ in line.matches]
        words = dict(self._words)
        contents: list[Callable[[Body], None]] = []
        for name in dict.fromkeys(names):
            block = self._blocks.get(name)
            if block and block.line and not line.is_alone:
                words[name] = block.line
                contents += [_notes_of(block)] if block.notes else []
            elif block:
                contents.append(block.write_value)
            elif name == REPORT:
                contents.append(write_rest)
            elif name == CONTENTS:
                contents.append(Body.contents)
        moved = [
            name
            for name in names
            if name not in words and (name in self._blocks or name in (REPORT, CONTENTS))
        ]
        was_alone = bool(moved) and line.is_alone and len(moved) == len(names)
        line.fill(words)
        if contents:
            self._put(line, dict.fromkeys(moved), contents, replaces=was_alone)

    def _put(
        self, line: Line, moved: dict[str, None], contents: list[Callable[[Body], None]], replaces: bool
    ) -> None:
        paragraph = line.paragraph
        body = Body(width_at(paragraph))
        for write in contents:
            write(body)
        if not body.xml:
            line.clear(moved)
            return
        _free_controls(paragraph)
        mark = self._splice(
            self._fitting.fit(body, self._fitting.carried_by(paragraph, with_style=REPORT not in moved))
        )
        line.clear(moved)
        if not replaces:
            _next_to(paragraph, mark)
        elif line.must_stay:
            paragraph.addprevious(mark)
        else:
            paragraph.addprevious(mark)
            for found in list(paragraph.iter(f"{{{W}}}bookmarkStart", f"{{{W}}}bookmarkEnd")):
                mark.addprevious(found)
            paragraph.getparent().remove(paragraph)

    def _put_top(self, line: Line) -> None:
        """What concerns the whole report stands before the first block that has a place."""
        body = Body(width_at(top_level(line.paragraph)))
        self._report.write_notices(body)
        if self._report.toc:
            body.contents()
        if body.xml:
            top_level(line.paragraph).addprevious(self._splice(self._fitting.fit(body)))

    def _write_rest(
        self, body: Body, rest: list[ReportPart], shows_title: bool, with_top: bool = True
    ) -> None:
        if with_top:
            if not shows_title:
                self._report.write_top(body)
            self._report.write_notices(body)
            if self._report.toc:
                body.contents()
        for part in rest:
            part.write_with_title(body)

    def _append(self, rest: list[ReportPart], shows_title: bool, with_top: bool) -> None:
        """The rest at the end, on the pages of the last section."""
        section = self._body[-1] if len(self._body) and local(self._body[-1].tag) == "sectPr" else None
        anchor = section if section is not None else etree.SubElement(self._body, f"{{{W}}}p")
        body = Body(width_at(anchor))
        self._write_rest(body, rest, shows_title, with_top)
        if not body.xml:
            return
        last = anchor.getprevious()
        anchor.addprevious(self._splice(self._fitting.fit(body)))
        if last is not None and _is_empty(last):
            # A blank letterhead ends in the empty paragraph on which one would begin to write.
            self._body.remove(last)
        if section is None:
            self._body.remove(anchor)

    def _fill_edges(self, fields: dict[str, str]) -> None:
        """Words in headers, footers and notes; a block shows its line there, all of it in the document."""
        words = {key: block.line or _TOO_LONG for key, block in self._blocks.items()} | self._words
        for _, part in self._package.related(*EDGES):
            data = self._package.parts[part]
            if not may_hold_placeholders(data) and not may_hold_fields(data):
                continue
            root = parse(data)
            lines = [line for line in find_lines(root) if any(name in words for name, _, _ in line.matches)]
            for line in lines:
                line.fill(words)
            if fill_fields(root, fields) or lines:
                self._package.parts[part] = _serialise(root)

    def _splice(self, xml: str) -> Element:
        self._spliced.append(xml)
        return etree.Element(
            "{urn:fill}content", {"n": str(len(self._spliced) - 1)}, nsmap={"fill": "urn:fill"}
        )

    def _save(self) -> None:
        data = _serialise(self._root)
        if self._spliced:
            # As text, because moving a long report from one tree to another takes longer than all the rest.
            data = _SPLICED.sub(
                lambda match: self._spliced[int(match[1])].encode(), _with_prefixes(data, self._root)
            )
        self._package.parts[self._package.main] = self._with_contents(data)
        self._styles.save()
        self._styles.numbering.save()

    def _with_contents(self, data: bytes) -> bytes:
        if CONTENTS_PLACE.encode() not in data and b"TOC" not in data:
            return data
        root = etree.fromstring(data)
        look = ContentsLook(
            heading=contents_word(word_language(self._report.language)),
            heading_style=lambda: self._styles.id_of("TOCHeading"),
            style_of=lambda level: self._styles.id_of(f"TOC{level}"),
            width=width_at,
        )
        write_contents(root, self._styles.heading_levels(), look)
        return _serialise(root)


def _notes_of(block: ReportPart) -> Callable[[Body], None]:
    def write(body: Body) -> None:
        for note in block.notes:
            body.note(note)

    return write


def _body_of(root: Element) -> Element:
    body = child(root, "body")
    if body is None:
        body = next((found for found in root if local(found.tag) == "body"), None)
    if body is None:
        raise UnreadableWord("The file holds no Word document.")
    return body


def _has_title_field(root: Element) -> bool:
    return any(
        (found.text or "").split()[:1] == ["TITLE"] for found in root.iter(f"{{{W}}}instrText")
    ) or any(
        (found.get(f"{{{W}}}instr") or "").split()[:1] == ["TITLE"]
        for found in root.iter(f"{{{W}}}fldSimple")
    )


def _free_controls(paragraph: Element) -> None:
    """Content controls around the content hold it as text of their own: no hint, not bound, of any form."""
    for control in paragraph.iterancestors(f"{{{W}}}sdt"):
        properties = child(control, "sdtPr")
        for found in list(properties if properties is not None else ()):
            if local(found.tag) in _UNWANTED_IN_CONTROL:
                found.getparent().remove(found)


def _next_to(paragraph: Element, mark: Element) -> None:
    """After the paragraph; before what ends a section, so that content stays in it."""
    if child(child(paragraph, "pPr"), "sectPr") is not None:
        paragraph.addprevious(mark)
    else:
        paragraph.addnext(mark)


def _is_empty(element: Element) -> bool:
    """Whether this is a paragraph that shows nothing."""
    return (
        local(element.tag) == "p"
        and all(local(one.tag) in ("pPr", "proofErr") for one in element)
        and (child(child(element, "pPr"), "sectPr") is None)
    )


def _with_prefixes(data: bytes, root: Element) -> bytes:
    """The document with the two prefixes our content is written in."""
    missing = ""
    for prefix, address in (("w", W), ("r", R)):
        bound = root.nsmap.get(prefix)
        if bound is None:
            missing += f' xmlns:{prefix}="{address}"'
        elif bound != address:
            raise UnreadableWord(
                "The file spells its XML in a way Fill cannot extend; save it again in Word."
            )
    if not missing:
        return data
    start = data.index(b"<", data.index(b"?>") + 2)
    name = re.compile(rb"<[\w:.-]+").match(data, start)
    place = name.end() if name else start
    return data[:place] + missing.encode() + data[place:]


def _serialise(root: Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
