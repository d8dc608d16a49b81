"""Every clean string survives to Word and back exactly."""

from io import BytesIO

from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from signals.clean import clean_text
from templates.word.body import Body, Run
from templates.word.parts import Heading, ListItem, Paragraph, Table
from templates.word.read import read_word
from templates.word.write import write_word
from tests.templates.word.files import read_back, write

AWKWARD = st.text(st.sampled_from(" \t\n\r<>&\"'\u00a0\u00ad\u200b\u2028\u202e\ufeff😀éa]") | st.characters())
TEXTS = AWKWARD.map(clean_text)
SEEN = TEXTS.filter(lambda text: bool(text.strip()))


@given(SEEN)
def test_in_a_paragraph(text: str) -> None:
    body = Body()
    body.paragraph([Run(text[:3], bold=True), Run(text[3:])])
    assert read_back(body) == [Paragraph(text)]


@given(SEEN, st.integers(1, 6))
def test_in_a_heading(text: str, level: int) -> None:
    body = Body()
    body.heading(text, level)
    assert read_back(body) == [Heading(text, level)]


@given(SEEN, st.integers(0, 8), st.booleans())
def test_in_a_list_item(text: str, level: int, ordered: bool) -> None:
    body = Body()
    body.list_item([Run(text)], level, body.new_list(ordered))
    assert read_back(body) == [ListItem(text, level, ordered)]


@given(st.lists(TEXTS, min_size=4, max_size=4))
def test_in_the_cells_of_a_table(texts: list[str]) -> None:
    body = Body()
    body.table(["seen", *texts[:1]], [texts[1:3], texts[2:4]])
    assert read_back(body) == [Table((("seen", texts[0]), tuple(texts[1:3]), tuple(texts[2:4])))]


@given(TEXTS)
def test_for_other_readers_too(text: str) -> None:
    body = Body()
    body.heading(text)
    body.paragraph([Run(text)])
    body.table([text], [[text]])
    document = write(body)
    assert [paragraph.text for paragraph in document.paragraphs[:2]] == [text, text]
    assert [row.cells[0].text for row in document.tables[0].rows] == [text, text]


@given(st.text(st.characters(exclude_categories=())))
def test_no_string_at_all_makes_writing_fail(text: str) -> None:
    body = Body()
    body.heading(text)
    body.paragraph([Run(text, link=text), Run("a", link=f"https://{text}")])
    body.table([text], [[text]], right=[0])
    body.list_item([Run(text)], 0, body.new_list(ordered=True))
    body.note(text)
    data = write_word(body, title=text, author=text, language=text, subject=text)
    assert Document(BytesIO(data)).paragraphs[0].text == clean_text(text)
    read_word(BytesIO(data))


def test_marks_and_links_do_not_break_the_text_up() -> None:
    body = Body()
    body.paragraph([Run("a ", bold=True), Run(" b", link="https://example.org"), Run("\tc", italic=True)])
    assert read_back(body) == [Paragraph("a  b\tc")]


def test_a_note_and_a_title_come_back_by_their_styles() -> None:
    body = Body()
    body.paragraph([Run("Minutes")], "Title")
    body.note("Check this.")
    assert read_back(body) == [Paragraph("Minutes", "Title"), Paragraph("Check this.", "Fill Note")]
