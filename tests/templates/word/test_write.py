"""The Word file around the body."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.shared import Mm

from templates.word.body import Body, Run
from templates.word.write import write_word

NOON = datetime(2025, 3, 14, 12, tzinfo=UTC)


def body_of_everything() -> Body:
    body = Body()
    body.heading("A")
    body.paragraph([Run("b", link="https://example.org")])
    body.list_item([Run("c")], 0, body.new_list(ordered=True))
    body.table(["D"], [["e"]])
    return body


def parts(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_properties_say_whose_file_it_is_and_when_it_was_made() -> None:
    data = write_word(Body(), title="T", author="Ada", subject="S", language="de", created=NOON)
    properties = Document(BytesIO(data)).core_properties
    found = (properties.title, properties.author, properties.subject, properties.language)
    assert found == ("T", "Ada", "S", "de-DE")
    assert properties.created == NOON


def test_the_same_input_gives_the_same_bytes() -> None:
    files = {write_word(body_of_everything(), title="T", created=NOON) for _ in range(2)}
    assert len(files) == 1


@pytest.mark.parametrize(
    ("language", "attribute"),
    [
        ("en", 'w:val="en-GB"'),
        ("de", 'w:val="de-DE"'),
        ("pt-BR", 'w:val="pt-BR"'),
        ("ja", 'w:eastAsia="ja-JP"'),
        ("ar", 'w:bidi="ar"'),
        ('no"tag', 'w:val="en-GB"'),
    ],
)
def test_the_styles_bear_the_language(language: str, attribute: str) -> None:
    assert attribute in parts(write_word(Body(), title="T", language=language))["word/styles.xml"]


def test_the_footer_counts_pages_in_the_reports_language() -> None:
    footer = parts(write_word(Body(), title="T", language="de"))["word/footer1.xml"]
    assert "Seite " in footer
    assert " von " in footer
    assert "PAGE" in footer
    assert "NUMPAGES" in footer


def test_the_title_runs_along_the_top_in_one_line() -> None:
    document = Document(BytesIO(write_word(Body(), title="A long\ntitle " * 40)))
    header = document.sections[0].header.paragraphs[0].text
    assert header.startswith("A long title A long")
    assert header.endswith("…")
    assert len(header) <= 111


def test_the_page_is_a4() -> None:
    section = Document(BytesIO(write_word(Body(), title="T"))).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)


def test_the_file_offers_only_the_house_styles() -> None:
    names = {style.name for style in Document(BytesIO(write_word(Body(), title="T"))).styles}
    assert {"Title", "Subtitle", "Quote", "Heading 1", "List Bullet", "Fill Note", "Fill Table"} <= names
    assert not {name for name in names if "Accent" in name or "Intense" in name or "Macro" in name}


def test_any_title_author_and_subject_can_be_written() -> None:
    ugly = "\x00\ud800<&>\ufffe" * 200
    data = write_word(Body(), title=ugly, author=ugly, subject=ugly)
    assert len(Document(BytesIO(data)).core_properties.title) == 255


def test_python_docx_can_save_the_file_again() -> None:
    Document(BytesIO(write_word(body_of_everything(), title="T"))).save(BytesIO())
