"""What differs between two templates, in words."""

from typing import Any

import pytest
from hypothesis import given, settings

from templates.body import Block, TemplateBody, read_body
from templates.compare import PartChange, compare_bodies, say_changes
from tests.factories import BLOCKS, make_body
from tests.templates.bodies import bodies

Parts = list[dict[str, Any]]
GUARD = {"signal": "refusal", "blocks": ["summary"]}


def change(key: str, **changes: Any) -> Parts:
    """The usual parts with one block changed."""
    return [part | changes if part.get("block") == key else part for part in BLOCKS]


def find_sentences(old: TemplateBody, new: TemplateBody) -> list[str]:
    """All that is said of the details."""
    return [detail.sentence for one in compare_bodies(old, new) for detail in one.details]


def said(key: str, **changes: Any) -> list[str]:
    """What is said of the details of one changed block."""
    return find_sentences(make_body(), make_body(change(key, **changes)))


@settings(max_examples=60)
@given(bodies(), bodies())
def test_nothing_is_said_only_where_both_mean_the_same(old: TemplateBody, new: TemplateBody) -> None:
    assert compare_bodies(old, old) == []
    assert (compare_bodies(old, new) == []) == (mean(old) == mean(new))


def mean(body: TemplateBody) -> Any:
    """The body with every default spelt out."""
    data = body.model_dump()
    for place, part in enumerate(body.blocks):
        if isinstance(part, Block):
            data["blocks"][place]["settings"] = part.parsed_settings.model_dump()
    return data


@settings(max_examples=60)
@given(bodies(), bodies())
def test_every_change_is_a_sentence_that_ends(old: TemplateBody, new: TemplateBody) -> None:
    assert all(one.endswith(".") for one in say_changes(old, new) + find_sentences(old, new))


def test_a_block_is_new_with_what_it_is_and_gone() -> None:
    small, whole = make_body(BLOCKS[:-1]), make_body()
    [new], [gone] = compare_bodies(small, whole), compare_bodies(whole, small)
    assert (new.sentence, gone.sentence) == ("“Outcome” is new.", "“Outcome” is gone.")
    assert [detail.now for detail in new.details] == [
        "Selection",
        "Options: Approved, Deferred · When the documents do not say: Not stated",
    ]


def test_a_block_that_is_gone_stands_where_it_stood() -> None:
    new = make_body([*BLOCKS[:3], *change("outcome", title="Result")[4:]])
    assert [one.name for one in compare_bodies(make_body(), new)] == ["Actions", "Outcome"]


@pytest.mark.parametrize(
    ("key", "changes", "sentences"),
    [
        ("summary", {"title": "In short"}, ["Title: was Summary, now In short."]),
        ("summary", {"instructions": "What was decided."}, ["Instructions: changed."]),
        ("summary", {"instructions": ""}, ["Instructions: taken out."]),
        ("risks", {"instructions": "Every risk."}, ["Instructions: added."]),
        ("summary", {"settings": {"max_words": 150}}, ["At most, in words: was 60, now 150."]),
        ("summary", {"settings": {}}, ["At most, in words: was 60, now none."]),
        ("summary", {"candidates": 3}, ["Drafts made at once: was 1, now 3."]),
        ("risks", {"after": ["summary"]}, ["Waits for: was nothing, now Summary."]),
        ("risks", {"reads": ["agenda"]}, ["Uses: was all documents, now Agenda."]),
        ("risks", {"examples": ["The lease may end."]}, ["Example: “The lease may end.” is new."]),
        ("outcome", {"settings": {"options": ["Deferred", "Approved"], "fallback": "Not stated"}},
         ["Options: order: was Approved, Deferred, now Deferred, Approved."]),
        ("outcome", {"settings": {"options": ["Approved", "Deferred", "Refused"], "fallback": "Not stated"}},
         ["Options: “Refused” is new."]),
        ("outcome", {"settings": {"options": ["Approved", "Put off"], "many": True}},
         ["Options: was Deferred, now Put off.", "Several may be chosen: was No, now Yes.",
          "When the documents do not say: was Not stated, now empty."]),
    ],
)  # fmt: skip
def test_each_change_of_a_block_is_said(key: str, changes: dict[str, Any], sentences: list[str]) -> None:
    assert said(key, **changes) == sentences


def test_columns_are_compared_one_by_one() -> None:
    columns = [{"name": "Action", "type": "date"}, {"name": "Price", "type": "money"}]
    assert said("actions", settings={"columns": columns}) == [
        "Columns, “Action”: Type: was Text, now Date.",
        "Columns, “Cost”: Name: was Cost, now Price.",
    ]


def test_a_column_that_comes_is_new_with_what_it_holds() -> None:
    columns = [{"name": "Action"}, {"name": "Due", "type": "date"}, {"name": "Cost", "type": "money"}]
    assert said("actions", settings={"columns": columns}) == ["Columns: “Due, Date” is new."]


def test_a_setting_spelt_out_as_it_comes_is_no_change() -> None:
    assert said("risks", settings={"max_items": 3, "levels": 1}) == []


def test_names_with_commas_are_kept_apart() -> None:
    columns = [{"name": "Action"}, {"name": "Price", "type": "money"}]
    new = make_body(change("actions", settings={"columns": columns, "max_rows": 5}))
    assert say_changes(make_body(), new) == ["“Actions” is changed: columns, “Cost”: Name; at most, in rows."]


def test_another_kind_is_said_with_its_settings() -> None:
    sentences = said("risks", kind="long_text", settings={"max_words": 80})
    assert sentences == [
        "Kind: was Bullets, now Long text.",
        "Settings: was At most, in points: 3, now At most, in words: 80.",
    ]


def test_one_moved_block_moves_no_other() -> None:
    [moved] = compare_bodies(make_body(), make_body([*BLOCKS[:2], *BLOCKS[3:], BLOCKS[2]]))
    assert moved == PartChange("block", "moved", "Summary", "summary", "after “Outcome”")
    assert moved.sentence == "“Summary” is moved: it stands after “Outcome” now."


def test_a_block_moved_and_changed_is_both() -> None:
    parts = change("summary", title="In short")
    [sentence] = say_changes(make_body(), make_body([parts[2], *parts[:2], *parts[3:]]))
    assert sentence == "“Summary” is changed: title; it stands at the very beginning now."


def test_a_text_with_other_words_is_changed_not_new() -> None:
    parts = [BLOCKS[0], {"text": "Drafted from the transcript and the agenda."}, *BLOCKS[2:]]
    [text] = compare_bodies(make_body(), make_body(parts))
    assert text.sentence == "The text “Drafted from the transcript.” is changed."
    assert [(one.was, one.now) for one in text.details] == [
        ("Drafted from the transcript.", "Drafted from the transcript and the agenda.")
    ]


def test_a_heading_replaced_where_it_stands_is_changed() -> None:
    assert say_changes(make_body(), make_body([{"heading": "Protocol"}, *BLOCKS[1:]])) == [
        "The heading “Minutes” is “Protocol” now."
    ]
    assert say_changes(make_body(), make_body([{"heading": "Minutes", "level": 2}, *BLOCKS[1:]])) == [
        "The heading “Minutes” is changed: level."
    ]


def test_a_heading_far_from_another_is_new() -> None:
    assert say_changes(make_body(), make_body([*BLOCKS, {"heading": "Annex"}])) == [
        "The heading “Annex” is new."
    ]


def test_the_whole_template_is_compared() -> None:
    new = make_body(
        name="Protocol", tone="formal", require={"review": True}, context="select", word={"toc": True}
    )
    assert say_changes(make_body(), new) == [
        "The whole template is changed: name, tone, all reviewed before Word, when documents are too long.",
        "The Word look is changed: table of contents.",
    ]


def test_styles_chosen_for_the_word_file_are_said() -> None:
    old, new = (
        make_body(word={"style": "house.docx", "styles": {role: style}})
        for role, style in (("body", "Text"), ("title", "Big"))
    )
    assert find_sentences(old, new) == [
        "Style of body: was Text, now as detected.",
        "Style of title: was as detected, now Big.",
    ]


def test_documents_come_go_and_change() -> None:
    slots = [{"key": "transcript", "name": "Recording", "required": True}, {"key": "map", "name": "Map"}]
    assert say_changes(make_body(), make_body(documents=slots)) == [
        "The document “Agenda” is gone.",
        "The document “Transcript” is changed: name, needed.",
        "The document “Map” is new.",
    ]


def test_guards_come_go_and_change() -> None:
    old = make_body(guards=[GUARD, {"signal": "tone"}])
    new = make_body(guards=[{**GUARD, "action": "withhold"}, {"signal": "names"}])
    assert say_changes(old, new) == [
        "The guard “tone” is gone.",
        "The guard “refusal” is changed: when it fires.",
        "The guard “names” is new.",
    ]


def test_a_template_of_eighty_blocks_is_compared_at_once() -> None:
    many: Parts = []
    for number in range(80):
        many += [{"text": f"Text {number} on matter {number}."}, {"block": f"b{number}", "kind": "long_text"}]
    old = read_body({"name": "Long", "blocks": many})
    new = read_body({"name": "Long", "blocks": many[::-1]})
    assert len(compare_bodies(old, new)) == 159
