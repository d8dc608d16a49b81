"""The lists of a report in a house document: its own bullets and numbers, under numbers of their own."""

import re
from copy import deepcopy

from lxml import etree

from templates.word.blank import W
from templates.word.body import LAST_LIST_LEVEL, ListStart
from templates.word.house.styles import HouseStyle, HouseStyles
from templates.word.numbering import BULLETS, NUMBERS, numbering_xml
from templates.word.package import Element, child, number, value

_STEP = 357
# A level that is not further in than the one before, or much further, was not made to go with it.
_WIDEST_STEP = 720
_COUNTS_SELF = re.compile(r"%\d")


class HouseLists:
    """Gives each list of a body a number no other list of the file has."""

    def __init__(self, styles: HouseStyles) -> None:
        self._styles, self._numbering = styles, styles.numbering
        self._definitions: dict[bool, int] = {}
        self._next = {name: self._numbering.first_free(name) for name in ("num", "abstractNum")}

    def add(self, started: ListStart) -> int:
        """The numId of a new list; an ordered one restarts all its levels."""
        definition = self._define(started.ordered)
        list_id = self._take("num")
        num = etree.Element(_w("num"), {_w("numId"): str(list_id)})
        etree.SubElement(num, _w("abstractNumId"), {_w("val"): str(definition)})
        for level in range(LAST_LIST_LEVEL + 1) if started.ordered else ():
            override = etree.SubElement(num, _w("lvlOverride"), {_w("ilvl"): str(level)})
            start = started.start if level == started.level else 1
            etree.SubElement(override, _w("startOverride"), {_w("val"): str(start)})
        self._numbering.place(num, after=("num", "abstractNum", "numPicBullet"))
        return list_id

    def _define(self, ordered: bool) -> int:
        if ordered not in self._definitions:
            definition = self._definitions[ordered] = self._take("abstractNum")
            element = etree.Element(_w("abstractNum"), {_w("abstractNumId"): str(definition)})
            etree.SubElement(element, _w("multiLevelType"), {_w("val"): "multilevel"})
            for level in self._levels(ordered):
                element.append(level)
            self._numbering.place(element, after=("abstractNum", "numPicBullet"))
        return self._definitions[ordered]

    def _levels(self, ordered: bool) -> list[Element]:
        """Nine levels: those the house has, then ours, each further in than the one before."""
        levels: list[Element] = []
        ours = _our_levels(ordered)
        own = self._house_level(ordered, 0) is not None
        for n in range(LAST_LIST_LEVEL + 1):
            found = self._house_level(ordered, n) if own else None
            level = deepcopy(found if found is not None else ours[n])
            _adapt(level, n)
            if own and n and (found is None or not 0 < _left(level) - _left(levels[-1]) <= _WIDEST_STEP):
                _indent(level, _left(levels[-1]) + _STEP, _STEP)
            levels.append(level)
        return levels

    def _house_level(self, ordered: bool, n: int) -> Element | None:
        """What the house's list style counts with on a level, with the style's own indent."""
        kind = "ListNumber" if ordered else "ListBullet"
        first = self._styles.find(kind).style
        deeper = self._styles.find_list(kind, n) if n else None
        candidates = [(deeper, 0)] if deeper is not first else []
        if first is not None and (not n or self._is_deep(first)):
            candidates.append((first, n))
        for style, further in candidates:
            numbering = self._styles.numbering_of(style) if style else None
            if style is None or numbering is None:
                continue
            at = number(value(child(numbering, "ilvl"))) + further
            level = self._numbering.level(value(child(numbering, "numId")), at)
            if level is None or (value(child(level, "numFmt")) in ("bullet", "none")) == ordered:
                continue
            if further == 0 and (own := child(child(style.element, "pPr"), "ind")) is not None:
                level = deepcopy(level)
                _set_indent(level, deepcopy(own))
            return level
        return None

    def _is_deep(self, style: HouseStyle) -> bool:
        """Whether a style's numbering was made for several levels."""
        numbering = self._styles.numbering_of(style)
        definition = self._numbering.definition(value(child(numbering, "numId")))
        return value(child(definition, "multiLevelType")) not in (None, "singleLevel")

    def _take(self, name: str) -> int:
        self._next[name] += 1
        return self._next[name] - 1


def _our_levels(ordered: bool) -> list[Element]:
    root = etree.fromstring(f'<w:numbering xmlns:w="{W}">{numbering_xml()}</w:numbering>')
    wanted = str(NUMBERS if ordered else BULLETS)
    definition = next(one for one in root if value(one, "abstractNumId") == wanted)
    return [one for one in definition if one.tag == _w("lvl")]


def _adapt(level: Element, n: int) -> None:
    """A level at another depth, bound to no style: a style can belong to one list only."""
    was = value(level, "ilvl")
    level.set(_w("ilvl"), str(n))
    for name in ("pStyle", "lvlRestart", "isLgl"):
        if (found := child(level, name)) is not None:
            level.remove(found)
    text = child(level, "lvlText")
    if text is not None and was != str(n):
        text.set(_w("val"), _COUNTS_SELF.sub(f"%{n + 1}", value(text) or ""))


def _left(level: Element) -> int:
    indent = child(child(level, "pPr"), "ind")
    return number(value(indent, "left") or value(indent, "start"), _STEP)


def _indent(level: Element, left: int, hanging: int) -> None:
    _set_indent(level, etree.Element(_w("ind"), {_w("left"): str(left), _w("hanging"): str(hanging)}))


def _set_indent(level: Element, indent: Element) -> None:
    properties = child(level, "pPr")
    if properties is None:
        properties = etree.Element(_w("pPr"))
        before = child(level, "lvlJc")
        level.insert(list(level).index(before) + 1 if before is not None else len(level), properties)
    if (old := child(properties, "ind")) is not None:
        properties.replace(old, indent)
    else:
        properties.append(indent)


def _w(name: str) -> str:
    return f"{{{W}}}{name}"
