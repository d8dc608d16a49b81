"""Every clean string survives to Word and back exactly, wherever it stands; every string is accepted."""

import json
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from signals.clean import clean_text
from templates.blocks import KINDS
from templates.blocks.bullets import Bullets, BulletsSettings, BulletsValue, Item
from templates.blocks.long_text import LongText, LongTextSettings
from templates.blocks.selection import Selection, SelectionSettings, SelectionValue
from templates.blocks.table import Table
from templates.blocks.table.values import Column, TableSettings, TableValue
from templates.word.blank import R, W
from templates.word.body import Body, Run
from templates.word.parts import Heading, ListItem, Paragraph, Part
from templates.word.parts import Table as WordTable
from templates.word.read.document import read_word
from templates.word.write import write_word
from tests.templates.blocks.test_contract import value_or_reason
from tests.templates.word.files import write

# What trips up XML, Word, template languages, spreadsheets, right-to-left setting and careless joining.
_SNIPPETS = (
    "]]> &amp; &#0; <w:t> </w:p> <!-- {{report}} {{x}} {%y%} {#z#} _x000D_ _x0041_ \\n \\ %20 ${a} =1+1 ☐ ☒ ☑"
    " e\u0301 👩🏽\u200d💻 שלום مرحبا \U0001f600 \U00020000 \ufb01 \u0b95\u0bcd \u1100\u1161 PAGE • – 1."
)
_SIGNS = (
    " \t\n\u00a0\u00ad\u200b\u200d\u200e\u200f\u202a\u202e\u2066\u2069\u2028\u202f\u3000\ufeff\ufffc\ufffd\"'"
)
_PIECES = (
    st.sampled_from(_SNIPPETS.split()) | st.text(_SIGNS, max_size=3) | st.text(st.characters(), max_size=6)
)
TEXTS = st.lists(_PIECES, max_size=5).map("".join).map(clean_text) | st.builds(
    lambda text, times: clean_text(text) * times, st.text(max_size=9), st.just(2_000)
)
ANY = st.text(st.characters(exclude_categories=()), max_size=12) | st.text(
    "\x00\x08\x0b\x0c\r\x1b\x1f\x7f\x85\x9f\ud800\udfff\ufffe\uffff\u2029a<&", max_size=6
)
MARKS: list[dict[str, Any]] = [{"type": kind} for kind in ("bold", "italic", "underline", "strike")]


def text_node(text: str, *marks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": text, "marks": list(marks)}


def node(kind: str, *content: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "content": list(content)}


def link_to(address: str) -> dict[str, Any]:
    return {"type": "link", "attrs": {"href": address}}


def body_with(texts: list[str]) -> tuple[Body, list[Part]]:
    """Nine texts in every place of a report, and the parts that they must come back as."""
    a, b, c, d, e, f, g, h, i = texts
    body = Body()
    body.paragraph([Run(a)], "Title")
    body.note(b)
    body.heading(c, 2)
    body.paragraph([Run(d)])
    words = [text_node(e, *MARKS), text_node(f), text_node(g, link_to("https://example.org")), text_node(h)]
    items = node("orderedList", node("listItem", node("paragraph", text_node(i))))
    doc = node(
        "doc",
        node("heading", text_node(d)),
        node("paragraph", *words),
        items,
        node("blockquote", node("paragraph", text_node(a))),
    )
    long_text = LongText()
    long_text.write_word(long_text.load_value({"doc": doc}), LongTextSettings(), body)
    points = [Item(text=b, items=[Item(text=c, items=[Item(text=d)])]), Item(text=e)]
    Bullets().write_word(BulletsValue(items=points), BulletsSettings(levels=3), body)
    Selection().write_word(SelectionValue(chosen=[f]), SelectionSettings(options=["x"]), body)
    columns = [Column(name="x")]
    cells = TableValue(columns=[g, "seen"], rows=[[h, i], [a, b]])
    Table().write_word(cells, TableSettings(columns=columns), body)
    return body, [
        Paragraph(a, "Title"),
        Paragraph(b, "Fill Note"),
        Heading(c, 2),
        Paragraph(d),
        Heading(d, 2),
        Paragraph(e + f + g + h),
        ListItem(i, 0, ordered=True),
        Paragraph(a, "Quote"),
        *(ListItem(text, level) for level, text in enumerate([b, c, d])),
        ListItem(e),
        Paragraph(f),
        WordTable(((g, "seen"), (h, i), (a, b))),
    ]


def is_seen(part: Part) -> bool:
    """Whether a part holds more than white space: our reader has no use for the others."""
    return not isinstance(part, Heading | Paragraph | ListItem) or bool(part.text.strip())


@given(st.lists(TEXTS, min_size=9, max_size=9))
def test_a_clean_text_comes_back_from_every_place_to_any_reader(texts: list[str]) -> None:
    body, parts = body_with(texts)
    data = write_word(body, title="Report")
    assert read_word(BytesIO(data)) == [part for part in parts if is_seen(part)]
    document = Document(BytesIO(data))
    found = [line.text for line in document.paragraphs if line.style and line.style.name != "Table Gap"]
    assert found == [part.text for part in parts if isinstance(part, Heading | Paragraph | ListItem)]
    rows = tuple(tuple(cell.text for cell in row.cells) for row in document.tables[0].rows)
    assert parts[-1] == WordTable(rows)


@given(TEXTS, st.lists(st.booleans(), min_size=4, max_size=4))
def test_a_run_keeps_its_text_with_all_its_marks(text: str, marks: list[bool]) -> None:
    body, (bold, italic, underline, strike) = Body(), marks
    body.paragraph([Run("<"), Run(text, bold, italic, underline, strike), Run(">")])
    runs = write(body).paragraphs[0].runs
    assert "".join(run.text for run in runs) == f"<{text}>"
    if text:
        look = runs[1]
        assert [bool(look.bold), bool(look.italic), bool(look.underline), bool(look.font.strike)] == marks


@given(
    TEXTS,
    st.sampled_from(["https://example.org/", "http://example.org?q=", "mailto:ann@example.org?subject="]),
)
def test_a_link_keeps_its_text_and_leads_where_it_did(text: str, start: str) -> None:
    body = Body()
    body.paragraph([Run(f"to {text}", link=start + text)])
    paragraph = write(body).paragraphs[0]
    assert paragraph.text == f"to {text}"
    if paragraph.hyperlinks:
        [link] = paragraph.hyperlinks
        assert link.text == f"to {text}"
        assert unquote(link.address) == unquote((start + text).strip())
    else:
        assert len(body.links) == 0
        assert len(text) > 200, "only what Word refuses for its length is left without a link"


@given(TEXTS, TEXTS)
def test_the_properties_of_the_file_keep_its_title_and_author(title: str, author: str) -> None:
    document = Document(BytesIO(write_word(Body(), title=title, author=author, subject=title)))
    properties = document.core_properties
    assert (properties.title, properties.author) == (title[:255], author[:255])
    assert (
        " ".join(document.sections[0].header.paragraphs[0].text.split())[:40] == " ".join(title.split())[:40]
    )


@given(st.lists(ANY, min_size=9, max_size=9), st.text(max_size=4))
def test_no_string_at_all_makes_writing_fail(texts: list[str], language: str) -> None:
    body, _ = body_with(texts)
    body.paragraph([Run(texts[0], link=texts[1]), Run("a", link=f"https://{texts[2]}")])
    data = write_word(body, title=texts[4], author=texts[5], language=language, subject=texts[6])
    assert Document(BytesIO(data)).paragraphs[0].text == clean_text(texts[0])
    read_word(BytesIO(data))


@pytest.mark.parametrize("kind", KINDS)
@given(text=ANY)
def test_any_string_in_an_answer_or_an_edit_can_be_written_or_is_refused(kind: str, text: str) -> None:
    block_type, example = KINDS[kind], KINDS[kind].example()
    answer = json.dumps(_filled(example.value.model_dump(), text))
    edit = _filled(block_type.to_editor(example.value, example.settings), text)
    for read in (
        lambda: block_type.read_answer(text, example.settings),
        lambda: block_type.read_answer(answer, example.settings),
        lambda: block_type.from_editor(edit, example.settings),
    ):
        value = value_or_reason(read)
        if isinstance(value, block_type.Value):
            assert block_type.load_value(json.loads(value.model_dump_json())) == value
            body = Body()
            block_type.write_word(block_type.show(value, example.settings, "de"), example.settings, body)
            etree.fromstring(f'<w:body xmlns:w="{W}" xmlns:r="{R}">{body.xml}</w:body>'.encode())


def _filled(data: Any, text: str) -> Any:
    """`data` with every text of it replaced."""
    if isinstance(data, dict):
        return {
            key: one if key in ("type", "attrs", "marks") else _filled(one, text) for key, one in data.items()
        }
    if isinstance(data, list | tuple):
        return [_filled(one, text) for one in data]
    return text if isinstance(data, str) else data
