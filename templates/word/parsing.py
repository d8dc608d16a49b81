"""Parses the XML parts of a Word file that somebody sent, and refuses what harms."""

from typing import Any

from lxml import etree

Element = Any

_PARSING: Any = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_STEP = 1 << 16


class UnreadableWord(ValueError):
    """The file cannot be read as a Word document; the message is one plain sentence."""


def parse(data: bytes) -> Element:
    """The root of a part. Raises `UnreadableWord`."""
    try:
        root = etree.fromstring(data, etree.XMLParser(**_PARSING))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableWord("The file is damaged: its XML cannot be read.") from error
    return refuse_entities(root)


def parse_beginning(data: bytes) -> Element | None:
    """What was parsed when the parser had to stop; None where that is nothing."""
    parser = etree.XMLPullParser(events=("start",), **_PARSING)
    root = None
    try:
        for start in range(0, len(data), _STEP):
            parser.feed(data[start : start + _STEP])
    except etree.XMLSyntaxError:
        pass  # Where the damage begins.
    for _, element in parser.read_events():
        root = element
        break
    return None if root is None else refuse_entities(root)


def refuse_entities(root: Element) -> Element:
    """The root again. Raises `UnreadableWord` for one whose file declares entities."""
    if root.getroottree().docinfo.doctype:
        # Word never writes one; it serves entity bombs and the reading of other files.
        raise UnreadableWord("The file declares XML entities, which no Word document does.")
    return root
