"""Our styles in a house document: its own by name and alias in any language, else added in its look."""

import re
from collections import Counter
from dataclasses import dataclass

from lxml import etree

from templates.word.blank import W
from templates.word.house.derived import HouseLook, derive_style
from templates.word.house.package import HousePackage, parse
from templates.word.package import Element, child, number, value
from templates.word.read.looks import BODY_TEXT

_EMPTY = f'<w:styles xmlns:w="{W}"/>'.encode()
# Word spells its own styles in English whatever its language; other programs do not.
_NAMES = {
    "Title": ("title", "titel", "titre", "título", "titolo"),
    "Subtitle": ("subtitle", "untertitel", "sous-titre", "subtítulo", "sottotitolo"),
    "Quote": ("quote", "quotations", "block text", "zitat", "citation", "cita"),
    "TableText": ("table text", "table contents", "table body", "tabellentext", "tabelleninhalt"),
    "TableHeading": ("table heading", "table header", "tabellenüberschrift", "titre de tableau"),
    "TOCHeading": ("toc heading", "contents heading", "inhaltsverzeichnisüberschrift"),
    "FillNote": ("fill note",),
    "TableGap": ("table gap",),
    "FillTable": ("fill table",),
    "Hyperlink": ("hyperlink", "internet link"),
    "ListParagraph": ("list paragraph", "listenabsatz", "paragraphe de liste"),
}
_HEADING = ("heading", "überschrift", "titre", "título", "titolo", "kop", "rubrik", "overskrift", "заголовок")
_HEADING_NAME = re.compile(rf"(?:{'|'.join(_HEADING)}) ([1-9])")
_LIST = {
    "Bullet": ("list bullet", "aufzählungszeichen", "liste à puces"),
    "Number": ("list number", "listennummer", "liste à numéros"),
}
_NUMBERED = re.compile(r"(Heading|TOC|ListBullet|ListNumber)(\d?)")
_PLAIN_TABLES = ("normal table", "table normal", "table grid", "table grid light", "grid table light")


@dataclass(frozen=True)
class HouseStyle:
    """One style of the house."""

    style_id: str
    kind: str
    names: tuple[str, ...]
    element: Element


class HouseStyles:
    """The styles of a house document; asked for one of ours, it names the house's, or adds one."""

    def __init__(self, package: HousePackage, root: Element) -> None:
        self._package = package
        found = next((part for _, part in package.related("styles")), None)
        self._part = found or package.add_part("styles", _EMPTY)
        self.root = parse(package.parts[self._part])
        self.styles = {
            style.style_id: style for style in map(_read, self.root.iter(f"{{{W}}}style")) if style.style_id
        }
        self.default = next(
            (one.style_id for one in self.styles.values() if one.kind == "paragraph" and _is_default(one)), ""
        )
        self._chosen: dict[str, str] = {}
        self._look: HouseLook | None = None
        self._used_tables = Counter(value(found) for found in root.iter(f"{{{W}}}tblStyle"))
        self._changed = False

    def id_of(self, ours: str) -> str:
        """The house's style id for one of our paragraph, character or table styles."""
        if ours not in self._chosen:
            self._chosen[ours] = self._find(ours) or self._add(ours)
        return self._chosen[ours]

    def find_named(self, names: tuple[str, ...], kind: str = "paragraph") -> HouseStyle | None:
        """The house's style with one of these names, the first name first."""
        for name in names:
            for style in self.styles.values():
                if style.kind == kind and name in style.names:
                    return style
        return None

    def find_list(self, kind: str, level: int) -> HouseStyle | None:
        """The house's style for bullets or numbers ("Bullet") on a level from 0."""
        suffix = f" {level + 1}" if level else ""
        return self.find_named(tuple(f"{name}{suffix}" for name in _LIST[kind]))

    def chain(self, style: HouseStyle | None) -> list[HouseStyle]:
        """A style and those it is based on."""
        found: list[HouseStyle] = []
        while style is not None and style not in found:
            found.append(style)
            style = self.styles.get(value(child(style.element, "basedOn")) or "")
        return found

    def heading_levels(self) -> dict[str, int]:
        """The level of each paragraph style that is a heading, by outline level or name."""
        levels = {}
        for style_id, style in self.styles.items():
            level = self._heading_level(style) if style.kind == "paragraph" else None
            if level is not None:
                levels[style_id] = level
        return levels

    def _heading_level(self, style: HouseStyle) -> int | None:
        for one in self.chain(style):
            outline = child(child(one.element, "pPr"), "outlineLvl")
            if outline is not None:
                level = number(value(outline), BODY_TEXT)
                return level + 1 if level < BODY_TEXT else None
            for name in one.names:
                if match := _HEADING_NAME.fullmatch(name):
                    return int(match[1])
        return None

    def save(self) -> None:
        """Write added styles into the package."""
        if self._changed:
            self._package.parts[self._part] = bytes(
                etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
            )

    def _find(self, ours: str) -> str | None:
        if ours == "FillTable":
            return self._best_table()
        kind = "character" if ours == "Hyperlink" else "paragraph"
        match = _NUMBERED.fullmatch(ours)
        if match and match[1].startswith("List"):
            return self._list_style(match[1].removeprefix("List"), int(match[2] or 1) - 1)
        names = _NAMES.get(ours, (ours.lower(),))
        if match:
            words = _HEADING if match[1] == "Heading" else ("toc", "contents", "verzeichnis", "tm")
            names = tuple(f"{word} {match[2]}" for word in words)
        style = self.find_named(names, kind)
        return style.style_id if style else None

    def _list_style(self, kind: str, level: int) -> str | None:
        """Its list style if that really numbers, else its style for paragraphs in lists."""
        for n in (level, 0):
            style = self.find_list(kind, n)
            if style and self.numbering_of(style) is not None:
                return style.style_id
        paragraph = self.find_named(_NAMES["ListParagraph"])
        return paragraph.style_id if paragraph else None

    def numbering_of(self, style: HouseStyle) -> Element | None:
        """The `w:numPr` a style has or inherits."""
        for one in self.chain(style):
            numbering = child(child(one.element, "pPr"), "numPr")
            if numbering is not None:
                return numbering if value(child(numbering, "numId")) not in (None, "0") else None
        return None

    def _best_table(self) -> str | None:
        """The style named for us, else the one its own tables use most, else one it has made itself."""
        if named := self.find_named(_NAMES["FillTable"], "table"):
            return named.style_id
        used = [
            self.styles[style_id]
            for style_id, _ in self._used_tables.most_common()
            if style_id in self.styles and self.styles[style_id].kind == "table"
        ]
        own = [
            style
            for style in self.styles.values()
            if style.kind == "table"
            and value(style.element, "customStyle") in ("1", "true")
            and _is_drawn(style)
        ]
        designed = [style for style in used if not set(style.names) & set(_PLAIN_TABLES) and _is_drawn(style)]
        best = [*designed, *own, *(style for style in used if "table grid" in style.names)]
        return best[0].style_id if best else None

    def _add(self, ours: str) -> str:
        self._look = self._look or HouseLook.of(self)
        taken = {style_id.lower() for style_id in self.styles}
        new_id = ours
        while new_id.lower() in taken:
            new_id = f"Fill{new_id}"
        element = derive_style(ours, new_id, self, self._look)
        self.root.append(element)
        self.styles[new_id] = _read(element)
        self._changed = True
        return new_id


def _read(element: Element) -> HouseStyle:
    names = [value(child(element, "name")) or "", *(value(child(element, "aliases")) or "").split(",")]
    return HouseStyle(
        value(element, "styleId") or "",
        value(element, "type") or "paragraph",
        tuple(" ".join(name.lower().split()) for name in names if name.strip()),
        element,
    )


def _is_default(style: HouseStyle) -> bool:
    return value(style.element, "default") in ("1", "true", "on")


def _is_drawn(style: HouseStyle) -> bool:
    """Whether a table style draws anything: lines or shades."""
    return any(True for _ in style.element.iter(f"{{{W}}}tblBorders", f"{{{W}}}shd", f"{{{W}}}tcBorders"))
