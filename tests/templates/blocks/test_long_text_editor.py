"""Long text: what editors send, and what reaches Word."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates.blocks.base import UnreadableAnswer
from templates.blocks.long_text import LongText, LongTextSettings, LongTextValue
from templates.blocks.rich_text import Node, runs
from templates.word.body import Body
from templates.word.parts import ListItem
from tests.templates.word.files import read_back

LONG_TEXT = LongText()
SETTINGS = LongTextSettings()


def read(markdown: str) -> LongTextValue:
    return LONG_TEXT.read_answer(markdown, SETTINGS)


def content(markdown: str) -> Any:
    return LONG_TEXT.to_editor(read(markdown), SETTINGS)["content"]


def text(*words: str, marks: tuple[str, ...] = ()) -> dict[str, Any]:
    node: dict[str, Any] = {"type": "text", "text": " ".join(words)}
    return node | ({"marks": [{"type": mark} for mark in marks]} if marks else {})


def paragraph(*children: dict[str, Any]) -> dict[str, Any]:
    return {"type": "paragraph", "content": list(children)}


def word_xml(markdown: str) -> str:
    body = Body()
    LONG_TEXT.write_word(read(markdown), SETTINGS, body)
    return body.xml


def test_a_link_of_an_editor_is_held_to_the_same_rule() -> None:
    marks = [
        {"type": "link", "attrs": {"href": "javascript:alert(1)"}},
        {"type": "bold"},
        {"type": "highlight"},
    ]
    doc = {"type": "doc", "content": [paragraph({"type": "text", "text": "x", "marks": marks})]}
    value = LONG_TEXT.from_editor(doc, SETTINGS)
    assert LONG_TEXT.to_editor(value, SETTINGS)["content"] == [paragraph(text("x", marks=("bold",)))]


def test_a_pasted_table_becomes_a_paragraph_per_row_wherever_it_stands() -> None:
    cells = [{"type": "tableCell", "content": [paragraph(text(one))]} for one in ("a", "b")]
    table = {"type": "table", "content": [{"type": "tableRow", "content": cells}]}
    doc = {"type": "doc", "content": [{"type": "blockquote", "content": [table]}, table]}
    stored = LONG_TEXT.to_editor(LONG_TEXT.from_editor(doc, SETTINGS), SETTINGS)["content"]
    assert stored == [{"type": "blockquote", "content": [paragraph(text("a | b"))]}, paragraph(text("a | b"))]


def test_headings_and_lists_are_native_in_word() -> None:
    xml = word_xml("## Part\n\na\n\n## Other\n\n1. one\n\n   more\n2. two\n")
    assert '<w:pStyle w:val="Heading3"/>' in xml
    assert xml.count("<w:numPr>") == 2
    assert "more" in xml


def test_a_quote_inside_a_list_item_reaches_word() -> None:
    quote = {"type": "blockquote", "content": [paragraph(text("said"))]}
    item = {"type": "listItem", "content": [paragraph(text("he")), quote]}
    doc = {"type": "doc", "content": [{"type": "bulletList", "content": [item]}]}
    body = Body()
    LONG_TEXT.write_word(LONG_TEXT.from_editor(doc, SETTINGS), SETTINGS, body)
    assert "said" in body.xml


def test_an_item_that_goes_on_after_a_list_inside_it_is_counted_once() -> None:
    """Seen in LibreOffice: the rest of item 2 stood under a 3 of its own."""
    inside = {"type": "bulletList", "content": [{"type": "listItem", "content": [paragraph(text("in"))]}]}
    item = {"type": "listItem", "content": [paragraph(text("two")), inside, paragraph(text("more"))]}
    doc = {"type": "doc", "content": [{"type": "orderedList", "content": [item]}]}
    body = Body()
    LONG_TEXT.write_word(LONG_TEXT.from_editor(doc, SETTINGS), SETTINGS, body)
    assert [isinstance(part, ListItem) for part in read_back(body)] == [True, True, False]


def test_runs_carry_marks_and_links() -> None:
    [run] = runs(Node.model_validate(content("[**x**](https://example.org)")[0]))
    assert (run.text, run.bold, run.link) == ("x", True, "https://example.org")


@pytest.mark.parametrize(
    "node",
    [
        {"type": "doc", "content": [text("loose")]},
        {"type": "doc", "content": [{"type": "listItem"}]},
        {"type": "doc", "content": [paragraph(paragraph())]},
        {
            "type": "doc",
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": "x", "marks": 5}]}],
        },
        {"type": "doc", "content": [{"type": "heading", "attrs": {"level": 99}}]},
    ],
)
def test_a_document_no_editor_makes_is_refused(node: dict[str, Any]) -> None:
    with pytest.raises(UnreadableAnswer):
        LONG_TEXT.from_editor(node, SETTINGS)


def test_a_document_nested_out_of_reason_is_refused() -> None:
    node: dict[str, Any] = paragraph()
    for _ in range(3000):
        node = {"type": "blockquote", "content": [node]}
    with pytest.raises(UnreadableAnswer, match="too deep"):
        LONG_TEXT.from_editor({"type": "doc", "content": [node]}, SETTINGS)


def test_text_is_cleaned_on_entry() -> None:
    doc = {"type": "doc", "content": [paragraph(text("a\x00b\r\nc"))]}
    assert LONG_TEXT.text(LONG_TEXT.from_editor(doc, SETTINGS)) == "a\ufffdb\nc"
    assert LONG_TEXT.text(read("a\x01b")) == "a\ufffdb"


@given(st.text(alphabet="ab *_#->|`[]()<u/>\n.1&\\", max_size=60))
def test_whatever_is_read_goes_through_the_editor_unchanged(markdown: str) -> None:
    try:
        value = read(markdown)
    except UnreadableAnswer:
        return
    assert LONG_TEXT.from_editor(LONG_TEXT.to_editor(value, SETTINGS), SETTINGS) == value
    body = Body()
    LONG_TEXT.write_word(value, SETTINGS, body)
    for word in re.findall(r"[ab]+", LONG_TEXT.text(value)):
        assert word in body.xml
