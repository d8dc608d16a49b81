"""What a person does to a draft."""

import pytest

from templates.body import Block, StaticText, TemplateBody
from templates.editing import (
    NoSuchPart,
    add_part,
    duplicate_part,
    find_part,
    make_key,
    move_part,
    name_parts,
    remove_part,
    replace_part,
    stamp_of,
)
from tests.templates.bodies import minutes

SUMMARY, CONCLUSION = "block-summary", "block-conclusion"


def heads(body: TemplateBody) -> list[str]:
    return [name.split("-")[0] if not name.startswith("block") else name for name in name_parts(body)]


def test_blocks_are_named_by_their_key_and_static_parts_by_what_they_say() -> None:
    assert heads(minutes()) == ["heading", "text", SUMMARY, CONCLUSION]


def test_two_texts_that_say_the_same_have_names_of_their_own() -> None:
    body = minutes(blocks=[{"text": "Same."}, {"text": "Same."}], guards=[])
    assert len(set(name_parts(body))) == 2


def test_a_text_keeps_its_name_wherever_it_stands() -> None:
    text = name_parts(minutes())[1]
    assert name_parts(move_part(minutes(), text, CONCLUSION))[3] == text


def test_a_part_is_added_behind_another() -> None:
    body = add_part(minutes(), StaticText(text="New."), after=SUMMARY)
    assert heads(body) == ["heading", "text", SUMMARY, "text", CONCLUSION]


def test_a_part_added_behind_nothing_is_the_first() -> None:
    assert heads(add_part(minutes(), StaticText(text="New.")))[0] == "text"


def test_a_part_cannot_be_added_behind_one_that_is_gone() -> None:
    with pytest.raises(NoSuchPart):
        add_part(minutes(), StaticText(text="New."), after="block-gone")


@pytest.mark.parametrize("after", ["", SUMMARY, CONCLUSION])
def test_a_part_moves_behind_another(after: str) -> None:
    text = name_parts(minutes())[1]
    names = name_parts(move_part(minutes(), text, after))
    assert names[0 if not after else names.index(after) + 1] == text
    assert sorted(names) == sorted(name_parts(minutes()))


def test_a_part_that_moves_behind_itself_stays() -> None:
    assert move_part(minutes(), SUMMARY, SUMMARY) == minutes()


def test_a_copy_of_a_block_has_a_key_of_its_own_and_stands_right_behind_it() -> None:
    body = duplicate_part(minutes(), SUMMARY)
    assert heads(body) == ["heading", "text", SUMMARY, "block-summary-2", CONCLUSION]


def test_a_copy_of_a_block_is_watched_as_the_block_is() -> None:
    assert duplicate_part(minutes(), SUMMARY).guards[0].blocks == ["summary", "summary-2"]


def test_nothing_waits_for_a_removed_block() -> None:
    assert remove_part(minutes(), SUMMARY).block("conclusion").after == []


def test_a_guard_that_watched_a_removed_block_alone_goes_with_it() -> None:
    assert remove_part(minutes(), SUMMARY).guards == []


def test_a_guard_of_all_blocks_stays_when_one_is_removed() -> None:
    body = minutes(guards=[{"signal": "refusal"}])
    assert remove_part(body, SUMMARY).guards == body.guards


def test_a_block_is_replaced_with_the_guards_that_watch_it_alone() -> None:
    block = minutes().block("summary").model_copy(update={"title": "In short"})
    body = replace_part(minutes(), SUMMARY, block, guards=[])
    assert body.block("summary").title == "In short"
    assert body.guards == []


def test_a_part_has_another_stamp_once_it_says_something_else() -> None:
    _, part = find_part(minutes(), SUMMARY)
    assert isinstance(part, Block)
    assert stamp_of(minutes(), part) != stamp_of(minutes(), part.model_copy(update={"title": "In short"}))


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Key figures", "key-figures"),
        ("Summary", "summary-2"),
        ("3 risks", "block-3-risks"),
        ("x" * 99, "x" * 56),
    ],
)
def test_a_key_is_made_of_the_title_and_is_nobody_elses(words: str, key: str) -> None:
    assert make_key(minutes(), words) == key


def test_a_title_in_another_script_still_gives_a_key() -> None:
    assert Block(block=make_key(minutes(), "概要"), kind="long_text")
