"""An existing report made a house document: its content taken out, its pages and styles kept."""

from collections import Counter
from dataclasses import dataclass

from lxml import etree

from templates.word.blank import W
from templates.word.house.package import HousePackage, open_house, parse
from templates.word.house.styles import HouseStyles
from templates.word.house.tongue import find_language
from templates.word.package import Element, child, local, value

_W = f"{{{W}}}"
# What a document refers to without saying where: how it looks, and nothing it says.
_LOOKS = (
    *("styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "theme", "numbering"),
    *("footnotes", "endnotes", "glossaryDocument"),
)
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_PICTURES = ("drawing", "pict", "object")
# A logo and a title stand among the first paragraphs.
_LETTERHEAD = 6
# As they stand in a paragraph's properties.
_LOOK_OF_TEXT = ("pStyle", "bidi", "spacing", "ind", "jc")


@dataclass(frozen=True)
class EmptiedHouse:
    """The house document; whether it shows the title and holds a logo, had contents, and its language."""

    content: bytes
    shows_title: bool = False
    has_logo: bool = False
    has_contents: bool = False
    language: str = ""


def empty_house(data: bytes) -> EmptiedHouse:
    """A house document of a report: `{{ report }}` stands where its content was. Raises `UnreadableWord`.

    Kept are styles, numbering, headers, footers, the pages of its longest section, pictures in front of the
    first text (a logo), the title's paragraph, as `{{ title }}`, and how most text is set.
    """
    package = open_house(data)
    root = parse(package.parts[package.main])
    body = next(found for found in root if local(found.tag) == "body")
    styles = HouseStyles(package, root)
    section = _main_section(body)
    logos, title = _letterhead(body, styles)
    kept = [*logos, title, _paragraph("{{ report }}", _usual_look(body, styles)), section]
    emptied = _with_body(root, [one for one in kept if one is not None])
    package.parts[package.main] = _serialise(emptied)
    used = {text for found in emptied.iter() for key, text in found.attrib.items() if _is_reference(key)}
    package.drop_unless(_LOOKS, used)
    _empty_notes(package)
    language = find_language(root, _default_looks(styles))
    return EmptiedHouse(package.save(), title is not None, bool(logos), _has_contents(root), language)


def _with_body(root: Element, content: list[Element]) -> Element:
    """A document like this one around other content: taking a long report out of its tree takes minutes."""
    fresh = etree.Element(root.tag, dict(root.attrib), nsmap=root.nsmap)
    for found in root:
        if local(found.tag) == "body":
            etree.SubElement(fresh, found.tag).extend(content)
        else:
            fresh.append(_copy(found))
    return fresh


def _default_looks(styles: HouseStyles) -> list[Element | None]:
    """The run properties of a text without its own, the nearest first."""
    chain = styles.chain(styles.styles.get(styles.default))
    defaults = child(child(child(styles.root, "docDefaults"), "rPrDefault"), "rPr")
    return [*(child(one.element, "rPr") for one in chain), defaults]


def _is_reference(key: str) -> bool:
    return key.rpartition("}")[0].endswith("/relationships")


def _has_contents(root: Element) -> bool:
    """Whether the report has a table of contents."""
    if any(found.get(f"{_W}val") == "Table of Contents" for found in root.iter(f"{_W}docPartGallery")):
        return True
    codes = [found.text or "" for found in root.iter(f"{_W}instrText")]
    codes += [found.get(f"{_W}instr") or "" for found in root.iter(f"{_W}fldSimple")]
    return any(code.split()[:1] == ["TOC"] and "\\c" not in code for code in codes)


def _main_section(body: Element) -> Element | None:
    """The properties of the section with most text, with the headers it takes over from those before."""
    best: tuple[int, Element] | None = None
    length = 0
    before: dict[tuple[str, str], Element] = {}
    for found in body:
        length += sum(len(text.text or "") for text in found.iter(f"{_W}t"))
        section = found if local(found.tag) == "sectPr" else child(child(found, "pPr"), "sectPr")
        if section is None:
            continue
        own = {(local(one.tag), value(one, "type") or "default"): one for one in _edges(section)}
        taken_over = [element for key, element in before.items() if key not in own]
        before |= own
        if best is None or length > best[0]:
            copy = _copy(section)
            for element in reversed(taken_over):
                copy.insert(0, _copy(element))
            best = (length, copy)
        length = 0
    return best[1] if best else None


def _edges(section: Element) -> list[Element]:
    return [one for one in section if local(one.tag) in ("headerReference", "footerReference")]


def _letterhead(body: Element, styles: HouseStyles) -> tuple[list[Element], Element | None]:
    """Pictures in front of the first text, and the title's paragraph with its text taken out."""
    logos: list[Element] = []
    for found in list(body)[:_LETTERHEAD]:
        text = "".join(one.text or "" for one in found.iter(f"{_W}t")).strip()
        if local(found.tag) != "p" or child(child(found, "pPr"), "sectPr") is not None:
            break
        if text:
            return logos, _title_place(found) if _is_title(found, styles) else None
        if any(local(one.tag) in _PICTURES for one in found.iter(f"{_W}*")):
            logos.append(_copy(found))
    return logos, None


def _is_title(paragraph: Element, styles: HouseStyles) -> bool:
    style = styles.styles.get(value(child(child(paragraph, "pPr"), "pStyle")) or "")
    return any("title" in one.names for one in styles.chain(style))


def _title_place(paragraph: Element) -> Element:
    properties = child(paragraph, "pPr")
    return _paragraph("{{ title }}", properties)


def _usual_look(body: Element, styles: HouseStyles) -> Element | None:
    """The properties most of the running text has, for what is written in its place."""
    lengths: Counter[bytes] = Counter()
    headings = styles.heading_levels()
    for found in body.iterchildren(f"{_W}p"):
        properties = child(found, "pPr")
        style = value(child(properties, "pStyle"))
        if style in headings or child(properties, "numPr") is not None:
            continue
        look = etree.Element(f"{_W}pPr", nsmap={"w": W})
        kept = (child(properties, name) for name in _LOOK_OF_TEXT)
        look.extend([_copy(one) for one in kept if one is not None])
        lengths[etree.tostring(look)] += sum(len(one.text or "") for one in found.iter(f"{_W}t"))
    return etree.fromstring(lengths.most_common(1)[0][0]) if lengths else None


def _paragraph(text: str, properties: Element | None = None) -> Element:
    paragraph = etree.fromstring(f'<w:p xmlns:w="{W}"><w:r><w:t>{text}</w:t></w:r></w:p>')
    if properties is not None:
        paragraph.insert(0, _copy(properties))
    return paragraph


def _empty_notes(package: HousePackage) -> None:
    """Footnotes and endnotes keep only the lines that part them from the text."""
    for _, part in list(package.related("footnotes", "endnotes")):
        root = parse(package.parts[part])
        for note in list(root):
            if value(note, "type") not in _SEPARATORS:
                root.remove(note)
        package.parts[part] = _serialise(root)


def _serialise(root: Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _copy(element: Element) -> Element:
    return etree.fromstring(etree.tostring(element, with_tail=False))
