"""Pieces that say what stands only in documents the block does not use are found."""

import pytest

from generation.engine.problems import find_problems
from generation.engine.work import load_work
from generation.prompt import PromptDocument
from generation.strays import find_strays
from signals.pieces import Piece
from templates.blocks.bullets import BulletsValue, Item
from tests.factories import BLOCKS, make_document, make_report, make_snapshot

TALK = (
    "CHAIR: Hollis may mend the roof for 35,640 with VAT, all agreed. Nobody signed up for the garden rota."
)
LIST = PromptDocument("list.md", "| T-15 | Have the asbestos register brought up to date | Open |")


def stray(text: str, *used: str) -> list[str]:
    return find_strays([Piece("point 1", text)], [TALK, *used], [PromptDocument("b.txt", "Nothing."), LIST])


def test_a_piece_copied_from_a_document_the_block_does_not_use_is_a_problem() -> None:
    assert stray("T-15: Have the asbestos register brought up to date.") == [
        "“T-15: Have the asbestos register brought up to date.” (point 1) is taken from “list.md”, "
        "which this block does not use."
    ]


def test_what_the_used_documents_say_as_well_is_none() -> None:
    assert (
        stray("Have the asbestos register brought up to date", "Have the asbestos register brought up!") == []
    )


def test_a_few_words_in_common_are_chance() -> None:
    assert stray("The agent will have the asbestos register brought to her office by Friday.") == []
    assert (
        stray(
            "The board heard that Rowan is to have the asbestos register brought up when the surveyor comes."
        )
        == []
    )


def test_short_pieces_say_too_little_to_tell() -> None:
    assert stray("The asbestos register") == []


def test_nothing_is_a_stray_where_the_block_uses_all_documents() -> None:
    assert find_strays([Piece("point 1", "Have the asbestos register brought up to date")], [TALK], []) == []


@pytest.mark.django_db
def test_a_block_may_take_from_the_documents_it_reads_alone() -> None:
    reads = {"narrow": ["transcript"], "both": ["transcript", "agenda"], "all": []}
    snapshot = make_snapshot([BLOCKS[4] | {"block": key, "reads": slots} for key, slots in reads.items()])
    documents = [(make_document(TALK), "transcript"), (make_document(LIST.text), "agenda")]
    value = BulletsValue(items=[Item(text="Have the asbestos register brought up to date")])

    problems = {
        fill.block: find_problems(load_work(fill), value)
        for fill in make_report(snapshot, documents=documents).fills.all()
    }

    assert {key for key, found in problems.items() if "does not use" in "".join(found)} == {"narrow"}
