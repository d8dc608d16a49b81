"""Differences: nothing of either text is lost, alike lines stand together, and long texts take no time."""

import random
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.differences import Line, find_differences
from generation.differences.lines import flatten
from generation.differences.words import compare_words
from templates.blocks import KINDS

Json = dict[str, Any]


def paragraph(text: str, **marks: Any) -> Json:
    return {"type": "paragraph", "content": [{"type": "text", "text": text} | marks]}


def doc(*nodes: Json | str) -> Json:
    content = [paragraph(node) if isinstance(node, str) else node for node in nodes]
    return {"type": "doc", "content": content}


def table(*rows: list[str]) -> Json:
    def cells(kind: str, row: list[str]) -> Json:
        return {"type": "tableRow", "content": [{"type": kind, "content": [paragraph(one)]} for one in row]}

    head, *body = rows
    return {
        "type": "table",
        "content": [cells("tableHeader", head), *(cells("tableCell", row) for row in body)],
    }


def points(*texts: str | Json, kind: str = "bulletList") -> Json:
    nodes = [paragraph(text) if isinstance(text, str) else text for text in texts]
    return {"type": kind, "content": [{"type": "listItem", "content": [node]} for node in nodes]}


def said(line: Line) -> str:
    """A line in one string: [-removed-] {+added+}, cells apart by bars."""
    signs = {"same": "{}", "added": "{{+{}+}}", "removed": "[-{}-]"}
    return " | ".join("".join(signs[span.kind].format(span.text) for span in cell) for cell in line.cells)


def differences(old: Json, new: Json) -> list[str]:
    return [said(line) for line in find_differences(old, new)]


def one_side(lines: list[Line], kind: str) -> list[tuple[str, ...]]:
    """The text of the new side (`added`) or of the old (`removed`), columns of the other side left out."""
    other = "removed" if kind == "added" else "added"
    texts = [
        tuple("".join(span.text for span in cell if span.kind != other) for cell in line.cells)
        for line in lines
        if line.change != other
    ]
    return [tuple(text for text in cells if text) for cells in texts]


def test_a_changed_word_is_marked_inside_its_line() -> None:
    old, new = doc("The tenant may leave in March."), doc("The tenant will leave in March, 2027.")
    assert differences(old, new) == ["The tenant [-may-]{+will+} leave in March{+, 2027+}."]


def test_a_figure_is_one_word() -> None:
    assert differences(doc("It cost € 1,200.50 in all."), doc("It cost € 1,300.50 in all.")) == [
        "It cost € [-1,200.50-]{+1,300.50+} in all."
    ]


def test_a_new_paragraph_leaves_those_around_it_alone() -> None:
    old = doc("The roof leaks.", "The lease ends.")
    new = doc("The roof leaks.", "Nobody objected to the plan.", "The lease ends.")
    assert differences(old, new) == ["The roof leaks.", "{+Nobody objected to the plan.+}", "The lease ends."]


def test_a_rewritten_paragraph_is_shown_whole_and_not_as_crumbs() -> None:
    old = doc("The committee met in March and agreed on the budget.")
    new = doc("Rainfall, which was heavy, is no concern of the north wing.")
    assert [line.change for line in find_differences(old, new)] == ["removed", "added"]


def test_sentences_that_grew_together_keep_no_chance_word_between_them() -> None:
    old = doc("The board agreed. A fine old oak stands in front of every east window there. The end is near.")
    new = doc("The board agreed. We found much rain in leaking cellars during two nights. The end is near.")
    assert differences(old, new) == [
        "The board agreed. [-A fine old oak stands in front of every east window there-]"
        "{+We found much rain in leaking cellars during two nights+}. The end is near."
    ]


def test_a_point_and_its_depth_are_known() -> None:
    nested = {"type": "listItem", "content": [paragraph("Roof"), points("East wing")]}
    new = doc({"type": "bulletList", "content": [nested]})
    lines = find_differences(doc(points("Roof")), new)
    assert [(line.shape, line.level, line.change) for line in lines] == [
        ("item", 1, "same"),
        ("item", 2, "added"),
    ]


def test_a_list_that_is_numbered_now_is_restyled_and_says_the_same() -> None:
    lines = find_differences(doc(points("Roof")), doc(points("Roof", kind="orderedList")))
    assert [(line.change, line.ordered, line.restyled) for line in lines] == [("same", True, True)]


def test_words_that_only_became_bold_are_restyled() -> None:
    bold = doc(paragraph("Roof", marks=[{"type": "bold"}]))
    (line,) = find_differences(doc("Roof"), bold)
    assert (line.change, line.restyled) == ("same", True)
    assert not find_differences(bold, bold)[0].restyled


def test_a_heading_and_a_quote_keep_their_shape() -> None:
    heading = {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Roof"}]}
    quote = {"type": "blockquote", "content": [paragraph("It leaks.")]}
    lines = find_differences(doc(), doc(heading, quote))
    assert [(line.shape, line.level) for line in lines] == [("heading", 2), ("quote", 0)]


def test_a_changed_row_is_paired_with_the_row_it_was() -> None:
    old = table(["Action", "Owner"], ["Mend the roof", "Ann"], ["Ask the bank", "Bo"])
    new = table(
        ["Action", "Owner"], ["Call a builder", "Cy"], ["Mend the roof", "Dee"], ["Ask the bank", "Bo"]
    )
    assert differences(doc(old), doc(new)) == [
        "Action | Owner",
        "{+Call a builder+} | {+Cy+}",
        "Mend the roof | [-Ann-]{+Dee+}",
        "Ask the bank | Bo",
    ]


def test_a_new_column_does_not_make_every_row_another() -> None:
    old = table(["Action", "Owner"], ["Mend the roof", "Ann"])
    new = table(["Action", "Due", "Owner"], ["Mend the roof", "1 May", "Ann"])
    assert differences(doc(old), doc(new)) == [
        "Action | {+Due+} | Owner",
        "Mend the roof | {+1 May+} | Ann",
    ]
    assert differences(doc(new), doc(old))[0] == "Action | [-Due-] | Owner"


def test_a_renamed_column_stays_the_same_column() -> None:
    old, new = table(["Action", "Cost"], ["Roof", "5"]), table(["Action", "Price"], ["Roof", "5"])
    assert differences(doc(old), doc(new)) == ["Action | [-Cost-]{+Price+}", "Roof | 5"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_held_against_itself_and_nothing(kind: str) -> None:
    example = KINDS[kind].example()
    shown = KINDS[kind].to_editor(example.value, example.settings)
    assert {line.change for line in find_differences(shown, shown)} == {"same"}
    assert {line.change for line in find_differences(doc(), shown)} == {"added"}
    assert {line.change for line in find_differences(shown, doc())} == {"removed"}


WORDS = st.lists(
    st.sampled_from(["roof", "the", "leaks", "1,200", ".", ",", "€", " ", "\n", "  ", "屋根", "a\u0301"])
)
TEXTS = st.one_of(st.text(max_size=40), WORDS.map("".join), WORDS.map(" ".join))


@given(TEXTS, TEXTS)
def test_same_and_added_words_are_the_new_text_and_same_and_removed_the_old(old: str, new: str) -> None:
    spans = compare_words(old, new)
    assert "".join(span.text for span in spans if span.kind != "removed") == new
    assert "".join(span.text for span in spans if span.kind != "added") == old
    assert all(span.text for span in spans)


ROWS = st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=5)
NODES = st.lists(
    st.one_of(
        TEXTS.map(paragraph), ROWS.map(lambda rows: table(*rows)), st.lists(TEXTS).map(lambda t: points(*t))
    ),
    max_size=6,
)


@given(NODES, NODES)
def test_no_line_of_either_document_is_lost(old: list[Json], new: list[Json]) -> None:
    lines = find_differences(doc(*old), doc(*new))
    for nodes, kind in ((old, "removed"), (new, "added")):
        flat = [tuple(cell for cell in line.cells if cell) for line in flatten(doc(*nodes))]
        assert one_side(lines, kind) == flat


def long_texts() -> dict[str, tuple[Json, Json]]:
    """Pairs of 5,000 words that have cost programs like this their night."""
    dice = random.Random(7)
    words = [f"word{int(dice.paretovariate(0.6)) % 3000}" for _ in range(10_000)]
    one, other = words[:5000], words[5000:]

    def lines(of: list[str], length: int) -> Json:
        return doc(*(" ".join(of[n : n + length]) + "." for n in range(0, len(of), length)))

    return {
        "one line, two texts": (lines(one, 5000), lines(other, 5000)),
        "one line, each second word": (
            lines(one, 5000),
            lines([a if n % 2 else b for n, (a, b) in enumerate(zip(one, other, strict=True))], 5000),
        ),
        "one line of two words": (
            lines(dice.choices(["yes", "no"], k=5000), 5000),
            lines(dice.choices(["yes", "no"], k=5000), 5000),
        ),
        "short lines": (lines(one, 3), lines(other, 3)),
        "the same few lines": (
            doc(*dice.choices(["yes it is", "no it is not"], k=1500)),
            doc(*dice.choices(["yes it is", "no it is not"], k=1500)),
        ),
        "paragraphs": (lines(one, 80), lines(other, 80)),
        "rows": (
            doc(table(["A", "B"], *([a, b] for a, b in zip(one[::2], one[1::2], strict=True)))),
            doc(table(["A", "B"], *([a, b] for a, b in zip(other[::2], other[1::2], strict=True)))),
        ),
    }


@pytest.mark.parametrize("texts", long_texts())
def test_five_thousand_words_take_no_time(texts: str) -> None:
    old, new = long_texts()[texts]
    before = time.process_time()
    lines = find_differences(old, new)
    seconds = time.process_time() - before
    assert lines
    assert seconds < 2
