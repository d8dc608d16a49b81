"""Opens an Office file that is a zip of XML parts (.pptx, .odt, .xlsx) that somebody sent."""

import posixpath
from functools import lru_cache
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from generation.documents import refusals
from templates.word.read.salvage import ZIP_ERRORS

Element = Any

# Pictures stay packed, so this is text and its mark-up.
_MOST_BYTES = 200_000_000


class ZippedFile:
    """The parts of an open file. Raises UnreadableDocument for one that is damaged or a bomb."""

    def __init__(self, path: Path, name: str) -> None:
        self._name = name
        self._unpacked = 0
        try:
            self._zip = ZipFile(path)
        except ZIP_ERRORS as error:
            raise refusals.damaged(name) from error
        self._names = {entry.lower(): entry for entry in self._zip.namelist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def data(self, part: str) -> bytes | None:
        """What a part holds, None if it is missing."""
        stored = self._names.get(part.lower())
        if stored is None:
            return None
        info = self._zip.getinfo(stored)
        self._unpacked += info.file_size
        if self._unpacked > _MOST_BYTES:
            raise refusals.too_large(self._name)
        try:
            return self._zip.read(info)
        except ZIP_ERRORS as error:
            raise refusals.damaged(self._name) from error

    def xml(self, part: str) -> Element | None:
        """The root of a part, None if it is missing."""
        data = self.data(part)
        return None if data is None else self._parse(data)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """By id: the kind ("slide") and the part it leads to, of what stands inside the file."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            row.get("Id", ""): (
                row.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, unquote(row.get("Target", "")))).lstrip("/"),
            )
            for row in (root if root is not None else ())
            if row.get("TargetMode") != "External"
        }

    def _parse(self, data: bytes) -> Element:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise refusals.damaged(self._name) from error
        if root.getroottree().docinfo.doctype:
            # Office programs never write one; it serves entity bombs and the reading of other files.
            raise refusals.damaged(self._name)
        return root


@lru_cache(maxsize=4096)
def local(tag: Any) -> str:
    """A tag or attribute without its namespace: strict and transitional files read alike."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """The attribute of this local name, empty if there is none."""
    found = element.get(name)
    if found is None:
        found = next((text for key, text in element.attrib.items() if local(key) == name), "")
    return str(found)
