"""Long text: Markdown as models write it."""

from typing import Any

import pytest

from templates.blocks.base import UnreadableAnswer
from templates.blocks.long_text import LongText, LongTextSettings, LongTextValue
from templates.word.body import Body
from templates.word.parts import ListItem, Paragraph, Part
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


def test_paragraphs_and_marks_become_a_document() -> None:
    assert content("It was **agreed** and *not* ~~denied~~.\n\nNext.") == [
        paragraph(
            text("It was "),
            text("agreed", marks=("bold",)),
            text(" and "),
            text("not", marks=("italic",)),
            text(" "),
            text("denied", marks=("strike",)),
            text("."),
        ),
        paragraph(text("Next.")),
    ]


def test_underline_is_read_from_its_tag_across_line_breaks() -> None:
    assert content("<u>one<br>two</u> three") == [
        paragraph(
            text("one", marks=("underline",)),
            {"type": "hardBreak"},
            text("two", marks=("underline",)),
            text(" three"),
        )
    ]


@pytest.mark.parametrize("line_break", ["<br>", "<BR>", "<br/>", "  \n", "\\\n"])
def test_a_line_break_in_any_spelling_is_one(line_break: str) -> None:
    assert LONG_TEXT.text(read(f"one{line_break}two")) == "one\ntwo"


def test_marks_stand_once_and_in_one_order() -> None:
    [only] = content("****twice**** and more")[0]["content"][:1]
    assert only == text("twice", marks=("bold",))
    assert content("*<u>**a**</u>* b")[0]["content"][0]["marks"] == [
        {"type": "bold"},
        {"type": "italic"},
        {"type": "underline"},
    ]


def test_lists_nest() -> None:
    assert content("- a\n  1. b\n  2. c\n- d") == [
        {
            "type": "bulletList",
            "content": [
                {
                    "type": "listItem",
                    "content": [
                        paragraph(text("a")),
                        {
                            "type": "orderedList",
                            "attrs": {"start": 1},
                            "content": [
                                {"type": "listItem", "content": [paragraph(text("b"))]},
                                {"type": "listItem", "content": [paragraph(text("c"))]},
                            ],
                        },
                    ],
                },
                {"type": "listItem", "content": [paragraph(text("d"))]},
            ],
        }
    ]


def test_an_ordered_list_keeps_its_first_number() -> None:
    assert content("4. four\n5. five")[0]["attrs"] == {"start": 4}


def test_headings_keep_their_level_down_to_the_fourth() -> None:
    levels = [
        node["attrs"]["level"]
        for node in content("# a\n\nx\n\n# b\n\n### c\n\n###### d")[::1]
        if "attrs" in node
    ]
    assert levels == [1, 1, 3, 4]


def test_quotes_hold_paragraphs() -> None:
    assert content("> one\n>\n> two") == [
        {"type": "blockquote", "content": [paragraph(text("one")), paragraph(text("two"))]}
    ]


@pytest.mark.parametrize("href", ["https://example.org/a", "http://example.org", "mailto:a@example.org"])
def test_a_link_to_the_web_or_a_mailbox_stays(href: str) -> None:
    [link] = content(f"[here]({href})")[0]["content"]
    assert link["marks"] == [{"type": "link", "attrs": {"href": href}}]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "/local", "file:///etc/passwd"])
def test_any_other_link_leaves_its_words(href: str) -> None:
    assert "marks" not in str(content(f"[here]({href})"))
    assert "here" in LONG_TEXT.text(read(f"[here]({href})"))


def test_a_table_becomes_a_paragraph_per_row_and_a_problem() -> None:
    value = read("Before.\n\n| A | B |\n|---|---|\n| **1** | 2 |\n")
    assert LONG_TEXT.text(value) == "Before.\nA | B\n1 | 2"
    assert LONG_TEXT.problems(value, SETTINGS) == ["The text holds a table; write it as sentences or a list."]


def test_a_table_in_a_quote_is_a_problem_too() -> None:
    assert LONG_TEXT.problems(read("> | A | B |\n> |---|---|\n> | 1 | 2 |\n"), SETTINGS)


@pytest.mark.parametrize(
    "answer",
    ["```\nIt rained.\n```", "```markdown\nIt rained.\n```\n", "```md\nIt rained.", "```It rained.```"],
)
def test_a_fence_around_the_whole_answer_is_taken_off(answer: str) -> None:
    assert LONG_TEXT.text(read(answer)) == "It rained."


def test_a_fence_in_the_middle_stays_text() -> None:
    assert LONG_TEXT.text(read("```\ncode\n```\nIt *rained*.")) == "code\nIt rained."


@pytest.mark.parametrize("title", ["# Summary", "## Summary\n### Detail", "**Summary**"])
def test_a_title_over_the_whole_text_is_dropped(title: str) -> None:
    assert "Summary" not in LONG_TEXT.text(read(f"{title}\n\nIt rained. It stopped."))


@pytest.mark.parametrize(
    "markdown",
    ["# One\n\na\n\n# Two\n\nb", "**One**\n\na\n\n**Two**\n\nb", "**It rained.**\n\nOn.", "# Alone"],
)
def test_headings_of_parts_stay(markdown: str) -> None:
    assert LONG_TEXT.text(read(markdown)).count("\n") == markdown.count("\n\n")


def test_a_rule_under_a_paragraph_makes_no_heading() -> None:
    assert content("It rained.\n---\nIt stopped.") == [
        paragraph(text("It rained.")),
        paragraph(text("It stopped.")),
    ]


def test_nothing_a_model_writes_vanishes() -> None:
    markdown = "[1]: https://example.org/minutes\n\n    indented\n\n<div>tagged</div>\n\n![a plan](x.png)"
    for word in ("example.org/minutes", "indented", "tagged", "a plan"):
        assert word in LONG_TEXT.text(read(markdown))


@pytest.mark.parametrize("answer", ["", " \n", "---", "```\n```", "<!-- nothing -->"])
def test_an_answer_without_words_is_unreadable(answer: str) -> None:
    with pytest.raises(UnreadableAnswer, match="empty"):
        read(answer)


def test_a_model_gone_wild_is_still_text() -> None:
    assert "*" in LONG_TEXT.text(read("*" * 3000 + "a" + "*" * 3000))


def test_limits_broken_are_problems() -> None:
    value = read("one two three")
    assert LONG_TEXT.problems(value, LongTextSettings(max_words=2)) == [
        "The text has 3 words; at most 2 were asked for."
    ]
    assert LONG_TEXT.problems(value, LongTextSettings(min_words=4)) == [
        "The text has 3 words; at least 4 were asked for."
    ]


def test_a_sentence_said_twice_is_a_problem_and_a_short_one_is_not() -> None:
    value = read(
        "The lease was put off again. So be it. The roof leaks. The lease was put off again. So be it."
    )

    assert LONG_TEXT.problems(value, SETTINGS) == ["Sentence 4 stands in the text already."]


def test_limits_that_leave_no_room_are_refused() -> None:
    with pytest.raises(ValueError, match="at least than at most"):
        LongTextSettings(min_words=10, max_words=5)


def test_pieces_are_sentences() -> None:
    pieces = LONG_TEXT.pieces(read("Mr. Smith came. He left.\n\n- one\n- two"))
    assert [piece.text for piece in pieces] == ["Mr. Smith came.", "He left.", "one", "two"]


def test_running_text_with_lists_in_word_comes_back_with_them() -> None:
    parts: list[Part] = [
        Paragraph("It rained."),
        ListItem("one", 0, True),
        ListItem("below", 1, False),
        ListItem("two", 0, True),
        Paragraph("So be it.", "Quote"),
    ]
    proposed = LONG_TEXT.propose_from_word(parts)
    assert proposed
    body = Body()
    LONG_TEXT.write_word(proposed.value, proposed.settings, body)
    assert read_back(body) == parts
