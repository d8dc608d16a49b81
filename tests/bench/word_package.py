"""Whether a Word file hangs together: types, relationships and ids, as Word demands before it opens one."""

import posixpath
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def find_faults(data: bytes, before: bytes | None = None) -> list[str]:
    """A sentence for each thing wrong; with `before`, only what was not wrong in that file."""
    known = set(find_faults(before)) if before else set()
    with ZipFile(BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist() if not name.endswith("/")}
        twice = [name for name, count in Counter(file.namelist()).items() if count > 1]
    found = [f"{name} stands twice in the zip" for name in twice]
    found += [*_types(parts), *_relations(parts), *_ids(parts)]
    return [fault for fault in found if fault not in known]


def _types(parts: dict[str, bytes]) -> Iterator[str]:
    rows = etree.fromstring(parts["[Content_Types].xml"])
    defaults = {row.get("Extension", "").lower() for row in rows if row.get("Extension")}
    overrides = Counter(row.get("PartName", "").lower() for row in rows if row.get("PartName"))
    yield from (f"{name} has two types" for name, count in overrides.items() if count > 1)
    names = {f"/{name}".lower() for name in parts}
    yield from (f"a type for {name}, which is not there" for name in overrides if name not in names)
    for name in parts:
        suffix = name.rpartition(".")[2].lower()
        if name != "[Content_Types].xml" and f"/{name}".lower() not in overrides and suffix not in defaults:
            yield f"{name} has no type"
    if any("macro" in row.get("ContentType", "").lower() for row in rows):
        yield "a macro type is left"


def _relations(parts: dict[str, bytes]) -> Iterator[str]:
    names = {name.lower() for name in parts}
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        folder, own = posixpath.split(name)
        owner = posixpath.join(posixpath.dirname(folder), own.removesuffix(".rels"))
        rows = etree.fromstring(data)
        ids = Counter(row.get("Id") for row in rows)
        yield from (f"{name}: {one} stands twice" for one, count in ids.items() if count > 1)
        for row in rows:
            target = posixpath.normpath(
                posixpath.join("/", posixpath.dirname(owner), unquote(row.get("Target", "")))
            )
            if row.get("TargetMode") != "External" and target.lstrip("/").lower() not in names:
                yield f"{name}: {row.get('Target')} is not there"
        if owner in parts and owner.endswith(".xml"):
            root = etree.fromstring(parts[owner])
            used = {
                value for one in root.iter() for key, value in one.attrib.items() if str(key).startswith(R)
            }
            yield from (f"{owner}: {one} leads nowhere" for one in used - set(ids) if one)


def _ids(parts: dict[str, bytes]) -> Iterator[str]:
    main = next(name for name in parts if name.endswith("document.xml") or name == "word/document.xml")
    root = etree.fromstring(parts[main])
    for what, values in {
        "bookmark id": [one.get(f"{W}id") for one in root.iter(f"{W}bookmarkStart")],
        "bookmark": [one.get(f"{W}name") for one in root.iter(f"{W}bookmarkStart")],
    }.items():
        yield from (f"{what} {one} stands twice" for one, count in Counter(values).items() if count > 1)
    styles = next((data for name, data in parts.items() if name.endswith("word/styles.xml")), None)
    if styles is not None:
        named = [one.get(f"{W}styleId") for one in etree.fromstring(styles).iter(f"{W}style")]
        yield from (f"style {one} stands twice" for one, count in Counter(named).items() if count > 1)
        used = {one.get(f"{W}val") for one in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
        yield from (f"style {one} is not there" for one in used - set(named))
    numbering = next((data for name, data in parts.items() if name.endswith("numbering.xml")), None)
    lists = (
        {one.get(f"{W}numId") for one in etree.fromstring(numbering).iter(f"{W}num")} if numbering else set()
    )
    asked = {one.get(f"{W}val") for one in root.iter(f"{W}numId")} - {"0", "-1"}
    yield from (f"list {one} is not there" for one in asked - lists)
