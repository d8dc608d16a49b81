"""A report that follows another snapshot: nothing written is lost, nothing written too late is shown."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User

from generation.copies import copy_report
from generation.export import export_word
from generation.flags import load_fills
from generation.models import Decision, Fill, Report
from generation.moving import Moved, move_report
from generation.result_file import write_result
from generation.review import CannotChange, decide, save_edit
from generation.review.decisions import accept_unflagged
from templates.models import Snapshot
from tests.factories import BLOCKS, VALUES, finish, finish_all, make_report, make_snapshot

pytestmark = pytest.mark.django_db
State = Fill.State


def snapshot_with(*without: str, **changes: dict[str, Any]) -> Snapshot:
    """The usual template without some blocks, and with others changed."""
    return make_snapshot(
        [part | changes.get(part.get("block", ""), {}) for part in BLOCKS if part.get("block") not in without]
    )


@pytest.fixture
def report() -> Report:
    """Finished, with the usual values."""
    report = make_report()
    finish_all(report)
    return report


def fills_of(report: Report) -> dict[str, Fill]:
    return load_fills(Report.objects.select_related("snapshot").get(pk=report.pk))


def test_what_the_move_means_for_each_block_is_told(report: Report) -> None:
    new = {"block": "next", "kind": "bullets", "title": "Next"}
    blocks = [
        new
        if part.get("block") == "outcome"
        else part | {"title": "What was said"}
        if part.get("block") == "summary"
        else part
        for part in BLOCKS
    ]

    moved = move_report(report, make_snapshot(blocks))

    assert moved == Moved(
        kept=("actions", "risks"), changed=("summary",), added=("next",), removed=("outcome",)
    )


def test_an_unchanged_block_stands_as_it_was(report: Report) -> None:
    decide(report.fills.get(block="risks"), Fill.Review.ACCEPTED, by=None)

    move_report(report, snapshot_with("outcome", summary={"instructions": "Only the roof."}))

    risks = fills_of(report)["risks"]
    assert (risks.stale, risks.review, risks.current_value) == (False, "accepted", VALUES["risks"])


def test_a_changed_block_keeps_its_text_and_says_that_it_is_stale(report: Report) -> None:
    move_report(report, snapshot_with(summary={"instructions": "Only the roof."}))

    summary = fills_of(report)["summary"]
    assert (summary.state, summary.stale, summary.current_value) == ("done", True, VALUES["summary"])


def test_a_change_that_is_taken_back_leaves_nothing_stale(report: Report) -> None:
    before = report.snapshot
    move_report(report, snapshot_with(summary={"instructions": "Only the roof."}))

    move_report(report, before)

    assert not fills_of(report)["summary"].stale


def test_a_block_written_anew_in_between_is_stale_when_the_change_is_taken_back(report: Report) -> None:
    before = report.snapshot
    move_report(report, snapshot_with(summary={"instructions": "Only the roof."}))
    Fill.objects.filter(report=report, block="summary").update(stale=False)

    move_report(report, before)

    assert fills_of(report)["summary"].stale


def test_a_new_block_waits_for_somebody_to_want_it(report: Report) -> None:
    move_report(report, make_snapshot([*BLOCKS, {"block": "next", "kind": "bullets", "title": "Next"}]))

    added = fills_of(report)["next"]
    assert (added.state, added.error_code) == ("cancelled", "not_written")


def test_a_removed_block_is_in_no_list_no_file_and_no_copy(report: Report) -> None:
    move_report(report, snapshot_with("risks"))

    assert "risks" not in fills_of(report)
    assert "risks" not in [one["block"] for one in write_result(report)["blocks"]]
    assert export_word(report)
    assert not Fill.every.filter(
        report=copy_report(report, owner=User.objects.create_user("ann")), block="risks"
    ).exists()
    accept_unflagged(report, by=None)
    assert not Decision.objects.filter(fill__block="risks").exists()


def test_a_block_that_comes_back_brings_its_text_its_edits_and_its_decisions(report: Report) -> None:
    fill = report.fills.get(block="risks")
    mine = {"items": [{"text": "None at all.", "items": []}]}
    save_edit(fill, mine, author=None, revision=fill.revision)
    before = report.snapshot

    move_report(report, snapshot_with("risks"))
    move_report(report, before)

    back = fills_of(report)["risks"]
    assert (back.pk, back.current_value, back.review, back.stale) == (fill.pk, mine, "edited", False)


def test_a_block_that_comes_back_otherwise_is_stale(report: Report) -> None:
    move_report(report, snapshot_with("risks"))
    move_report(report, snapshot_with(risks={"title": "Dangers"}))

    assert fills_of(report)["risks"].stale


def test_another_kind_puts_the_old_text_out_of_sight_until_the_kind_is_back(report: Report) -> None:
    before = report.snapshot
    prose = snapshot_with(risks={"kind": "long_text", "settings": {}})

    moved = move_report(report, prose)

    assert moved.changed == ("risks",)
    assert (fills_of(report)["risks"].kind, fills_of(report)["risks"].current_value) == ("long_text", None)
    move_report(report, before)
    assert fills_of(report)["risks"].current_value == VALUES["risks"]
    move_report(report, prose)
    assert Fill.every.filter(report=report, block="risks").count() == 2


def test_the_order_follows_and_no_page_is_told_that_a_text_changed(report: Report) -> None:
    was = fills_of(report)["outcome"].changed
    blocks = [part for part in BLOCKS if part.get("block") != "outcome"]

    move_report(report, make_snapshot([BLOCKS[-1], *blocks]))

    fills = fills_of(report)
    assert list(fills) == ["outcome", "summary", "actions", "risks"]
    assert fills["outcome"].changed == was


def test_what_reads_a_removed_block_of_another_kind_is_stale() -> None:
    reading = [{"block": "end", "kind": "long_text", "title": "End", "after": ["risks"]}]
    report = make_report(make_snapshot([*BLOCKS, *reading]))
    for block in VALUES:
        finish(report, block)
    finish(report, "end", VALUES["summary"])
    prose = [
        part | ({"kind": "long_text", "settings": {}} if part.get("block") == "risks" else {})
        for part in BLOCKS
    ]

    move_report(report, make_snapshot([*prose, *reading]))

    assert fills_of(report)["end"].stale


def test_what_was_being_written_for_a_changed_block_is_written_anew_and_not_heard(report: Report) -> None:
    fills = report.fills.filter(block__in=["summary", "risks"])
    fills.update(state=State.RUNNING, attempt=uuid.uuid4(), chosen=None)

    move_report(report, snapshot_with("risks", summary={"instructions": "Only the roof."}))

    summary, risks = (Fill.every.get(report=report, block=key) for key in ("summary", "risks"))
    assert (summary.state, summary.attempt) == ("waiting", None)
    assert (risks.state, risks.attempt, risks.gone) == ("cancelled", None, True)


def test_what_is_being_written_for_an_unchanged_block_goes_on(report: Report) -> None:
    attempt = uuid.uuid4()
    report.fills.filter(block="actions").update(state=State.RUNNING, attempt=attempt)

    move_report(report, snapshot_with("risks"))

    assert report.fills.get(block="actions").attempt == attempt


def test_a_part_that_is_gone_can_no_longer_be_changed(report: Report) -> None:
    fill = report.fills.get(block="risks")
    move_report(report, snapshot_with("risks"))

    with pytest.raises(CannotChange, match="not in the report any more"):
        save_edit(fill, VALUES["risks"], author=None, revision=0)


def test_a_report_loaded_before_it_was_moved_is_shown_as_it_is_now(report: Report) -> None:
    old = Report.objects.select_related("snapshot").get(pk=report.pk)

    move_report(report, snapshot_with("risks"))

    assert [one["block"] for one in write_result(old)["blocks"]] == ["summary", "actions", "outcome"]
    assert export_word(old)
