"""What a Word file's styles and numbering make of a paragraph: a heading, a list item, or neither."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from templates.word.package import Element, WordPackage, child, local, number, value

# Word keeps "heading 1" in every language; other programs translate it.
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|otsikko|nagłówek|заголовок|标题|見出し)"
    r"\s*([1-9])(?!\d)",
    re.IGNORECASE,
)
BODY_TEXT = 9
_LONGEST_CHAIN = 32


@dataclass(frozen=True)
class Style:
    """What one paragraph style says itself; what it leaves open comes from `based_on`."""

    name: str
    based_on: str | None
    outline: int | None
    num_id: str | None
    list_level: int | None


@dataclass
class Looks:
    """The styles and list definitions of one file."""

    styles: dict[str, Style] = field(default_factory=dict)
    default: str | None = None
    # Number format and linked style by level, by definition; definition and own formats by numId.
    _levels: dict[str, dict[int, tuple[str, str | None]]] = field(default_factory=dict)
    _lists: dict[str, tuple[str, dict[int, str]]] = field(default_factory=dict)

    def style_name(self, style_id: str | None) -> str:
        style = self.styles.get(style_id or self.default or "")
        return style.name if style else "Normal"

    def heading_level(self, style_id: str | None) -> int | None:
        """1 to 9 for a style that is a heading, by its outline level, its name or what it is based on."""
        for style in self._chain(style_id):
            if style.outline is not None:
                return style.outline + 1 if style.outline < BODY_TEXT else None
            if match := _HEADING.match(style.name):
                return int(match[1])
        return None

    def list_of(self, style_id: str | None) -> tuple[str, int] | None:
        """The numId and level a style gives its paragraphs."""
        for style in self._chain(style_id):
            if style.num_id is not None:
                level = style.list_level
                return style.num_id, level if level is not None else self._linked(style.num_id, style_id)
        return None

    def number_format(self, num_id: str, level: int) -> str | None:
        """How a level of a list counts ("bullet", "decimal"), None where the file does not say."""
        definition, own = self._lists.get(num_id, ("", {}))
        if level in own:
            return own[level]
        return self._levels.get(definition, {}).get(level, (None, None))[0]

    def _linked(self, num_id: str, style_id: str | None) -> int:
        levels = self._levels.get(self._lists.get(num_id, ("", {}))[0], {})
        return next((n for n, (_, style) in levels.items() if style == style_id), 0)

    def _chain(self, style_id: str | None) -> Iterator[Style]:
        next_id = style_id or self.default
        for _ in range(_LONGEST_CHAIN):
            style = self.styles.get(next_id or "")
            if style is None:
                return
            yield style
            next_id = style.based_on


def read_looks(package: WordPackage) -> Looks:
    """The styles and numbering of a file; empty where it has none."""
    looks = Looks()
    for element in _children(package.related("styles"), "style"):
        if value(element, "type") in (None, "paragraph"):
            style_id = value(element, "styleId") or ""
            looks.styles[style_id] = _read_style(element)
            if value(element, "default") in ("1", "true", "on"):
                looks.default = style_id
    numbering = package.related("numbering")
    links: dict[str, str] = {}
    borrowed: dict[str, str] = {}
    for element in _children(numbering, "abstractNum"):
        number_id = value(element, "abstractNumId") or ""
        looks._levels[number_id] = dict(_read_level(level) for level in _children(element, "lvl"))
        if style := value(child(element, "styleLink")):
            links[style] = number_id
        if style := value(child(element, "numStyleLink")):
            borrowed[number_id] = style
    for number_id, style in borrowed.items():
        looks._levels[number_id] = looks._levels.get(links.get(style, ""), {})
    for element in _children(numbering, "num"):
        own = (child(override, "lvl") for override in _children(element, "lvlOverride"))
        formats = {n: form for n, (form, _) in (_read_level(level) for level in own if level is not None)}
        looks._lists[value(element, "numId") or ""] = value(child(element, "abstractNumId")) or "", formats
    return looks


def _children(parent: Element | None, name: str) -> Iterator[Element]:
    return (found for found in (parent if parent is not None else ()) if local(found.tag) == name)


def _read_style(element: Element) -> Style:
    properties = child(element, "pPr")
    numbering = child(properties, "numPr")
    outline, level = value(child(properties, "outlineLvl")), value(child(numbering, "ilvl"))
    return Style(
        name=value(child(element, "name")) or "",
        based_on=value(child(element, "basedOn")),
        outline=None if outline is None else number(outline, BODY_TEXT),
        num_id=value(child(numbering, "numId")),
        list_level=None if level is None else number(level),
    )


def _read_level(level: Element) -> tuple[int, tuple[str, str | None]]:
    counted = value(child(level, "numFmt")) or "decimal"
    return number(value(level, "ilvl")), (counted, value(child(level, "pStyle")))
