"""The same report written by Fill, by docxtpl, and by nothing but strings and a zip."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docxtpl import DocxTemplate

from templates.body import Block
from templates.word.body import Body
from templates.word.write import write_word
from tests.bench.word_export.content import COLUMNS, MARKS, Json, Section


def write_with_fill(blocks: list[tuple[Block, Json]]) -> bytes:
    """As `generation.export` does it once it has the rows of the database."""
    body = Body()
    for block, stored in blocks:
        settings, kind = block.parsed_settings, block.type
        shown = kind.show(kind.load_value(stored), settings, "en")
        kind.write_word(shown, settings, body)
    return write_word(body, title="Annual report", author="Ann Lee")


def make_docxtpl_template() -> bytes:
    """A template with the loops of docxtpl: nothing faster is known for it, subdocuments are slower."""
    document = Document()

    def line(text: str, style: str = "Normal") -> None:
        document.add_paragraph(text, style)

    line("{%p for section in sections %}")
    line("{%p for chapter in section.chapters %}")
    line("{{ chapter.heading }}", "Heading 1")
    line("{%p for runs in chapter.paragraphs %}")
    paragraph = document.add_paragraph()
    for number, mark in enumerate(MARKS):
        run = paragraph.add_run(f"{{{{ runs[{number}] }}}}")
        run.bold, run.italic = mark == "bold" or None, mark == "italic" or None
    line("{%p endfor %}")
    line("{%p endfor %}")
    line("{%p for bullet in section.bullets %}")
    line("{{ bullet }}", "List Bullet")
    line("{%p endfor %}")
    table = document.add_table(4, len(COLUMNS), "Table Grid")
    for number, name in enumerate(COLUMNS):
        table.cell(0, number).text = name
        table.cell(2, number).text = f"{{{{ row[{number}] }}}}"
    table.cell(1, 0).text = "{%tr for row in section.rows %}"
    table.cell(3, 0).text = "{%tr endfor %}"
    line("{%p endfor %}")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def write_with_docxtpl(template: bytes, sections: list[Section]) -> bytes:
    """Opening the template is part of it, as opening the style is of ours."""
    document = DocxTemplate(BytesIO(template))
    document.render({"sections": sections}, autoescape=True)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def write_floor(sections: list[Section]) -> bytes:
    """The least there is: the XML as one string, and the zip. No style, no width, no language."""
    pieces: list[str] = []
    for section in sections:
        for chapter in section.chapters:
            pieces.append(_paragraph("Heading1", _run(chapter.heading)))
            pieces.extend(
                _paragraph("Normal", "".join(map(_run, runs, MARKS))) for runs in chapter.paragraphs
            )
        pieces.extend(_paragraph("ListBullet", _run(text)) for text in section.bullets)
        pieces.append("<w:tbl>")
        for row in (COLUMNS, *section.rows):
            cells = "".join([f"<w:tc>{_paragraph('Normal', _run(text))}</w:tc>" for text in row])
            pieces.append(f"<w:tr>{cells}</w:tr>")
        pieces.append("</w:tbl>")
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONSHIPS)
        package.writestr("word/document.xml", _DOCUMENT.format("".join(pieces)))
    return file.getvalue()


def _paragraph(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def _run(text: str, mark: str | None = None) -> str:
    look = f"<w:rPr><w:{mark[0]}/></w:rPr>" if mark else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}"/></Types>'
)
_RELATIONSHIPS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body>'
    "</w:document>"
)
