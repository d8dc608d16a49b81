"""Which of a house's own styles stands for one of ours: by name in any language, outline level or use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from templates.word.blank import W
from templates.word.package import child, is_on, number, value

if TYPE_CHECKING:
    from templates.word.house.styles import HouseStyle, HouseStyles

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
    "Hyperlink": ("hyperlink", "internet link"),
}
_HEADING = ("heading", "überschrift", "titre", "título", "titolo", "kop", "rubrik", "overskrift", "заголовок")
HEADING_NAME = re.compile(rf"(?:{'|'.join(_HEADING)}) ([1-9])")
_CONTENTS = ("toc", "contents", "verzeichnis", "tm")
_LIST = {
    "Bullet": ("list bullet", "aufzählungszeichen", "liste à puces"),
    "Number": ("list number", "listennummer", "liste à numéros"),
}
_LIST_PARAGRAPH = ("list paragraph", "listenabsatz", "paragraphe de liste")
_NUMBERED = re.compile(r"(Heading|TOC|ListBullet|ListNumber)(\d?)")
_PLAIN_TABLES = ("normal table", "table normal", "table grid", "table grid light", "grid table light")
_NO_BULLET = ("bullet", "none")
# What is used once may be the line on a cover; what is used again is how the house writes.
_USED_AGAIN = 2


@dataclass(frozen=True)
class Found:
    """The house's style, and how it was found; None where one is added in the house's look."""

    style: HouseStyle | None
    why: str


_ADDED = Found(None, "added in the look of the file")
_BY_NAME = "by its name"


def detect_style(ours: str, house: HouseStyles) -> Found:
    """What stands for one of our styles as long as nobody chose otherwise."""
    if ours == "Normal":
        return Found(house.styles.get(house.default), "the file's plain text")
    if ours == "FillTable":
        return _detect_table(house)
    match = _NUMBERED.fullmatch(ours)
    if match and match[1] == "Heading":
        return _detect_heading(int(match[2]), house)
    if match and match[1].startswith("List"):
        return _detect_list(match[1].removeprefix("List"), int(match[2] or 1) - 1, house)
    names = tuple(f"{word} {match[2]}" for word in _CONTENTS) if match else _NAMES[ours]
    named = house.find_named(names, "character" if ours == "Hyperlink" else "paragraph")
    return Found(named, _BY_NAME) if named else _ADDED


def find_list(kind: str, level: int, house: HouseStyles) -> HouseStyle | None:
    """The house's style named for bullets or numbers ("Bullet") on a level from 0."""
    suffix = f" {level + 1}" if level else ""
    return house.find_named(tuple(f"{name}{suffix}" for name in _LIST[kind]))


def _detect_heading(level: int, house: HouseStyles) -> Found:
    named = house.find_named(tuple(f"{word} {level}" for word in _HEADING))
    titles = {*_NAMES["Title"], *_NAMES["Subtitle"]}
    others = [
        house.styles[style_id]
        for style_id, found in house.heading_levels().items()
        if found == level and not titles & set(house.styles[style_id].names)
    ]
    return _prefer(named, others, "by its outline level", house)


def _detect_list(kind: str, level: int, house: HouseStyles) -> Found:
    """Its list style if that really numbers, else its style for paragraphs in lists."""
    first = house.chosen(f"List{kind}") if level else None
    if first:
        return Found(first, "as on the first level")
    named = find_list(kind, level, house)
    named = named if named and house.numbering_of(named) is not None else None
    found = _prefer(named, _numbered(kind, level, house), "by its own list", house)
    if found.style is None and level:
        found = Found(_detect_list(kind, 0, house).style, "as on the first level")
    if found.style is None:
        found = Found(house.find_named(_LIST_PARAGRAPH), "for lists of any sort")
    return found if found.style else _ADDED


def _numbered(kind: str, level: int, house: HouseStyles) -> list[HouseStyle]:
    """Styles that put their paragraphs into a list of this kind on this level; headings do not count."""
    headings = house.heading_levels()
    found = []
    for style in house.styles.values():
        numbering = house.numbering_of(style) if style.kind == "paragraph" else None
        if numbering is None or style.style_id in headings or _leads_on(style, house):
            continue
        at = number(value(child(numbering, "ilvl")))
        definition = house.numbering.level(value(child(numbering, "numId")), at)
        form = value(child(definition, "numFmt"))
        if at == level and form and (form in _NO_BULLET) == (kind == "Bullet"):
            found.append(style)
    return found


def _leads_on(style: HouseStyle, house: HouseStyles) -> bool:
    """Whether a numbered style looks like a heading without a level: bold, or not followed by itself."""
    following = value(child(style.element, "next"))
    if following not in (None, style.style_id):
        return True
    chain = house.chain(style)
    keeps = any(is_on(child(child(one.element, "pPr"), "keepNext")) for one in chain)
    return keeps or any(is_on(child(child(one.element, "rPr"), "b")) for one in chain)


def _prefer(named: HouseStyle | None, others: list[HouseStyle], why: str, house: HouseStyles) -> Found:
    """The named style, unless the file itself writes with another; of the others the most used."""
    rest = sorted((one for one in others if one is not named), key=lambda one: -house.used[one.style_id])
    best = rest[0] if rest else None
    if named and (best is None or house.used[named.style_id] or house.used[best.style_id] < _USED_AGAIN):
        return Found(named, _BY_NAME)
    if best is None:
        return _ADDED
    return Found(best, f"{why}, as the file uses it" if house.used[best.style_id] else why)


def _detect_table(house: HouseStyles) -> Found:
    """The style named for us, else the one its own tables use most, else one it has made itself."""
    if named := house.find_named(("fill table",), "table"):
        return Found(named, _BY_NAME)
    tables = [style for style in house.styles.values() if style.kind == "table"]
    used = sorted(
        (style for style in tables if house.used[style.style_id]), key=lambda one: -house.used[one.style_id]
    )
    designed = [style for style in used if not set(style.names) & set(_PLAIN_TABLES) and _is_drawn(style)]
    if designed:
        return Found(designed[0], "the file's own tables use it")
    own = [style for style in tables if style.is_custom and _is_drawn(style)]
    if own:
        return Found(own[0], "made for this file")
    grid = [style for style in used if "table grid" in style.names]
    return Found(grid[0], "the file's own tables use it") if grid else _ADDED


def _is_drawn(style: HouseStyle) -> bool:
    """Whether a table style draws anything: lines or shades."""
    return any(True for _ in style.element.iter(f"{{{W}}}tblBorders", f"{{{W}}}shd", f"{{{W}}}tcBorders"))
