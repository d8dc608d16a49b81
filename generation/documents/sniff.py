"""What kind of file the bytes are, whatever the name says."""

from pathlib import Path
from zipfile import ZipFile

from generation.documents import ole
from templates.word.read.salvage import ZIP_ERRORS

LOCKED = "locked"
ARCHIVE = ".zip"
PICTURE = "picture"

_ZIP = b"PK\x03\x04"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
# Programs save web pages under these names, and Office opens them.
_NAMED_FOR_OFFICE = frozenset(
    (".doc", ".docx", ".docm", ".dotx", ".xls", ".xlsx", ".xlsm", ".ppt", ".pptx", ".pdf", ".rtf", ".odt", "")
)
_PAGES = (b"<!doctype html", b"<html")
_OLD = {
    "EncryptedPackage": LOCKED,
    "WordDocument": ".doc",
    "Workbook": ".xls",
    "Book": ".xls",
    "PowerPoint Document": ".ppt",
    "__properties_version1.0": ".msg",
}
_CONTENT_TYPES = (
    (b"wordprocessingml.document.main", ".docx"),
    (b"wordprocessingml.template.main", ".docx"),
    (b"ms-word.document.macroenabled", ".docx"),
    (b"ms-word.template.macroenabled", ".docx"),
    (b"ms-excel.sheet.binary", ".xlsb"),
    (b"spreadsheetml.sheet.main", ".xlsx"),
    (b"spreadsheetml.template.main", ".xlsx"),
    (b"ms-excel.sheet.macroenabled", ".xlsx"),
    (b"ms-excel.template.macroenabled", ".xlsx"),
    (b"presentationml.", ".pptx"),
    (b"ms-powerpoint.", ".pptx"),
)
_OPEN_DOCUMENT = {b"text": ".odt", b"spreadsheet": ".ods", b"presentation": ".odp"}
_MOST = 1_000_000


def sniff(path: Path, suffix: str) -> str:
    """The suffix of the kind the file is, one of the words above, or "" where its bytes do not tell.

    `suffix` is what its name says: only a file that claims to be something else can be a web page.
    """
    with path.open("rb") as file:
        start = file.read(1024)
        if start.startswith(ole.SIGNATURE[:4]):
            return _sniff_old(start + file.read())
    if start.startswith(_ZIP):
        return _sniff_zip(path)
    if start.startswith(_PICTURES):
        return PICTURE if b"\0" in start else ""
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"%PDF-"):
        return ".pdf"
    if text.startswith(b"{\\rtf"):
        return ".rtf"
    return ".html" if suffix in _NAMED_FOR_OFFICE and text.lower().startswith(_PAGES) else ""


def _sniff_old(data: bytes) -> str:
    names = ole.top_names(data)
    if not names:  # damaged; what it was can still be told
        names = [name for name in _OLD if name.encode("utf-16-le") in data]
    return next((kind for name, kind in _OLD.items() if name in names), "")


def _sniff_zip(path: Path) -> str:
    """ "" for a zip too damaged to list what it holds; its reader may still find something."""
    try:
        with ZipFile(path) as package:
            return _sniff_package(package)
    except ZIP_ERRORS:
        return ""


def _sniff_package(package: ZipFile) -> str:
    names = {name.lower().lstrip("/"): name for name in package.namelist()}
    if "mimetype" in names:
        kind = _first_bytes(package, names["mimetype"]).rpartition(b"opendocument.")[2]
        return next((suffix for word, suffix in _OPEN_DOCUMENT.items() if kind.startswith(word)), ARCHIVE)
    if "[content_types].xml" in names:
        types = _first_bytes(package, names["[content_types].xml"]).lower()
        return next((suffix for kind, suffix in _CONTENT_TYPES if kind in types), "")
    office = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "ppt/presentation.xml": ".pptx"}
    return next((suffix for name, suffix in office.items() if name in names), ARCHIVE)


def _first_bytes(package: ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(_MOST)
