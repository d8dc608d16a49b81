"""Title, author and subject of a house document: its properties, and the fields that show them."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from lxml import etree

from templates.word.blank import W
from templates.word.house.package import PACKAGE, HousePackage, parse
from templates.word.package import Element, child, local, value

_CORE = f"{{{PACKAGE}/metadata/core-properties}}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FIELD = re.compile(r"\s*(TITLE|AUTHOR|SUBJECT)\b(?!\s+\")")
_BOUND = re.compile(r"coreProperties\[1\]/\w+:(title|creator|subject)\[1\]")
_BOUND_NAMES = {"title": "TITLE", "creator": "AUTHOR", "subject": "SUBJECT"}


def set_properties(
    package: HousePackage, words: Mapping[str, str], language: str, at: datetime | None
) -> None:
    """Title, author, subject, language and times; every other property stays as the house has it."""
    part = package.core_properties()
    root = parse(package.parts[part])
    now = (at or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = {
        f"{_DC}title": words["TITLE"],
        f"{_DC}creator": words["AUTHOR"],
        f"{_CORE}lastModifiedBy": words["AUTHOR"],
        f"{_DC}subject": words["SUBJECT"],
        f"{_DC}language": language,
        f"{_TERMS}created": now,
        f"{_TERMS}modified": now,
    }
    for tag, text in values.items():
        found = root.find(tag)
        if found is None:
            found = etree.SubElement(root, tag)
        found.text = text
        if tag.startswith(_TERMS):
            found.set(_XSI_TYPE, "dcterms:W3CDTF")
    package.parts[part] = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def may_hold_fields(data: bytes) -> bool:
    """Whether it is worth reading a part for them."""
    return any(name in data for name in (b"TITLE", b"AUTHOR", b"SUBJECT", b"coreProperties"))


def fill_fields(root: Element, words: Mapping[str, str]) -> bool:
    """Show title, author and subject where fields and bound controls do; whether any had to change."""
    changed = False
    for instruction, texts in [*_simple(root), *_complex(root)]:
        match = _FIELD.match(instruction)
        if match and texts:
            changed = _write(texts, words[match[1]]) or changed
    for binding in root.iter(f"{{{W}}}dataBinding"):
        match = _BOUND.search(value(binding, "xpath") or "")
        content = child(binding.getparent().getparent(), "sdtContent")
        texts = list(content.iter(f"{{{W}}}t")) if match and content is not None else []
        if match and texts:
            changed = _write(texts, words[_BOUND_NAMES[match[1]]]) or changed
            if (hint := child(binding.getparent(), "showingPlcHdr")) is not None:
                binding.getparent().remove(hint)
    return changed


def _write(texts: list[Element], word: str) -> bool:
    if "".join(text.text or "" for text in texts) == word or not word:
        return False
    texts[0].text = word
    texts[0].set(_SPACE, "preserve")
    for text in texts[1:]:
        text.text = ""
    return True


def _simple(root: Element) -> Iterator[tuple[str, list[Element]]]:
    for found in root.iter(f"{{{W}}}fldSimple"):
        yield value(found, "instr") or "", list(found.iter(f"{{{W}}}t"))


def _complex(root: Element) -> Iterator[tuple[str, list[Element]]]:
    """(instruction, texts of the result) of each field that begins and ends in one paragraph."""
    around = (next(found.iterancestors(f"{{{W}}}p"), None) for found in root.iter(f"{{{W}}}instrText"))
    for paragraph in dict.fromkeys(found for found in around if found is not None):
        open_fields: list[tuple[list[str], list[Element], list[bool]]] = []
        for found in paragraph.iter(f"{{{W}}}fldChar", f"{{{W}}}instrText", f"{{{W}}}t"):
            name, kind = local(found.tag), value(found, "fldCharType")
            if kind == "begin":
                open_fields.append(([], [], []))
            elif kind == "end" and open_fields:
                instruction, texts, _ = open_fields.pop()
                yield "".join(instruction), texts
            elif kind == "separate" and open_fields:
                open_fields[-1][2].append(True)
            elif name == "instrText" and open_fields:
                open_fields[-1][0].append(found.text or "")
            elif name == "t" and open_fields and open_fields[-1][2]:
                open_fields[-1][1].append(found)
