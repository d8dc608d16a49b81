"""What a house document counts with: its numbering, and the levels its styles refer to."""

from lxml import etree

from templates.word.blank import W
from templates.word.house.package import HousePackage, parse
from templates.word.package import Element, child, number, value

_EMPTY = f'<w:numbering xmlns:w="{W}"/>'.encode()
_HIGHEST = 2_000_000_000


class HouseNumbering:
    """The numbering part of a house document; an empty one where it has none."""

    def __init__(self, package: HousePackage) -> None:
        self._package = package
        self._part = next((part for _, part in package.related("numbering")), None)
        self._root = parse(package.parts[self._part] if self._part else _EMPTY)
        self._changed = False

    def level(self, num_id: str | None, at: int) -> Element | None:
        """The `w:lvl` of a list on a level from 0."""
        definition = self.definition(num_id)
        levels = definition if definition is not None else ()
        return next((one for one in levels if one.tag == _w("lvl") and value(one, "ilvl") == str(at)), None)

    def definition(self, num_id: str | None) -> Element | None:
        """The `w:abstractNum` a list is made by."""
        num = next((one for one in self._all("num") if value(one, "numId") == num_id), None)
        wanted = value(child(num, "abstractNumId"))
        return next((one for one in self._all("abstractNum") if value(one, "abstractNumId") == wanted), None)

    def first_free(self, name: str) -> int:
        """The first id above all that "num" or "abstractNum" elements have."""
        taken = (number(value(one, f"{name}Id"), 0, _HIGHEST) for one in self._all(name))
        return max(taken, default=0) + 1

    def place(self, element: Element, after: tuple[str, ...]) -> None:
        """Put an element behind the last of these: Word wants definitions before lists."""
        tags = [_w(name) for name in after]
        place = max((n for n, one in enumerate(self._root) if one.tag in tags), default=-1)
        self._root.insert(place + 1, element)
        self._changed = True

    def save(self) -> None:
        """Write what was added into the package."""
        if not self._changed:
            return
        data = bytes(etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True))
        if self._part is None:
            self._part = self._package.add_part("numbering", data)
        self._package.parts[self._part] = data

    def _all(self, name: str) -> list[Element]:
        return [one for one in self._root if one.tag == _w(name)]


def _w(name: str) -> str:
    return f"{{{W}}}{name}"
