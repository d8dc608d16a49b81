"""The table of contents: a real field whose entries are written already, each a link to its heading.

Which page a heading is on only a program that lays the pages out can say: the field is marked for Word to
refresh when the file is opened, and until then the entries stand without numbers rather than with wrong ones.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

from templates.word.blank import R, W
from templates.word.package import Element, child, local, number, value
from templates.word.read.inline import read_line
from templates.word.read.looks import BODY_TEXT

_INSTRUCTION = ' TOC \\o "1-3" \\h \\z \\u '
_LEVELS = re.compile(r'\\o\s+"(\d)\s*-\s*(\d)"')
_PLACE = "{urn:fill}contents"
_LONGEST_ENTRY = 300


@dataclass(frozen=True)
class ContentsLook:
    """What a table of contents needs of its file: its heading, style ids, and how wide the text is."""

    heading: str
    heading_style: Callable[[], str]
    style_of: Callable[[int], str]
    width: Callable[[Element], int]


@dataclass(frozen=True)
class _Entry:
    text: str
    level: int
    bookmark: str


def write_contents(root: Element, levels: Mapping[str, int], look: ContentsLook) -> None:
    """Fill the tables of contents the document has, and the places kept for one, from its headings.

    `levels` is the level of each paragraph style that is a heading.
    """
    places = list(root.iter(_PLACE))
    fields = list(_find_fields(root))
    if not places and not fields:
        return
    entries = _note_headings(root, levels)
    for first, last, instruction in fields:
        _refresh(first, last, instruction, entries, look)
    for n, place in enumerate(places):
        # The house's own table of contents is enough, and a second place is one too many.
        if not fields and not n and entries:
            _insert(place, _control(_write(entries, _INSTRUCTION, look.width(place), look), look))
        place.getparent().remove(place)


def _note_headings(root: Element, levels: Mapping[str, int]) -> list[_Entry]:
    """An entry for each heading with a text, all of them made places to jump to."""
    marks = [number(value(found, "id"), 0) for found in root.iter(f"{{{W}}}bookmarkStart")]
    free = max(marks, default=0) + 1
    entries = []
    for paragraph in root.iter(f"{{{W}}}p"):
        properties = child(paragraph, "pPr")
        level = _level_of(properties, levels) if properties is not None else None
        if level is None or any(local(one.tag) == "txbxContent" for one in paragraph.iterancestors()):
            continue
        text = " ".join(read_line(paragraph).text.split())[:_LONGEST_ENTRY]
        if text:
            name = _bookmark_of(paragraph) or _mark(paragraph, free)
            free += 1
            entries.append(_Entry(text, level, name))
    return entries


def _level_of(properties: Element, levels: Mapping[str, int]) -> int | None:
    """A paragraph's own outline level goes before its style's."""
    own = number(value(child(properties, "outlineLvl")), -1)
    if 0 <= own < BODY_TEXT:
        return own + 1
    return levels.get(value(child(properties, "pStyle")) or "") if own < 0 else None


def _bookmark_of(paragraph: Element) -> str | None:
    names = (value(found, "name") or "" for found in paragraph.iter(f"{{{W}}}bookmarkStart"))
    return next((name for name in names if name.startswith("_Toc")), None)


def _mark(paragraph: Element, number_: int) -> str:
    name = f"_TocFill{number_}"
    start = etree.Element(f"{{{W}}}bookmarkStart")
    start.set(f"{{{W}}}id", str(number_))
    start.set(f"{{{W}}}name", name)
    end = etree.Element(f"{{{W}}}bookmarkEnd")
    end.set(f"{{{W}}}id", str(number_))
    paragraph.insert(1, start)
    paragraph.append(end)
    return name


def _find_fields(root: Element) -> Iterator[tuple[Element, Element, str]]:
    """(first paragraph, last paragraph, instruction) of each table of contents of headings."""
    open_fields: list[tuple[Element, list[str]]] = []
    for found in root.iter(f"{{{W}}}fldChar", f"{{{W}}}instrText"):
        kind = value(found, "fldCharType")
        paragraph = next(found.iterancestors(f"{{{W}}}p"), None)
        if kind == "begin":
            open_fields.append((paragraph, []))
        elif kind == "end" and open_fields:
            first, words = open_fields.pop()
            instruction = "".join(words)
            if instruction.split()[:1] == ["TOC"] and not re.search(r"\\[cfat]\b", instruction):
                yield first, paragraph, instruction
        elif kind is None and open_fields:
            open_fields[-1][1].append(found.text or "")


def _refresh(
    first: Element, last: Element, instruction: str, entries: list[_Entry], look: ContentsLook
) -> None:
    """Write a table of contents anew where it stands; one spread over cells or controls is left to Word."""
    parent = first.getparent()
    low, high = map(int, match.groups()) if (match := _LEVELS.search(instruction)) else (1, 3)
    wanted = [entry for entry in entries if low <= entry.level <= high]
    if last.getparent() is not parent or not wanted or _holds_more(first, last):
        for found in first.iter(f"{{{W}}}fldChar"):
            found.set(f"{{{W}}}dirty", "true")
            break
        return
    old = [first]
    while old[-1] is not last:
        old.append(old[-1].getnext())
    _insert(first, _write(wanted, instruction, look.width(first), look))
    for one in old:
        parent.remove(one)


def _holds_more(first: Element, last: Element) -> bool:
    """Whether a section ends inside, or text stands before or after the field."""
    one = first
    while one is not None:
        if next(one.iter(f"{{{W}}}sectPr"), None) is not None:
            return True
        if one is last:
            break
        one = one.getnext()
    before = "".join(_outside(first, "begin"))
    after = "".join(reversed(list(_outside(last, "end"))))
    return bool(before.strip() or after.strip())


def _outside(paragraph: Element, mark: str) -> Iterator[str]:
    """The texts before the first "begin", or after the last "end"."""
    runs = list(paragraph.iter(f"{{{W}}}fldChar", f"{{{W}}}t"))
    for found in runs if mark == "begin" else reversed(runs):
        if value(found, "fldCharType") == mark:
            return
        yield found.text or ""


def _write(entries: list[_Entry], instruction: str, width: int, look: ContentsLook) -> str:
    begin = (
        f'<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve">'
        f'{escape(instruction)}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    last = len(entries) - 1
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{escape(look.style_of(min(entry.level, 3)))}"/><w:tabs>'
        f'<w:tab w:val="right" w:pos="{width}"/></w:tabs></w:pPr>{begin if not n else ""}'
        f"{_entry(entry)}{end if n == last else ''}</w:p>"
        for n, entry in enumerate(entries)
    )


def _entry(entry: _Entry) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return (
        f'<w:hyperlink w:anchor="{escape(entry.bookmark)}" w:history="1"><w:r><w:t xml:space="preserve">'
        f"{escape(entry.text)}</w:t></w:r><w:r><w:tab/></w:r>{mark('begin')}"
        f'<w:r><w:instrText xml:space="preserve"> PAGEREF {escape(entry.bookmark)} \\h </w:instrText></w:r>'
        f"{mark('separate')}{mark('end')}</w:hyperlink>"
    )


def _control(entries: str, look: ContentsLook) -> str:
    """The field in the control Word makes for it, with its heading."""
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        "</w:docPartObj></w:sdtPr><w:sdtContent>"
        f'<w:p><w:pPr><w:pStyle w:val="{escape(look.heading_style())}"/>'
        f"</w:pPr><w:r><w:t>{escape(look.heading)}</w:t></w:r></w:p>{entries}</w:sdtContent></w:sdt>"
    )


def _insert(before: Element, xml: str) -> None:
    for element in etree.fromstring(f'<w:x xmlns:w="{W}" xmlns:r="{R}">{xml}</w:x>'):
        before.addprevious(element)
