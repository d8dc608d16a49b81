"""Claims, leases and fenced writes: a fill is done once, whoever is late."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from generation.engine.leases import MOST_ATTEMPTS, claim_fill, held, renew_leases
from generation.engine.run import run_fill
from generation.engine.sweep import sweep
from generation.models import Fill, Report, Request
from tests.generation.engine.conftest import QUEUE, MakeReport

State = Fill.State


@pytest.fixture
def fill(make_report: MakeReport) -> Fill:
    fill = make_report("summary").fills.get()
    Report.objects.update(started=timezone.now())
    Fill.objects.filter(pk=fill.pk).update(state=State.QUEUED, queued=timezone.now())
    return fill


def lapse(fill: Fill) -> None:
    Fill.objects.filter(pk=fill.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_fill_can_be_claimed_once(fill: Fill) -> None:
    assert claim_fill(fill.pk) is not None
    assert claim_fill(fill.pk) is None


def test_a_fill_whose_lease_ran_out_can_be_claimed_again(fill: Fill) -> None:
    first = claim_fill(fill.pk)
    lapse(fill)
    second = claim_fill(fill.pk)
    assert first
    assert second
    assert first.attempt != second.attempt


def test_a_finished_fill_is_never_run_again(fill: Fill) -> None:
    run_fill(fill.pk)
    done = Fill.objects.get(pk=fill.pk)
    run_fill(fill.pk)
    again = Fill.objects.get(pk=fill.pk)
    assert done.state == State.DONE
    assert (again.chosen_id, again.attempts, again.candidates.count()) == (done.chosen_id, 1, 1)


def test_a_worker_that_does_not_know_the_profile_leaves_the_fill(fill: Fill) -> None:
    Report.objects.update(profile="somewhere else")
    run_fill(fill.pk)
    assert Fill.objects.get(pk=fill.pk).state == State.QUEUED


def test_the_heartbeat_renews_what_this_process_holds(fill: Fill) -> None:
    claim = claim_fill(fill.pk)
    assert claim
    lapse(fill)
    with held(claim):
        renew_leases()
    lease = Fill.objects.get(pk=fill.pk).lease_until
    assert lease
    assert lease > timezone.now()


def test_the_heartbeat_leaves_what_another_process_holds(fill: Fill) -> None:
    claim_fill(fill.pk)
    lapse(fill)
    renew_leases()
    lease = Fill.objects.get(pk=fill.pk).lease_until
    assert lease
    assert lease < timezone.now()


def test_a_late_result_is_kept_and_billed_but_never_chosen(fill: Fill) -> None:
    from generation.calls import Call
    from generation.engine.problems import find_problems
    from generation.engine.results import Writing, keep_result
    from generation.engine.work import load_work
    from generation.fill_block import fill_block

    late = claim_fill(fill.pk)
    assert late
    work = load_work(late.fill)
    writer = work.writer(Call(first_token=1, gap=1, total=1), lambda text: None)
    outcome = fill_block(writer, partial(find_problems, work))
    lapse(fill)
    run_fill(fill.pk)
    chosen = Fill.objects.get(pk=fill.pk).chosen_id
    keep_result(late, work, [Writing(outcome)])
    after = Fill.objects.get(pk=fill.pk)
    assert after.chosen_id == chosen
    assert after.candidates.count() == 2
    assert not Request.objects.filter(fill=fill, late=False, attempt=late.attempt).exists()


def test_the_sweep_gives_up_on_a_fill_that_stops_every_process(fill: Fill) -> None:
    claim_fill(fill.pk)
    lapse(fill)
    Fill.objects.filter(pk=fill.pk).update(attempts=MOST_ATTEMPTS)
    sweep([QUEUE])
    failed = Fill.objects.get(pk=fill.pk)
    assert (failed.state, failed.error_code) == (State.FAILED, "worker_lost")


def test_the_sweep_touches_only_the_queues_it_serves(fill: Fill) -> None:
    claim_fill(fill.pk)
    lapse(fill)
    Fill.objects.filter(pk=fill.pk).update(attempts=MOST_ATTEMPTS)
    sweep(["another queue"])
    assert Fill.objects.get(pk=fill.pk).state == State.RUNNING


def test_the_sweep_closes_a_report_whose_process_died_after_the_last_block(fill: Fill) -> None:
    run_fill(fill.pk)
    Report.objects.update(started=timezone.now(), finished=None)
    sweep([QUEUE])
    assert Report.objects.get().finished is not None


def test_a_machine_whose_clock_is_ahead_takes_nothing_from_the_others(
    fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = claim_fill(fill.pk)
    assert claim
    ahead = timezone.now() + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: ahead)
    assert claim_fill(fill.pk) is None
    sweep([QUEUE])
    assert Fill.objects.get(pk=fill.pk).attempt == claim.attempt


def test_a_machine_whose_clock_is_behind_renews_its_leases_in_time(
    fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = timezone.now() - timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: behind)
    claim = claim_fill(fill.pk)
    assert claim
    with held(claim):
        renew_leases()
    assert claim_fill(fill.pk) is None
