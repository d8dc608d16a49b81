"""The fragment that shows what differs: real lists and tables, and marks that are read aloud too."""

import re
from typing import Any

import pytest

from fillapp.pages.differences import show_differences
from templates.blocks import KINDS
from templates.body import Block
from tests.factories import make_body
from tests.generation.test_differences import doc, paragraph, points


def block(kind: str) -> Block:
    found = next(one for one in make_body().fillable if one.kind == kind)
    assert found
    return found


def long_text(*nodes: Any) -> dict[str, Any]:
    return {"doc": doc(*nodes)}


def show(
    old: dict[str, Any] | None, new: dict[str, Any], kind: str = "long_text", language: str = "en"
) -> str:
    return show_differences(block(kind), old, new, language)


def read_aloud(html: str) -> str:
    """The words of the fragment, without its tags and line breaks."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_words_that_came_and_went_are_marked_for_the_eye_and_for_the_ear() -> None:
    html = show(long_text("The tenant may leave."), long_text("The tenant will leave."))
    assert "1 word added, 1 word removed." in html
    assert "The tenant [removed: may][added: will] leave." in read_aloud(html)
    assert html.count("<del>") == html.count("<ins>") == 1


def test_what_values_say_is_escaped() -> None:
    html = show(None, long_text("<script>alert(1)</script>"))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_values_that_say_the_same_are_said_to() -> None:
    html = show(long_text("All went well."), long_text("All went well."))
    assert "Both say the same." in html
    assert "<ins>" not in html


def test_a_new_look_of_the_same_words_is_said() -> None:
    bold = paragraph("All went well.", marks=[{"type": "bold"}])
    html = show(long_text("All went well."), long_text(bold))
    assert "only the form differs" in html
    assert "formatting changed" in html


def test_amounts_are_compared_as_a_reader_of_the_report_sees_them() -> None:
    was = {"columns": ["Action", "Cost"], "rows": [["Roof", "1200.00"]]}
    now = {"columns": ["Action", "Cost"], "rows": [["Roof", "1300.00"]]}
    html = show(was, now, "table", "de")
    assert "1.200,00" in html
    assert "<td>Roof</td>" in html
    assert '<th scope="col">Cost</th>' in html


def test_points_below_points_are_lists_in_lists() -> None:
    def value(*below: str) -> dict[str, Any]:
        return {"items": [{"text": "Roof", "items": [{"text": text, "items": []} for text in below]}]}

    html = show(value("East"), value("East", "West wing"), "bullets")
    assert re.search(r"<ul>\s*<li><p>Roof</p>\s*<ul>", html)
    assert html.count("<ul>") == html.count("</ul>") == 2
    assert "[added: West wing]" in read_aloud(html)


def test_a_paragraph_in_a_point_stays_in_it() -> None:
    list_of_two = points("Roof", "Cellar")
    list_of_two["content"][0]["content"].append(paragraph("It leaks."))
    html = show(None, long_text(list_of_two))
    assert read_aloud(html).endswith("[added: Roof][added: It leaks.] [added: Cellar]")
    assert html.count("<li") == 2


def test_headings_stand_below_the_one_above_the_fragment() -> None:
    heading = {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Roof"}]}
    assert "<h5>" in show(None, long_text(heading))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_shows_its_differences(kind: str) -> None:
    example = KINDS[kind].example()
    fields = {"block": "any", "kind": kind, "title": "Any", "settings": example.settings.model_dump()}
    body = make_body([fields])
    html = show_differences(body.block("any"), None, example.value.model_dump(), "en")
    assert "<ins>" in html
