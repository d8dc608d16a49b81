"""Templates made of proposals, and proposals changed by people."""

from io import BytesIO

import pytest

from templates.blocks import KINDS
from templates.body import Block, StaticHeading
from templates.proposing import Proposal, block_values, make_body, refit
from templates.word.parts import Heading, Table
from templates.word.read.document import read_word
from templates.word.write import write_report
from tests.bench.import_word import fill_back
from tests.templates.proposing.reports import heading, propose, report, table, text

LONG = "The committee met on Tuesday and agreed the budget after a long debate about the roof."


def test_headings_of_all_levels_come_back_as_they_were() -> None:
    levels = [1, 2, 2, 3, 1, 1, 3, 2]
    steps = [step for n, level in enumerate(levels) for step in (heading(f"H{n}", level), text(LONG))]
    proposed = propose(report(*steps))
    body = make_body(proposed.name, proposed.proposals)
    written = read_word(BytesIO(write_report(fill_back(body, proposed))))
    assert [part.level for part in written if isinstance(part, Heading)] == levels


def test_a_table_without_a_row_of_names_comes_back_with_its_cells() -> None:
    proposed = propose(report(heading("Facts"), table(("Name:", "Ada"), ("Town:", "Ely"))))
    body = make_body(proposed.name, proposed.proposals)
    written = read_word(BytesIO(write_report(fill_back(body, proposed))))
    assert [part.rows for part in written if isinstance(part, Table)] == [
        (("Name:", "Ada"), ("Town:", "Ely"))
    ]


def test_blocks_of_one_title_have_keys_of_their_own_and_values_by_them() -> None:
    proposed = propose(report(heading("Über uns"), text(LONG), table(("A", "B"), ("1", "2"))))
    body = make_body(proposed.name, proposed.proposals)
    assert [block.block for block in body.fillable] == ["uber-uns", "uber-uns-2"]
    assert block_values(body, proposed.proposals).keys() == {"uber-uns", "uber-uns-2"}


def test_a_title_without_letters_of_ours_gets_a_key_from_its_kind() -> None:
    proposal = Proposal(what="block", text="項目", kind="long_text", reason="running text")
    assert [block.block for block in make_body("項目", [proposal]).fillable] == ["long-text"]


def test_a_heading_left_without_its_block_stays_a_heading() -> None:
    proposals = [
        Proposal(what="heading", text="Work", reason="a heading"),
        Proposal(what="block", text="Findings", level=2, kind="long_text", reason="running text"),
    ]
    work, findings = make_body("Report", proposals).blocks
    assert isinstance(work, StaticHeading)
    assert isinstance(findings, Block)
    assert findings.title == "Findings"


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("original", ["One line", "Two lines\nof text", "a | b\nc | d", ""])
def test_any_passage_can_become_any_kind(kind: str, original: str) -> None:
    proposal = Proposal(what="text", text=original, original=original, reason="a label")
    changed = refit(proposal, kind)
    block = make_body("Report", [changed]).fillable[0]
    assert block.kind == kind
    assert block.type.load_value(changed.value)
