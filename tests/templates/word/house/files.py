"""Small house documents for tests, made with python-docx, and what a filled one says."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph

from templates.word.body import Body, Run
from templates.word.house import write_house
from templates.word.report import ReportPart, WordReport

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def summary(body: Body) -> None:
    """Two paragraphs and a table."""
    body.paragraph([Run("All went well.")])
    body.paragraph([Run("Nobody objected.")])
    body.table(["Action", "Cost"], [["Mend the roof", "1,200"]])


def outcome(body: Body) -> None:
    """One line."""
    body.paragraph([Run("Deferred", bold=True)])


REPORT = WordReport(
    title="March",
    subtitle="Minutes",
    author="Ada",
    template="Minutes of a meeting",
    date="3 March 2026",
    notices=("Draft: 2 of 2 parts are not reviewed yet.",),
    parts=(
        ReportPart(title="Minutes"),
        ReportPart(write=lambda body: body.paragraph([Run("Drafted from the transcript.")])),
        ReportPart(key="summary", title="Summary", level=2, notes=("Not reviewed yet.",), write=summary),
        ReportPart(
            key="outcome",
            title="Outcome",
            level=2,
            notes=("Not reviewed yet.",),
            line="Deferred",
            write=outcome,
        ),
    ),
)


def saved(document: WordDocument) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def house(*paragraphs: str) -> WordDocument:
    """A document with these paragraphs, in python-docx's own styles."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def filled(document: WordDocument | bytes, report: WordReport = REPORT) -> WordDocument:
    data = document if isinstance(document, bytes) else saved(document)
    return Document(BytesIO(write_house(data, report)))


def texts(document: WordDocument) -> list[str]:
    """The paragraphs of the body that say something."""
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]


def split(paragraph: Paragraph, *pieces: str) -> None:
    """A run for each piece, with a spell-check mark between them, as Word leaves them."""
    for piece in pieces:
        paragraph.add_run(piece)
        paragraph._p.append(parse_xml(f'<w:proofErr xmlns:w="{W}" w:type="spellStart"/>'))


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed(data: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The file with each part as `change` makes it (None leaves it out), and parts of its own."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in parts(data).items():
            if (new := change(name, content)) is not None:
                package.writestr(name, new)
        for name, content in more.items():
            package.writestr(name, content)
    return file.getvalue()
