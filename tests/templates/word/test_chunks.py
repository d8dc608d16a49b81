"""Imported content (altChunk) is not lost."""

from templates.word.chunks import chunk_lines
from templates.word.parts import Paragraph
from templates.word.read import read_word
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
    assert read_word(file) == [Paragraph("before"), Paragraph("A"), Paragraph("b c")]


def test_lines_follow_the_blocks_of_the_page_not_its_source() -> None:
    source = b"<p>one\ntwo</p><script>no</script><ul><li>three<li>four</ul>"
    assert chunk_lines(source) == ["one two", "three", "four"]


def test_nothing_comes_of_an_empty_page() -> None:
    assert chunk_lines(b"") == []


def test_a_chunk_that_is_missing_is_passed_over() -> None:
    assert read_word(word_file(CHUNK + paragraph("a"))) == [Paragraph("a")]
