"""An organisation's Word file as bytes by part: opened, cleared of macros, changed, written again."""

import posixpath
from collections.abc import Collection, Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from templates.word.blank import R
from templates.word.package import Element, UnreadableWord, WordPackage
from templates.word.parsing import refuse_entities

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = f"{{{PACKAGE}/content-types}}"
_RELATIONSHIPS = f"{{{PACKAGE}/relationships}}"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN_TYPE = f"{_WORD_TYPE}.document.main+xml"
_CONTENT_TYPES = "[Content_Types].xml"
# What carries macros, or what a changed file makes void.
_MACROS = ("vbaProject", "wordVbaData", "keyMapCustomizations", "attachedToolbars", "extensibility")
_SIGNATURES = ("origin", "signature")
_MADE_FROM = "attachedTemplate"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"http://purl.oclc.org/ooxml/schemaLibrary/main": b"http://schemas.openxmlformats.org/schemaLibrary/2006/main",
}  # fmt: skip
_STRICT_NAMES = {
    b"2006/extendedProperties": b"2006/extended-properties",
    b"2006/customProperties": b"2006/custom-properties",
    b"relationships/extendedProperties": b"relationships/extended-properties",
    b"relationships/customProperties": b"relationships/custom-properties",
}
_CONFORMANCE = (b' w:conformance="strict"', b' conformance="strict"')


def open_house(data: bytes) -> "HousePackage":
    """The file, ready to be filled. Raises `UnreadableWord`, also for files nested too deeply to be read."""
    try:
        return HousePackage(data)
    except RecursionError as error:
        raise UnreadableWord("The file nests its content too deeply to be read.") from error


class HousePackage:
    """The parts of an organisation's file, made a plain .docx. Raises `UnreadableWord`.

    `parts` holds bytes by name; what is never touched is written again as it came. `notes` says what was
    dropped.
    """

    def __init__(self, data: bytes) -> None:
        package = WordPackage(BytesIO(data))
        package.document()
        if package.warnings:
            # What is read from a damaged file may do as a source, but not as what reports are written on.
            raise UnreadableWord("The file is damaged. Open it in Word, save it again and use the new copy.")
        self.parts = {name: package.bytes(name) or b"" for name in package.names if not name.endswith("/")}
        self.notes: list[str] = []
        self.main = self.find(package.main) or package.main
        if _STRICT in self.parts[self.main][:4000]:
            self._make_transitional()
        self._types = self._read(_CONTENT_TYPES, f"{_TYPES}Types")
        self._rels: dict[str, Element] = {}
        self._make_plain()
        self._detach()
        self._drop(_MACROS, "Its macros and toolbars are left out: reports are plain .docx files.")
        self._drop(
            _SIGNATURES, "Its digital signature is left out: a filled file is no longer what was signed."
        )

    def find(self, name: str) -> str | None:
        """The name as the file spells it."""
        wanted = name.lstrip("/").lower()
        return next((part for part in self.parts if part.lower() == wanted), None)

    def related(self, *kinds: str) -> Iterator[tuple[str, str]]:
        """(kind, part) for each part the document refers to as one of these kinds ("header")."""
        for row in self._rows(self.main):
            kind = row.get("Type", "").rpartition("/")[2]
            if kind in kinds and (part := self._target(self.main, row)):
                yield kind, part

    def relate(self, kind: str, target: str, external: bool = False) -> str:
        """The id of a new relationship of the document."""
        rows = self._rows(self.main)
        used = {row.get("Id") for row in rows}
        number = len(used) + 1
        while f"rId{number}" in used:
            number += 1
        attributes = {"Id": f"rId{number}", "Type": f"{R}/{kind}", "Target": target}
        if external:
            attributes["TargetMode"] = "External"
        etree.SubElement(rows, f"{_RELATIONSHIPS}Relationship", attributes)
        return f"rId{number}"

    def add_part(self, kind: str, data: bytes) -> str:
        """A new part beside the document ("numbering"), related to it; its name."""
        name = free = posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
        number = 0
        while self.find(free):
            number += 1
            free = name.replace(".xml", f"{number}.xml")
        self.parts[free] = data
        self._set_type(free, f"{_WORD_TYPE}.{kind}+xml")
        self.relate(kind, f"/{free}")
        return free

    def core_properties(self) -> str:
        """The name of the part with title and author, made if there is none."""
        kind = f"{PACKAGE}/relationships/metadata/core-properties"
        rows = self._rows("")
        for row in rows:
            if row.get("Type", "").endswith("/metadata/core-properties") and (part := self._target("", row)):
                return part
        self.parts["docProps/core.xml"] = (
            f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
        ).encode()
        self._set_type("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
        used = {row.get("Id") for row in rows}
        free = next(f"rIdCore{n}" for n in range(len(used) + 1) if f"rIdCore{n}" not in used)
        row = {"Id": free, "Type": kind, "Target": "docProps/core.xml"}
        etree.SubElement(rows, f"{_RELATIONSHIPS}Relationship", row)
        return "docProps/core.xml"

    def drop_unless(self, kinds: Collection[str], used: Collection[str]) -> None:
        """Take out what the document refers to, but for these kinds of parts and these relationship ids.

        With it goes the picture of its first page, and whatever nothing refers to.
        """
        for row in list(self._rows(self.main)):
            kind = row.get("Type", "").rpartition("/")[2]
            if kind not in kinds and row.get("Id") not in used:
                self._rows(self.main).remove(row)
        for row in list(self._rows("")):
            if row.get("Type", "").endswith("/thumbnail"):
                self._rows("").remove(row)
        reached, ahead = {"", _CONTENT_TYPES}, [""]
        while ahead:
            owner = ahead.pop()
            reached.add(_rels_name(owner).lower())
            found = {part for row in self._rows(owner) if (part := self._target(owner, row))}
            ahead += found - reached
            reached |= found
        known = {name.lower() for name in reached}
        for name in [name for name in self.parts if name.lower() not in known]:
            self._remove_part(name)

    def save(self) -> bytes:
        """The file as a zip whose entries bear no time of their own."""
        changed = {
            _rels_name(part): _write(root)
            for part, root in self._rels.items()
            if len(root) or self.find(_rels_name(part))
        }
        parts = {_CONTENT_TYPES: _write(self._types)} | {
            name: data for name, data in self.parts.items() if name != _CONTENT_TYPES
        }
        for name, data in changed.items():
            parts[self.find(name) or name] = data
        file = BytesIO()
        with ZipFile(file, "w") as zipped:
            for name, data in parts.items():
                zipped.writestr(ZipInfo(name), data, ZIP_DEFLATED)
        return file.getvalue()

    def _make_transitional(self) -> None:
        """Strict files say the same in other namespaces, and few programs but Word open them."""
        for name, data in self.parts.items():
            if name.lower().endswith((".xml", ".rels")) and (_STRICT in data or _CONFORMANCE[0] in data):
                for old, new in (_TRANSITIONAL | _STRICT_NAMES).items():
                    data = data.replace(old, new)
                for mark in _CONFORMANCE:
                    data = data.replace(mark, b"", 1)
                self.parts[name] = data

    def _make_plain(self) -> None:
        """The types of a document, whatever it was: a template, with macros or not."""
        for row in self._types:
            if row.get("Extension", "").lower() == "bin" and "vbaProject" in row.get("ContentType", ""):
                row.set("ContentType", "application/vnd.openxmlformats-officedocument.oleObject")
        self._set_type(self.main, _MAIN_TYPE)

    def _detach(self) -> None:
        """Word looks for the template a file was made from on every opening, wherever that may be."""
        for _, part in list(self.related("settings")):
            rows = self._rows(part)
            for row in [row for row in rows if row.get("Type", "").endswith(f"/{_MADE_FROM}")]:
                rows.remove(row)
                root = parse(self.parts[part])
                for found in list(root.iter(f"{{*}}{_MADE_FROM}")):
                    root.remove(found)
                self.parts[part] = _write(root)
                self.notes.append("Its link to the template it was made from is left out.")

    def _set_type(self, part: str, content_type: str) -> None:
        for row in self._types:
            if row.get("PartName", "").lstrip("/").lower() == part.lower():
                row.set("ContentType", content_type)
                return
        attributes = {"PartName": f"/{part}", "ContentType": content_type}
        etree.SubElement(self._types, f"{_TYPES}Override", attributes)

    def _drop(self, kinds: tuple[str, ...], note: str) -> None:
        for owner in ("", self.main):
            for row in list(self._rows(owner)):
                if row.get("Type", "").rpartition("/")[2] in kinds:
                    self._rows(owner).remove(row)
                    self._remove(self._target(owner, row))
                    if note not in self.notes:
                        self.notes.append(note)

    def _remove(self, part: str | None) -> None:
        """Take a part out, with the parts only it refers to."""
        if part is None or part == self.main:
            return
        for row in list(self._rows(part)):
            self._remove(self._target(part, row))
        self._remove_part(part)

    def _remove_part(self, part: str) -> None:
        """Take one part out, with what the file says of it."""
        self._rels.pop(part, None)
        for name in (part, self.find(_rels_name(part))):
            self.parts.pop(name or "", None)
        for row in list(self._types):
            if row.get("PartName", "").lstrip("/").lower() == part.lower():
                self._types.remove(row)

    def _target(self, owner: str, row: Element) -> str | None:
        if row.get("TargetMode") == "External":
            return None
        path = posixpath.join("/", posixpath.dirname(owner), row.get("Target", ""))
        return self.find(posixpath.normpath(path))

    def _rows(self, part: str) -> Element:
        if part not in self._rels:
            self._rels[part] = self._read(_rels_name(part), f"{_RELATIONSHIPS}Relationships")
        return self._rels[part]

    def _read(self, name: str, empty: str) -> Element:
        found = self.find(name)
        return parse(self.parts[found]) if found else etree.Element(empty)


def parse(data: bytes) -> Element:
    """The root of a part. Raises `UnreadableWord`."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableWord("The file is damaged: its XML cannot be read.") from error
    return refuse_entities(root)


def _write(root: Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _rels_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
