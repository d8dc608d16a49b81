"""Styles a house document lacks, made from what it has: its typeface, its size and its colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from lxml import etree

from templates.word.blank import W
from templates.word.package import Element, child, local, number, value
from templates.word.style import styles_xml

if TYPE_CHECKING:
    from templates.word.house.styles import HouseStyle, HouseStyles

_GREY = "A6A6A6"
_SHADE = "F2F2F2"
_USUAL_SIZE = 20
# Half points; the widths of columns are reckoned for this size.
_TABLE_SIZE = 18
# Headings are so many times the size of the text.
_HEADING_SIZES = (1.5, 1.25, 1.1, 1.0, 1.0, 1.0)


@dataclass(frozen=True)
class HouseLook:
    """What added styles take over: the text's size in half points, the headings' colour ("" if black).

    `fonts` is the `w:rFonts` of the style chosen for the text, where that is not the one they stand on.
    """

    size: int
    color: str
    fonts: str = ""

    @classmethod
    def of(cls, house: HouseStyles) -> HouseLook:
        """Read from the default style and from headings and titles."""
        defaults = child(child(child(house.root, "docDefaults"), "rPrDefault"), "rPr")
        size = number(value(child(defaults, "sz")), _USUAL_SIZE)
        text = house.chain(house.find("Normal").style)
        for style in text:
            if own := number(value(child(child(style.element, "rPr"), "sz"))):
                size = own
                break
        fonts = _fonts_of(text) if house.chosen("Normal") else ""
        names = ("Heading1", "Heading2", "Title", "Heading3")
        for heading in filter(None, (house.find(name).style for name in names)):
            color = value(child(child(heading.element, "rPr"), "color")) or ""
            if len(color) == 6 and color not in ("000000", "FFFFFF"):
                return cls(size, color, fonts)
        return cls(size, "", fonts)


def derive_style(ours: str, style_id: str, house: HouseStyles, look: HouseLook) -> Element:
    """The `w:style` of one of our styles for this house."""
    if ours == "FillTable":
        return _element("table", style_id, "Fill Table", "", _table(look), custom=True)
    if ours == "Hyperlink":
        look_of_link = '<w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr>'
        return _element("character", style_id, "Hyperlink", "", look_of_link)
    if ours in ("FillNote", "TableGap"):
        return _from_default(ours, style_id, house.default)
    if ours.startswith("Heading"):
        return _heading(int(ours[-1]), style_id, house, look)
    name, paragraph, run = _plain_style(ours, look)
    inside = f"<w:pPr>{paragraph}</w:pPr><w:rPr>{look.fonts}{run}</w:rPr>"
    return _element("paragraph", style_id, name, house.default, inside, custom=ours.startswith("Table"))


def _heading(level: int, style_id: str, house: HouseStyles, look: HouseLook) -> Element:
    """Below the nearest heading the house has: the same typeface and colour, a little smaller."""
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    for above in range(level - 1, 0, -1):
        if base := house.find(f"Heading{above}").style:
            numbered = house.numbering_of(base) is not None
            numbering = f'<w:numPr><w:ilvl w:val="{level - 1}"/></w:numPr>' if numbered else ""
            size = number(value(child(child(base.element, "rPr"), "sz"))) or round(look.size * 1.25)
            smaller = max(look.size, size - 3 * (level - above))
            inside = f"<w:pPr>{numbering}{outline}</w:pPr><w:rPr>{_size(smaller)}</w:rPr>"
            return _element("paragraph", style_id, f"heading {level}", base.style_id, inside, house.default)
    size = round(look.size * _HEADING_SIZES[level - 1])
    paragraph = f'<w:keepNext/><w:keepLines/><w:spacing w:before="280" w:after="100"/>{outline}'
    inside = f"<w:pPr>{paragraph}</w:pPr><w:rPr>{look.fonts}<w:b/><w:bCs/>{_color(look)}{_size(size)}</w:rPr>"
    return _element("paragraph", style_id, f"heading {level}", house.default, inside, house.default)


def _plain_style(ours: str, look: HouseLook) -> tuple[str, str, str]:
    """Name, paragraph and run properties of a style that stands on the house's default style."""
    bold = f"<w:b/><w:bCs/>{_color(look)}"
    if ours.startswith("TOC") and ours[-1].isdecimal():
        level = int(ours[-1])
        indent = f'<w:ind w:left="{(level - 1) * 240}"/>' if level > 1 else ""
        return f"toc {level}", f'<w:spacing w:before="0" w:after="60"/>{indent}', ""
    if ours.startswith("List"):
        kind, suffix = ours[4:10], ours[10:]
        return f"List {kind} {suffix}".strip(), '<w:spacing w:after="80"/><w:contextualSpacing/>', ""
    tight = '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>'
    close = '<w:keepNext/><w:spacing w:before="{}" w:after="{}"/>'.format
    return {
        "Title": ("Title", close(0, 160), f"{bold}{_size(look.size * 2)}"),
        "Subtitle": ("Subtitle", close(0, 280), _size(round(look.size * 1.2))),
        "Quote": ("Quote", '<w:ind w:left="400" w:right="400"/>', "<w:i/><w:iCs/>"),
        "TOCHeading": ("TOC Heading", close(240, 120), f"{bold}{_size(round(look.size * 1.4))}"),
        "TableText": ("Table Text", tight, _size(_TABLE_SIZE)),
        # No colour of its own: a house's table may stand white on dark in its first row.
        "TableHeading": (
            "Table Heading",
            f"<w:keepNext/>{tight}",
            f"<w:b/><w:bCs/>{_size(_TABLE_SIZE)}",
        ),
    }[ours]


def _table(look: HouseLook) -> str:
    line = look.color or "7F7F7F"
    side = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="{}"/>'.format
    borders = side("top", 8, line) + side("bottom", 8, line) + side("insideH", 4, _GREY)
    return (
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>'
        f"<w:tcBorders>{side('bottom', 6, line)}</w:tcBorders>"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/><w:vAlign w:val="bottom"/></w:tcPr>'
        "</w:tblStylePr>"
    )


def _from_default(ours: str, style_id: str, based_on: str) -> Element:
    """Our own style as it is: a notice is to be seen in any house."""
    root = etree.fromstring(f'<w:styles xmlns:w="{W}">{styles_xml("en-GB")}</w:styles>')
    element = next(found for found in root if value(found, "styleId") == ours)
    element.set(f"{{{W}}}styleId", style_id)
    for name in ("basedOn", "next"):
        if (link := child(element, name)) is None:
            continue
        if based_on:
            link.set(f"{{{W}}}val", based_on)
        else:
            element.remove(link)
    return element


def _element(
    kind: str, style_id: str, name: str, based_on: str, inside: str, following: str = "", custom: bool = False
) -> Element:
    base = f"<w:basedOn w:val={quoteattr(based_on)}/>" if based_on else ""
    then = f"<w:next w:val={quoteattr(following)}/>" if following else ""
    own = ' w:customStyle="1"' if custom else ""
    return etree.fromstring(
        f'<w:style xmlns:w="{W}" w:type="{kind}"{own} w:styleId="{style_id}">'
        f'<w:name w:val="{name}"/>{base}{then}'
        f'<w:uiPriority w:val="10"/><w:qFormat/>{inside}</w:style>'
    )


def _fonts_of(chain: list[HouseStyle]) -> str:
    found = (child(child(style.element, "rPr"), "rFonts") for style in chain)
    fonts = next((one for one in found if one is not None), None)
    if fonts is None:
        return ""
    names = "".join(f" w:{local(name)}={quoteattr(text)}" for name, text in fonts.attrib.items())
    return f"<w:rFonts{names}/>"


def _color(look: HouseLook) -> str:
    return f'<w:color w:val="{look.color}"/>' if look.color else ""


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
