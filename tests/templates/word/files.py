"""Small Word files for tests, from the XML that matters."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as WordDocument

from templates.word.body import Body
from templates.word.parts import Part
from templates.word.read.document import read_word
from templates.word.write import write_word

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NAMESPACES = (
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OFFICE = {
    TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def write(body: Body, title: str = "Report") -> WordDocument:
    """The body as python-docx sees the file it becomes."""
    return Document(BytesIO(write_word(body, title=title)))


def read_back(body: Body) -> list[Part]:
    return read_word(BytesIO(write_word(body, title="Report")))


def word_file(content: str, namespace: str = TRANSITIONAL, **parts: str) -> BytesIO:
    """A .docx whose body is `content`; `parts` are contents of its styles, numbering, footnotes, …"""
    files = {
        "_rels/.rels": _relationships({"officeDocument": "word/document.xml"}, namespace),
        "word/document.xml": _root("document", f"<w:body>{content}</w:body>", namespace),
        "word/_rels/document.xml.rels": _relationships({name: f"{name}.xml" for name in parts}, namespace),
    }
    files |= {f"word/{name}.xml": _root(name, xml, namespace) for name, xml in parts.items()}
    return zipped(files)


def read_xml(content: str, **parts: str) -> list[Part]:
    return read_word(word_file(content, **parts))


def zipped(files: dict[str, str]) -> BytesIO:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    file.seek(0)
    return file


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(content: str, properties: str = "") -> str:
    """A cell of one paragraph of text, or of the XML given."""
    inside = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows, each the XML of its cells."""
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def _root(name: str, content: str, namespace: str) -> str:
    return f'<w:{name} xmlns:w="{namespace}" {_NAMESPACES}>{content}</w:{name}>'


def _relationships(targets: dict[str, str], namespace: str) -> str:
    rows = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE[namespace]}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{rows}</Relationships>'
