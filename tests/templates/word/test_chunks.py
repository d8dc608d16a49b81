"""Imported content (altChunk) is not lost."""

from templates.word.parts import Heading, Paragraph, Table
from templates.word.read.chunks import read_chunk
from templates.word.read.document import read_word, read_word_and_warnings
from tests.templates.word.files import paragraph, word_file, zipped

CHUNK = '<w:altChunk r:id="chunk"/>'
RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="chunk" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"'
    ' Target="page.html"/></Relationships>'
)
DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    f"<w:body>{paragraph('before')}{CHUNK}</w:body></w:document>"
)


def test_a_web_page_in_the_file_is_read_where_it_stands() -> None:
    file = zipped(
        {
            "word/document.xml": DOCUMENT,
            "word/_rels/document.xml.rels": RELATIONSHIPS,
            "word/page.html": "<html><head><title>no</title></head><body><h1>A</h1>b <b>c</b></body></html>",
        }
    )
    assert read_word(file) == [Paragraph("before"), Heading("A", 1), Paragraph("b c")]


def test_lines_follow_the_blocks_of_the_page_not_its_source() -> None:
    source = b"<p>one\ntwo</p><script>no</script><ul><li>three<li>four</ul>"
    assert read_chunk(source) == [Paragraph("one two"), Paragraph("three"), Paragraph("four")]


def test_nothing_comes_of_an_empty_page() -> None:
    assert read_chunk(b"") == []


def test_a_chunk_that_is_missing_is_passed_over() -> None:
    assert read_word(word_file(CHUNK + paragraph("a"))) == [Paragraph("a")]


def test_a_table_of_the_page_stays_a_table() -> None:
    source = b"<table><tr><th>Item</th><th>Cost</th></tr><tr><td>Roof <b>tiles</b></td></tr></table>after"
    assert read_chunk(source) == [Table((("Item", "Cost"), ("Roof tiles", ""))), Paragraph("after")]


def test_a_page_that_does_not_name_its_letters_is_read_as_what_fits() -> None:
    for encoding in ("utf-8", "cp1252"):
        assert read_chunk("<p>Straße</p>".encode(encoding)) == [Paragraph("Straße")]


def test_plain_text_is_read_by_its_lines() -> None:
    assert read_chunk("Straße\r\n\r\n1 < 2".encode()) == [Paragraph("Straße"), Paragraph("1 < 2")]


def test_a_saved_page_is_found_in_its_mail() -> None:
    mail = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>Stra\xc3\x9fe</p>"
    assert read_chunk(mail) == [Paragraph("Straße")]


def test_a_chunk_that_cannot_be_read_is_told() -> None:
    files = {"word/document.xml": DOCUMENT, "word/_rels/document.xml.rels": RELATIONSHIPS}
    parts, warnings = read_word_and_warnings(zipped({**files, "word/page.html": "{\\rtf1 Text}"}))
    assert parts == [Paragraph("before")]
    assert warnings == ["Something imported into the file is in a form that cannot be read; it was left out."]
