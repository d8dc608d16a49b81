"""Opens a Word file somebody sent: its parts as parsed XML, and a sentence when it cannot be read."""

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO
from urllib.parse import unquote
from zipfile import ZipFile

from templates.word.parsing import Element as Element
from templates.word.parsing import UnreadableWord as UnreadableWord
from templates.word.parsing import parse, parse_beginning
from templates.word.read.salvage import ZIP_ERRORS, salvage_part, salvage_zip

# Both hold for what is unpacked here; pictures and embedded files stay packed.
_MOST_BYTES = 200_000_000
# The densest real documents shrink to a fortieth. Small parts may be as dense as they like.
_MOST_TIMES_SMALLER = 200
_SMALL = 10_000_000
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Most files are transitional, and asking for an exact name is quicker than looking through all.
_USUAL = {
    name: f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
    for name in ("val", "id", "styleId", "type", "ilvl", "numId", "abstractNumId", "fldCharType")
}
_DAMAGED = (
    "The file is damaged: text may be missing or wrong in places. Check it against the original, "
    "or upload an undamaged copy."
)
_LOST = "The file is damaged: its {} could not be read."
_PARTS = {
    "styles": "styles (what is a heading)",
    "numbering": "list numbers",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Relation:
    """Where a relationship of the document leads: its kind ("styles") and a part's name."""

    kind: str
    part: str


class TooLarge(UnreadableWord):
    """The file would take more room than any document needs; nothing of it is read."""


class WordPackage:
    """The parts of an open .docx, .docm or .dotx. Raises `UnreadableWord`.

    What a document can do without, and what is left of a damaged one, is read as far as it goes;
    `warnings` then says what was lost.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.warnings: list[str] = []
        self._zip = self._open(file)
        self._names = {name.lower(): name for name in self._zip.namelist()}
        self._unpacked = 0
        main = [
            relation.part for relation in self._relations("").values() if relation.kind == "officeDocument"
        ]
        self.main = main[0] if main else "word/document.xml"
        self.relations = self._relations(self.main)

    def document(self) -> Element:
        """The root of the document part."""
        root = self._recover(self.main)
        if root is None:
            raise UnreadableWord("The file holds no Word document.")
        if local(root.tag) != "document":
            raise UnreadableWord("The file is an Office file, but not a Word document.")
        return root

    @property
    def names(self) -> list[str]:
        """The names of all parts, in the order of the file."""
        return list(self._names.values())

    def _open(self, file: BinaryIO) -> ZipFile:
        refuse_old(file)
        try:
            return ZipFile(file)
        except ZIP_ERRORS as error:
            file.seek(0)
            saved = salvage_zip(file.read(), _MOST_BYTES)
            if saved is None:
                raise UnreadableWord("The file is damaged or not a Word file.") from error
            self.warnings.append(_DAMAGED)
            return saved

    def _recover(self, name: str) -> Element | None:
        """The root of a part; of a damaged one, what stands before the damage."""
        stored = self._names.get(name.lower())
        if stored is None:
            return None
        try:
            return self.xml(name)
        except TooLarge:
            raise
        except UnreadableWord:
            data = salvage_part(self._zip, stored, _MOST_BYTES)
            root = parse_beginning(data)
            if root is None or root.find(".//{*}t") is None:
                raise
            self.warnings.append(_DAMAGED)
            return root

    def optional(self, kind: str) -> Element | None:
        """As `related`; None also where the part is damaged, which is then said in the warnings."""
        try:
            return self.related(kind)
        except TooLarge:
            raise
        except UnreadableWord:
            self.warnings.append(_LOST.format(_PARTS.get(kind, kind)))
            return None

    def optional_bytes(self, name: str) -> bytes | None:
        """As `bytes`; None also where the part is damaged."""
        try:
            return self.bytes(name)
        except TooLarge:
            raise
        except UnreadableWord:
            return None

    def related(self, kind: str) -> Element | None:
        """The root of the first part of this kind ("styles"), None if there is none."""
        parts = [relation.part for relation in self.relations.values() if relation.kind == kind]
        return self.xml(parts[0]) if parts else None

    def xml(self, name: str) -> Element | None:
        """The root of a part, None if it is missing."""
        data = self.bytes(name)
        return None if data is None else parse(data)

    def bytes(self, name: str) -> bytes | None:
        """What a part holds, None if it is missing."""
        stored = self._names.get(name.lower())
        if stored is None:
            return None
        info = self._zip.getinfo(stored)
        self._unpacked += info.file_size
        dense = info.file_size > _SMALL and info.file_size > _MOST_TIMES_SMALLER * info.compress_size
        if self._unpacked > _MOST_BYTES or dense:
            raise TooLarge("The file unpacks to more than a Word document can reasonably hold.")
        try:
            return self._zip.read(info)
        except ZIP_ERRORS as error:
            raise UnreadableWord("The file is damaged: a part of it cannot be unpacked.") from error

    def _relations(self, part: str) -> dict[str, Relation]:
        folder, name = posixpath.split(part)
        try:
            root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        except TooLarge:
            raise
        except UnreadableWord:
            self.warnings.append(_DAMAGED)
            root = None
        return {
            row.get("Id", ""): Relation(
                row.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, unquote(row.get("Target", "")))).lstrip("/"),
            )
            for row in (root if root is not None else ())
            if row.get("TargetMode") != "External"
        }


def refuse_old(file: BinaryIO) -> None:
    """Raises `UnreadableWord` for a file that is an OLE container."""
    start = file.read(len(_OLD_CONTAINER))
    if start == _OLD_CONTAINER:
        raise UnreadableWord(
            "The file is protected by a password."
            if _ENCRYPTED in file.read()
            else "The file is an old Word file (.doc); save it as .docx first."
        )
    file.seek(0)


@lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """A tag or attribute without its namespace: strict and transitional files read alike."""
    return tag.rpartition("}")[2]


def value(element: Element | None, name: str = "val") -> str | None:
    """The attribute of this local name, None where it or the element is missing."""
    if element is None:
        return None
    found: str | None = element.get(_USUAL.get(name, name))
    if found is not None:
        return found
    for key, text in element.attrib.items():
        if local(key) == name:
            return str(text)
    return None


def child(element: Element | None, name: str) -> Element | None:
    """The first child of this local name."""
    if element is None or not len(element):
        return None
    # Properties stand first, and properties are what is mostly asked for.
    first = element[0]
    return first if local(first.tag) == name else next(element.iterchildren(f"{{*}}{name}"), None)


def number(text: str | None, default: int = 0, most: int = 1_000_000) -> int:
    """A whole number between 0 and `most`, `default` for anything else."""
    try:
        return min(max(int(text or ""), 0), most)
    except ValueError:
        return default


def is_on(element: Element | None) -> bool:
    """Whether an on/off property is there and not switched off."""
    return element is not None and value(element) not in ("0", "false", "off")
