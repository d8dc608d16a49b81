"""Content written for our own style, made to fit a house document: its style ids, list numbers and links."""

import re
from xml.sax.saxutils import escape

from templates.word.body import Body
from templates.word.house.lists import HouseLists
from templates.word.house.package import HousePackage
from templates.word.house.styles import HouseStyles
from templates.word.package import Element, child, local, value

# Texts are escaped, so none of this can stand in one.
_NAMED = re.compile(r'<w:(pStyle|rStyle|tblStyle|numId) w:val="([^"]*)"/>|<w:p>(?!<w:pPr>)|r:id="(link\d+)"')
_CARRIED = ("pStyle", "bidi", "spacing", "ind", "jc")


class Fitting:
    """Fits bodies into one house document, adding to its styles, lists and relationships what they need."""

    def __init__(self, package: HousePackage, styles: HouseStyles, lists: HouseLists) -> None:
        self._package, self._styles, self._lists = package, styles, lists
        self._links: dict[str, str] = {}

    def fit(self, body: Body, carried: str = "") -> str:
        """The body's XML; plain paragraphs get the properties `carried` from the one they stand for."""
        # 0 takes a paragraph out of every list.
        numbers = {0: 0} | {started.list_id: self._lists.add(started) for started in body.lists}
        links = {link_id: self._link(address) for address, link_id in body.links.items()}
        plain = self._plain(carried)

        def replace(match: re.Match[str]) -> str:
            name, ours, link = match.groups()
            if link:
                return f'r:id="{links[link]}"'
            if not name:
                return plain
            if name == "numId":
                return f'<w:numId w:val="{numbers[int(ours)]}"/>'
            outline = self._styles.outline_of(ours)
            level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
            return f'<w:{name} w:val="{_quoted(self._styles.id_of(ours))}"/>{level}'

        return _NAMED.sub(replace, body.xml)

    def carried_by(self, paragraph: Element, with_style: bool = True) -> str:
        """What content takes over from its placeholder's paragraph, unless that is a heading or in a list.

        The whole report stands in the style chosen for it; what has a place of its own, in that place's.
        """
        properties = child(paragraph, "pPr")
        if properties is None or child(properties, "numPr") is not None:
            return ""
        style = self._styles.styles.get(value(child(properties, "pStyle")) or "")
        for one in self._styles.chain(style):
            own = child(one.element, "pPr")
            if child(own, "outlineLvl") is not None or child(own, "numPr") is not None:
                return ""
        carried = _CARRIED if with_style or not self._styles.chosen("Normal") else _CARRIED[1:]
        found = (child(properties, name) for name in carried)
        return "".join(_spell(one) for one in found if one is not None)

    def _plain(self, carried: str) -> str:
        """The beginning of a plain paragraph."""
        if self._styles.chosen("Normal") and not carried.startswith("<w:pStyle "):
            carried = f'<w:pStyle w:val="{_quoted(self._styles.id_of("Normal"))}"/>{carried}'
        return f"<w:p><w:pPr>{carried}</w:pPr>" if carried else "<w:p>"

    def _link(self, address: str) -> str:
        if address not in self._links:
            self._links[address] = self._package.relate("hyperlink", address, external=True)
        return self._links[address]


def _spell(element: Element) -> str:
    attributes = "".join(f' w:{local(name)}="{_quoted(text)}"' for name, text in element.attrib.items())
    return f"<w:{local(element.tag)}{attributes}/>"


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})
