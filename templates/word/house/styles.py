"""Our styles in a house document: those chosen, else its own that are detected, else added in its look."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from templates.word.blank import W
from templates.word.house.counting import HouseNumbering
from templates.word.house.derived import HouseLook, derive_style
from templates.word.house.detect import HEADING_NAME, Found, detect_style, find_list
from templates.word.house.package import HousePackage, parse
from templates.word.house.roles import ROLES
from templates.word.package import Element, child, is_on, number, value
from templates.word.read.looks import BODY_TEXT

_EMPTY = f'<w:styles xmlns:w="{W}"/>'.encode()
# Our own list styles count so far; a house may have more.
_LAST_LIST_STYLE = 3


@dataclass(frozen=True)
class HouseStyle:
    """One style of the house."""

    style_id: str
    kind: str
    names: tuple[str, ...]
    element: Element

    @property
    def label(self) -> str:
        """Its name as Word shows it: its own styles begin with a capital there, though not in the file."""
        name = value(child(self.element, "name")) or self.style_id
        return name if self.is_custom else f"{name[:1].upper()}{name[1:]}"

    @property
    def is_custom(self) -> bool:
        """Whether somebody made it, rather than Word."""
        return value(self.element, "customStyle") in ("1", "true")

    @property
    def is_hidden(self) -> bool:
        """Whether Word does not offer it."""
        return any(is_on(child(self.element, name)) for name in ("semiHidden", "hidden"))


class HouseStyles:
    """The styles of a house document; asked for one of ours, it names the house's, or adds one."""

    def __init__(
        self, package: HousePackage, root: Element, wanted: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """`wanted` names the house's style for a role; what the house does not have is left to detection."""
        self._package = package
        found = next((part for _, part in package.related("styles")), None)
        self._part = found or package.add_part("styles", _EMPTY)
        self.root = parse(package.parts[self._part])
        self.numbering = HouseNumbering(package)
        self.styles = {
            style.style_id: style for style in map(_read, self.root.iter(f"{{{W}}}style")) if style.style_id
        }
        self.default = next(
            (one.style_id for one in self.styles.values() if one.kind == "paragraph" and _is_default(one)), ""
        )
        self.used = self._count(root)
        self._wanted = {
            ROLES[role].ours: style
            for role, name in wanted.items()
            if (style := self.find_wanted(name, ROLES[role].kind))
        }
        self._found: dict[str, Found] = {}
        self._ids: dict[str, str] = {}
        self._look: HouseLook | None = None
        self._changed = False

    def id_of(self, ours: str) -> str:
        """The house's style id for one of our paragraph, character or table styles."""
        if ours not in self._ids:
            style = self.find(ours).style
            self._ids[ours] = style.style_id if style else self._add(ours)
        return self._ids[ours]

    def find(self, ours: str) -> Found:
        """The house's style for one of ours: the one that was chosen, else what is detected."""
        if ours not in self._found:
            chosen = self.chosen(ours)
            self._found[ours] = Found(chosen, "chosen") if chosen else detect_style(ours, self)
        return self._found[ours]

    def chosen(self, ours: str) -> HouseStyle | None:
        """The house's style somebody chose for one of ours."""
        return self._wanted.get(ours)

    def outline_of(self, ours: str) -> int | None:
        """The outline level, from 0, a heading must bring along because its style does not make it one."""
        if not ours.startswith("Heading"):
            return None
        style, level = self.styles[self.id_of(ours)], int(ours[-1])
        return level - 1 if self._heading_level(style) != level else None

    def find_wanted(self, name: str, kind: str) -> HouseStyle | None:
        """The house's style of this name or alias: as it is spelt, else in capitals or not."""
        of_kind = (style for style in self.styles.values() if style.kind == kind)
        exact = next((style for style in of_kind if style.label == name), None)
        return exact or self.find_named((_folded(name),), kind)

    def find_named(self, names: tuple[str, ...], kind: str = "paragraph") -> HouseStyle | None:
        """The house's style with one of these names, the first name first."""
        for name in names:
            for style in self.styles.values():
                if style.kind == kind and name in style.names:
                    return style
        return None

    def find_list(self, ours: str, level: int) -> HouseStyle | None:
        """The house's style for "ListBullet" or "ListNumber" on a level from 0, also on the deepest ones."""
        if level < _LAST_LIST_STYLE:
            return self.find(f"{ours}{level + 1}" if level else ours).style
        return self.chosen(ours) or find_list(ours.removeprefix("List"), level, self)

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
                if match := HEADING_NAME.fullmatch(name):
                    return int(match[1])
        return None

    def save(self) -> None:
        """Write added styles into the package."""
        if self._changed:
            self._package.parts[self._part] = bytes(
                etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
            )

    def numbering_of(self, style: HouseStyle) -> Element | None:
        """The `w:numPr` a style has or inherits."""
        for one in self.chain(style):
            numbering = child(child(one.element, "pPr"), "numPr")
            if numbering is not None:
                return numbering if value(child(numbering, "numId")) not in (None, "0") else None
        return None

    def _count(self, root: Element) -> Counter[str]:
        """How many paragraphs and tables of the document stand in each style."""
        used = Counter(value(found) or "" for found in root.iter(f"{{{W}}}pStyle", f"{{{W}}}tblStyle"))
        paragraphs = sum(1 for _ in root.iter(f"{{{W}}}p"))
        used[self.default] += paragraphs - sum(1 for _ in root.iter(f"{{{W}}}pStyle"))
        return used

    def _add(self, ours: str) -> str:
        self._look = self._look or HouseLook.of(self)
        taken = {style_id.lower() for style_id in self.styles}
        new_id = ours
        while new_id.lower() in taken:
            new_id = f"Fill{new_id}"
        element = derive_style(ours, new_id, self, self._look)
        self.root.append(element)
        self.styles[new_id] = _read(element)
        self._found[ours] = Found(self.styles[new_id], "added")
        self._changed = True
        return new_id


def _read(element: Element) -> HouseStyle:
    names = [value(child(element, "name")) or "", *(value(child(element, "aliases")) or "").split(",")]
    return HouseStyle(
        value(element, "styleId") or "",
        value(element, "type") or "paragraph",
        tuple(_folded(name) for name in names if name.strip()),
        element,
    )


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


def _is_default(style: HouseStyle) -> bool:
    return value(style.element, "default") in ("1", "true", "on")
