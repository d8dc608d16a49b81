"""A house document made of a report."""

from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.shared import Cm

from templates.word.house import check_house, write_house
from templates.word.house.empty import empty_house
from templates.word.read.document import read_word
from tests.templates.proposing.pictures import PICTURE
from tests.templates.word.files import paragraph, run, word_file
from tests.templates.word.house.files import REPORT, saved

SECRET = "Nobody else may read this."


def texts(data: bytes) -> list[str]:
    return [getattr(part, "text", "") for part in read_word(BytesIO(data))]


def test_the_content_is_gone_and_the_report_goes_where_it_was() -> None:
    document = Document()
    document.add_heading("Findings", 1)
    document.add_paragraph(SECRET)
    house = empty_house(saved(document)).content
    assert texts(house) == ["{{ report }}"]
    with ZipFile(BytesIO(house)) as package:
        assert not any(SECRET.encode() in package.read(name) for name in package.namelist())
    assert check_house(house, []).has_report


def test_headers_pages_and_styles_stay() -> None:
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Harbour office"
    section.left_margin = Cm(5)
    document.styles["Heading 1"].font.name = "Courier New"
    document.add_paragraph(SECRET)
    house = Document(BytesIO(empty_house(saved(document)).content))
    assert house.sections[0].header.paragraphs[0].text == "Harbour office"
    assert house.sections[0].left_margin == section.left_margin
    assert house.styles["Heading 1"].font.name == "Courier New"


def test_the_longest_section_gives_the_pages_with_the_headers_of_the_first() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Harbour office"
    document.add_paragraph("Cover")
    document.add_section().left_margin = Cm(5)
    document.add_paragraph(SECRET * 5)
    document.add_section().left_margin = Cm(1)
    house = Document(BytesIO(empty_house(saved(document)).content))
    assert len(house.sections) == 1
    margin = house.sections[0].left_margin
    assert margin
    assert round(margin.cm) == 5
    assert house.sections[0].header.paragraphs[0].text == "Harbour office"


def test_the_title_keeps_its_place_and_a_logo_before_it_stays() -> None:
    document = Document()
    document.add_picture(BytesIO(PICTURE))
    document.add_paragraph("Minutes of March", "Title")
    document.add_paragraph(SECRET)
    document.add_picture(BytesIO(PICTURE))
    emptied = empty_house(saved(document))
    assert emptied.shows_title
    assert emptied.has_logo
    assert len(Document(BytesIO(emptied.content)).inline_shapes) == 1
    filled = write_house(emptied.content, REPORT)
    assert texts(filled).count("March") == 1


def test_notes_and_comments_go_with_the_text_they_belong_to() -> None:
    note = f'<w:footnote w:id="2"><w:p>{run(SECRET)}</w:p></w:footnote>'
    line = '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
    data = word_file(
        paragraph("Text"),
        footnotes=line + note,
        comments=f'<w:comment w:id="1"><w:p>{run(SECRET)}</w:p></w:comment>',
    )
    with ZipFile(BytesIO(empty_house(data.getvalue()).content)) as package:
        assert "word/comments.xml" not in package.namelist()
        assert SECRET.encode() not in package.read("word/footnotes.xml")
        assert b"separator" in package.read("word/footnotes.xml")


def test_the_language_is_that_of_most_of_the_text() -> None:
    german = '<w:r><w:rPr><w:lang w:val="de-DE"/></w:rPr><w:t>Der Hafen ist dicht.</w:t></w:r>'
    english = '<w:r><w:rPr><w:lang w:val="en-GB"/></w:rPr><w:t>Done.</w:t></w:r>'
    assert empty_house(word_file(f"<w:p>{german}{english}</w:p>").getvalue()).language == "de-DE"
    assert empty_house(word_file(f"<w:p>{run('Гавань течёт')}</w:p>").getvalue()).language == "ru"
    assert empty_house(word_file(f"<w:p>{run('Harbour')}</w:p>").getvalue()).language == ""


def test_a_table_of_contents_is_noticed() -> None:
    field = '<w:p><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r></w:p>'
    assert empty_house(word_file(field + paragraph("Text")).getvalue()).has_contents
    assert not empty_house(word_file(paragraph("Text")).getvalue()).has_contents


def test_text_is_set_as_most_of_the_report_was() -> None:
    document = Document()
    document.add_paragraph("Short")
    for _ in range(3):
        document.add_paragraph(SECRET, "Body Text")
    filled = Document(BytesIO(write_house(empty_house(saved(document)).content, REPORT)))
    styles = {one.text: one.style.name for one in filled.paragraphs if one.style}
    assert styles["Nobody objected."] == "Body Text"


def test_nothing_that_only_the_content_needed_stays_in_the_file() -> None:
    document = Document()
    document.add_paragraph("Text")
    document.add_picture(BytesIO(PICTURE))
    with ZipFile(BytesIO(saved(document))) as package:
        files = {name: package.read(name) for name in package.namelist()}
    files["word/left-over.xml"] = SECRET.encode()
    given = BytesIO()
    with ZipFile(given, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    with ZipFile(BytesIO(empty_house(given.getvalue()).content)) as package:
        names = package.namelist()
    assert "docProps/thumbnail.jpeg" in files
    assert not any("media" in name or "thumbnail" in name or "left-over" in name for name in names)
    assert {"word/document.xml", "word/styles.xml", "docProps/core.xml"} <= set(names)
