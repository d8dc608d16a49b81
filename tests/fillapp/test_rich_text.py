"""Values on the page: real tables and lists, and nothing that could run."""

from typing import Any

import pytest

from fillapp.pages.shown.block import render_block, show_block
from fillapp.rich_text import render_rich_text
from generation.models import Report
from templates.blocks import KINDS
from tests.fillapp.conftest import finish

ATTACK = "<script>alert(1)</script>"


def text(words: str, *marks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": words, "marks": list(marks)}


def node(kind: str, *content: dict[str, Any], **attrs: Any) -> dict[str, Any]:
    return {"type": kind, "content": list(content), "attrs": attrs}


def render(*content: dict[str, Any], level: int = 2) -> str:
    return str(render_rich_text(node("doc", *content), level=level))


def link(href: str) -> dict[str, Any]:
    return {"type": "link", "attrs": {"href": href}}


def attacked(data: Any) -> Any:
    """A value with every text of it replaced by the attack, whatever its kind."""
    if isinstance(data, str):
        return ATTACK
    if isinstance(data, list):
        return [attacked(one) for one in data]
    if isinstance(data, dict):
        plain = ("type", "attrs", "marks")
        return {key: one if key in plain else attacked(one) for key, one in data.items()}
    return data


@pytest.mark.parametrize("kind", KINDS)
def test_markup_in_a_value_is_shown_as_text(kind: str) -> None:
    block_type = KINDS[kind]
    example = block_type.example()
    value = block_type.load_value(attacked(example.value.model_dump(mode="json", exclude_none=True)))
    html = render_rich_text(block_type.to_editor(value, example.settings))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_markup_in_a_problem_is_shown_as_text(report: Report) -> None:
    body = report.snapshot.parsed
    block = body.fillable[0]
    fill = finish(report, block.block, block.type.example().value.model_dump(mode="json"), problems=(ATTACK,))
    html = render_block(show_block(body, block, fill, level=3, can_edit=True))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_shown(kind: str) -> None:
    block_type = KINDS[kind]
    example = block_type.example()
    html = render_rich_text(block_type.to_editor(example.value, example.settings))
    assert all(word in html for piece in block_type.pieces(example.value) for word in piece.text.split()[:1])


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//x", ""]
)
def test_a_link_that_is_no_address_is_only_its_text(href: str) -> None:
    assert render(node("paragraph", text("here", link(href)))) == "<p>here</p>"


def test_a_link_cannot_break_out_of_its_address() -> None:
    html = render(node("paragraph", text("here", link('https://x.example/" onclick="alert(1)'))))
    assert 'onclick="' not in html


def test_a_link_to_the_web_leads_there() -> None:
    html = render(node("paragraph", text("here", link("https://x.example/?a=1&b=2"))))
    assert '<a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow">here</a>' in html


def test_marks_are_nested_in_their_order() -> None:
    html = render(node("paragraph", text("so", {"type": "bold"}, {"type": "italic"})))
    assert html == "<p><em><strong>so</strong></em></p>"


def test_an_unknown_mark_and_an_unknown_node_are_left_out() -> None:
    html = render(node("paragraph", text("so", {"type": "blink"})), node("iframe", text("gone")))
    assert html == "<p>so</p>"


def test_lists_nest() -> None:
    inner = node("bulletList", node("listItem", node("paragraph", text("b"))))
    html = render(node("orderedList", node("listItem", node("paragraph", text("a")), inner), start=3))
    assert html == '<ol start="3"><li><p>a</p><ul><li><p>b</p></li></ul></li></ol>'


def test_a_table_has_headings_of_columns_and_its_figures_to_the_right() -> None:
    table = KINDS["table"]
    value = table.load_value({"columns": ["Item", "Cost"], "rows": [["Roof", "€ 1,200"]]})
    html = render_rich_text(table.to_editor(value, table.example().settings))
    assert '<th scope="col"><p>Item</p></th><th scope="col" class="figure"><p>Cost</p></th>' in html
    assert '<td><p>Roof</p></td><td class="figure"><p>€ 1,200</p></td>' in html


def test_a_heading_in_a_block_stands_below_the_heading_of_the_block() -> None:
    assert render(node("heading", text("Costs"), level=1), level=3) == "<h4>Costs</h4>"
    assert render(node("heading", text("Costs"), level=4), level=5) == "<h6>Costs</h6>"


def test_a_line_break_in_a_cell_stays_one() -> None:
    table = KINDS["table"]
    value = table.load_value({"columns": ["A"], "rows": [["one\ntwo"]]})
    html = render_rich_text(table.to_editor(value, table.example().settings))
    assert "one<br>two" in html
