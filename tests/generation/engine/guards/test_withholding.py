"""A withheld part: out of sight, waited for, released or rejected."""

import pytest
from django.contrib.auth.models import User

from generation.engine.schedule import (
    advance_report,
    generate_again,
)
from generation.engine.sweep import sweep
from generation.flags import shown_flags
from generation.guards.release import look_at_withheld, reject_withheld, release_withheld
from generation.looking import look_at_report
from generation.models import Candidate, Fill, GuardAct
from generation.review import CannotChange, choose_candidate
from signals.models import Text
from tests.generation.engine.conftest import QUEUE, fill_all, wait_until_finished
from tests.generation.engine.guards.conftest import MakeGuarded, now, start, wait_until_settled
from tests.generation.engine.waiting import wait_until
from tests.taught import PLAIN, PROMISE, teach

pytestmark = pytest.mark.usefixtures("worker", "transactional_db")


def test_a_withheld_part_is_out_of_sight_and_what_reads_it_waits(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    report = make_guarded({"signal": "promises", "blocks": ["summary"], "action": "withhold"})
    start(report)

    fill = now(report)
    assert fill.withheld
    assert fill.chosen
    assert fill.chosen.withheld
    assert fill.partial == ""
    assert now(report, "conclusion").state == Fill.State.WAITING
    assert now(report, "note").state == Fill.State.DONE
    # Nothing of it is under way, and nobody starts it.
    sweep([QUEUE])
    advance_report(report.pk)
    assert now(report, "conclusion").state == Fill.State.WAITING


def test_a_release_lets_what_waits_go_on(make_guarded: MakeGuarded, says: dict[str, list[str]]) -> None:
    teach()
    report = make_guarded({"signal": "promises", "blocks": ["summary"], "action": "withhold"})
    start(report)
    ann = User.objects.create_user("ann")

    look_at_withheld(now(report), by=ann)
    release_withheld(now(report), by=ann, number=1)
    wait_until_finished(report)

    fill = now(report)
    assert (fill.withheld, fill.chosen and fill.chosen.withheld) == (False, False)
    assert now(report, "conclusion").state == Fill.State.DONE
    assert list(GuardAct.objects.values_list("what", "by")) == [("looked", ann.pk), ("released", ann.pk)]
    assert shown_flags(fill) == []


def test_a_report_is_finished_only_after_the_last_release(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    says["Conclusion"] = [PROMISE]
    report = make_guarded({"signal": "promises", "action": "withhold"})
    start(report)
    ann = User.objects.create_user("ann")
    release_withheld(now(report), by=ann, number=1)
    wait_until(lambda: now(report, "conclusion").withheld)
    wait_until_settled(report)
    assert now(report, "conclusion").state == Fill.State.DONE


def test_what_does_not_fire_is_shown_as_usual(make_guarded: MakeGuarded, says: dict[str, list[str]]) -> None:
    teach()
    says["Summary"] = [PLAIN]
    report = make_guarded({"signal": "promises", "action": "withhold"})
    fills = fill_all(report)
    assert not any(fill.withheld for fill in fills.values())


def test_a_rejected_part_stays_withheld_and_is_written_again(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    says["Summary"] = [PROMISE, PLAIN]
    report = make_guarded({"signal": "promises", "blocks": ["summary"], "action": "withhold"})
    start(report)
    ann = User.objects.create_user("ann")

    reject_withheld(now(report), by=ann, number=1)
    assert (now(report).withheld, now(report).review) == (True, Fill.Review.REJECTED)
    generate_again(now(report), note="without it", versions=3)
    wait_until_finished(report)

    fill = now(report)
    assert (fill.withheld, fill.review) == (False, Fill.Review.NOT_YET)
    assert now(report, "conclusion").state == Fill.State.DONE
    # The one before is as withheld as ever.
    with pytest.raises(Candidate.DoesNotExist):
        choose_candidate(fill, 1, by=ann, revision=fill.revision)


def test_only_what_was_looked_at_is_released(make_guarded: MakeGuarded, says: dict[str, list[str]]) -> None:
    teach()
    report = make_guarded({"signal": "promises", "blocks": ["summary"], "action": "withhold"})
    start(report)
    ann = User.objects.create_user("ann")
    with pytest.raises(CannotChange, match="written again since"):
        release_withheld(now(report), by=ann, number=2)
    release_withheld(now(report), by=ann, number=1)
    with pytest.raises(CannotChange, match="not withheld any more"):
        release_withheld(now(report), by=ann, number=1)


def test_the_text_that_signals_keep_is_nobodys_until_it_is_released(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    report = make_guarded({"signal": "promises", "blocks": ["summary"], "action": "withhold"})
    start(report)
    look_at_report(report.pk)
    origin = f"candidate:{now(report).chosen_id}"
    assert Text.objects.get(origin=origin).scope == f"withheld:{report.pk}"
    release_withheld(now(report), by=User.objects.create_user("ann"), number=1)
    assert Text.objects.get(origin=origin).scope == f"report:{report.pk}"
