"""Runs of the test cases: what is filled, how it is checked, and what it shows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from generation.engine.sweep import sweep
from generation.models import ExampleCase, Expectation, Fill, Report, TestRun, VerdictRow
from generation.proving.expecting import expect, put_back, reword, standing, take_back
from generation.proving.proof import find_run, proof_of
from generation.proving.results import load_results, passes
from generation.proving.run import CannotRun, cancel_run, prove, start_run
from templates.body import WordLook
from templates.models import ReportTemplate, take_snapshot
from templates.publish import publish
from tests.factories import make_body
from tests.generation.proving.conftest import Values, fill, fill_run, make_case, next_report

APPROVED: Values = {"outcome": {"chosen": ["Approved"]}}


def change_draft(template: ReportTemplate) -> None:
    template.draft = take_snapshot(make_body(tone="warm"))
    template.save()


def test_without_a_test_case_nothing_is_run(template: ReportTemplate) -> None:
    with pytest.raises(CannotRun, match="nothing to test yet"):
        start_run(template, 3)


def test_a_case_without_expectations_is_no_test_case(template: ReportTemplate, case: ExampleCase) -> None:
    with pytest.raises(CannotRun, match="nothing to test yet"):
        start_run(template, 3)


def test_a_case_without_documents_is_named(template: ReportTemplate) -> None:
    bare = ExampleCase.objects.create(template=template, name="Autumn meeting")
    expect(bare, "summary", "mention", {"words": "lease"})
    with pytest.raises(CannotRun, match="“Autumn meeting” cannot be filled"):
        start_run(template, 3)
    assert not TestRun.objects.exists()


@pytest.mark.parametrize("repetitions", [0, 11, -1])
def test_a_run_is_of_one_to_ten_repetitions(
    template: ReportTemplate, deferred: Expectation, repetitions: int
) -> None:
    with pytest.raises(CannotRun, match="1 to 10"):
        start_run(template, repetitions)


def test_a_second_run_waits_for_the_first(template: ReportTemplate, deferred: Expectation) -> None:
    start_run(template, 1)
    with pytest.raises(CannotRun, match="running already"):
        start_run(template, 1)
    assert TestRun.objects.count() == 1


def test_each_case_is_filled_by_both_sides_so_many_times(
    template: ReportTemplate, deferred: Expectation
) -> None:
    version = publish(template)
    other = make_case(template, "Autumn meeting")
    expect(other, "summary", "mention", {"words": "well"})
    change_draft(template)

    run = start_run(template, 2)
    reports = fill_run(run)

    assert len(reports) == 8
    assert run.finished
    assert {(one.trial.side, one.snapshot_id) for one in reports} == {
        ("draft", template.draft_id),
        ("published", version.snapshot_id),
    }
    assert {one.purpose for one in reports} == {Report.Purpose.TEST}
    # One case after the other: its documents stay in the model's cache.
    assert [one.example for one in reports] == [deferred.case] * 4 + [other] * 4
    assert VerdictRow.objects.filter(passed=True).count() == 8
    assert passes(run)


def test_a_draft_that_is_published_as_it_stands_is_filled_once(
    template: ReportTemplate, deferred: Expectation
) -> None:
    version = publish(template)
    run = start_run(template, 3)
    assert len(fill_run(run)) == 3
    assert run.version == version
    assert not load_results(run).has_published


def test_two_reports_at_most_are_filled_side_by_side(template: ReportTemplate, deferred: Expectation) -> None:
    run = start_run(template, 5)
    assert Report.objects.count() == 2
    report = next_report(run)
    assert report
    fill(report)
    assert Report.objects.count() == 2
    prove(report.pk)
    assert Report.objects.count() == 3


def test_one_miss_in_three_is_shown_with_its_interval_and_does_not_pass(
    template: ReportTemplate, deferred: Expectation
) -> None:
    run = start_run(template, 3)
    fill_run(run, lambda report: APPROVED if report.trial.repetition == 2 else {})
    line = load_results(run).lines[0]
    assert (line.draft.passed, line.draft.decided, line.draft.state) == (2, 3, "part")
    assert line.draft.interval == pytest.approx((0.2077, 0.9385), abs=1e-4)
    assert not passes(run)
    assert proof_of(template).state == "failed"
    assert proof_of(template).sentence == "0 of 1 expectations were met every time."


def test_what_nobody_could_tell_is_no_pass(template: ReportTemplate, deferred: Expectation) -> None:
    run = start_run(template, 2)
    report = next_report(run)
    assert report
    fill(report)
    Fill.objects.filter(report=report, block="outcome").update(
        state="failed", chosen=None, error_code="unreachable", error="The model's server cannot be reached."
    )
    prove(report.pk)
    fill_run(run)
    line = load_results(run).lines[0]
    assert (line.draft.passed, line.draft.decided, line.draft.undecided) == (1, 1, 1)
    verdict = VerdictRow.objects.get(passed=None)
    assert verdict.reason == "The block was not filled. The model's server cannot be reached."
    assert not passes(run)


def test_an_answer_of_no_use_is_a_miss(template: ReportTemplate, deferred: Expectation) -> None:
    run = start_run(template, 1)
    report = next_report(run)
    assert report
    fill(report)
    Fill.objects.filter(report=report, block="outcome").update(
        state="failed", chosen=None, error_code="invalid", error="The model's answer is not a selection."
    )
    prove(report.pk)
    assert VerdictRow.objects.get().passed is False


def test_a_block_that_the_published_version_lacks_is_undecided_there(
    template: ReportTemplate, case: ExampleCase
) -> None:
    bare = make_body([one for one in make_body().dump()["blocks"] if one.get("block") != "outcome"])
    draft = template.draft
    template.draft = take_snapshot(bare)
    template.save()
    publish(template)
    template.draft = draft
    template.save()
    expect(case, "outcome", "choose", {"options": ["Deferred"]})

    run = start_run(template, 1)
    fill_run(run)

    line = load_results(run).lines[0]
    assert line.published
    assert (line.draft.passed, line.published.undecided) == (1, 1)
    assert line.published.verdicts[0].reason == "This template has no block “outcome”."
    assert passes(run)


def test_a_finished_report_is_checked_once_however_often_it_is_asked(
    template: ReportTemplate, deferred: Expectation
) -> None:
    run = start_run(template, 1)
    report = next_report(run)
    assert report
    prove(report.pk)
    assert not VerdictRow.objects.exists(), "it is not finished"
    fill(report)
    prove(report.pk)
    prove(report.pk)
    assert VerdictRow.objects.count() == 1


def test_a_cancelled_run_starts_nothing_more_and_proves_nothing(
    template: ReportTemplate, deferred: Expectation
) -> None:
    run = start_run(template, 5)
    report = next_report(run)
    assert report
    fill(report)
    prove(report.pk)
    cancel_run(run)
    run.refresh_from_db()
    assert run.cancelled
    assert not Fill.objects.filter(state__in=("waiting", "queued", "running")).exists()
    assert Report.objects.count() == 3
    assert VerdictRow.objects.count() == 1
    assert not passes(run)
    assert proof_of(template).state == "none"
    # And another may begin.
    start_run(template, 1)


def test_the_sweep_goes_on_with_a_run_whose_process_ended(
    template: ReportTemplate, deferred: Expectation
) -> None:
    run = start_run(template, 1)
    run.trials.update(report=None)
    Report.objects.all().delete()
    sweep(["somebody else's"])
    assert not Report.objects.exists()
    sweep(["nobody's"])
    assert Report.objects.count() == 1


def test_a_check_that_was_broken_off_is_done_by_another_after_a_while(
    template: ReportTemplate, deferred: Expectation
) -> None:
    run = start_run(template, 1)
    report = next_report(run)
    assert report
    fill(report)
    run.trials.update(held_until=timezone.now() + timedelta(minutes=5))
    prove(report.pk)
    assert not VerdictRow.objects.exists()
    run.trials.update(held_until=timezone.now() - timedelta(seconds=1))
    prove(report.pk)
    assert VerdictRow.objects.count() == 1


def test_what_the_published_version_cannot_fill_is_said_and_the_run_goes_on(
    template: ReportTemplate, deferred: Expectation
) -> None:
    needed = [{"key": "minutes", "name": "Old minutes", "required": True}]
    draft = template.draft
    template.draft = take_snapshot(make_body(documents=needed))
    template.save()
    publish(template)
    template.draft = draft
    template.save()
    run = start_run(template, 1)
    fill_run(run)
    results = load_results(run)
    assert run.finished
    assert results.problems == ["This template needs: Old minutes. Add it, or say which of your files it is."]
    assert results.lines[0].published is not None
    assert results.lines[0].published.state == "waiting"
    assert passes(run)


def test_an_expectation_that_is_reworded_keeps_what_was_found_on_the_old_one(
    template: ReportTemplate, deferred: Expectation
) -> None:
    run = start_run(template, 1)
    new = reword(deferred, {"options": ["Approved"]})
    fill_run(run)
    assert VerdictRow.objects.get().expectation == deferred
    assert load_results(run).lines[0].expectation.settings == {"options": ["Deferred"]}
    assert list(standing()) == [new]


def test_what_is_put_back_later_was_not_expected_by_an_earlier_run(
    template: ReportTemplate, deferred: Expectation
) -> None:
    more = expect(deferred.case, "summary", "mention", {"words": "well"})
    take_back(more)
    run = start_run(template, 1)
    put_back(more)
    fill_run(run)
    assert [line.expectation for line in load_results(run).lines] == [deferred]
    assert proof_of(template).state == "outdated"


def test_what_cannot_be_checked_keeps_the_run_from_nothing_but_passing(
    template: ReportTemplate, deferred: Expectation
) -> None:
    Expectation.objects.create(case=deferred.case, block="summary", kind="mention", settings={"odd": 1})
    run = start_run(template, 1)
    fill_run(run)
    assert run.finished
    assert set(VerdictRow.objects.values_list("passed", flat=True)) == {True, None}
    assert not passes(run)


def test_what_is_taken_back_can_be_put_back(deferred: Expectation) -> None:
    take_back(deferred)
    assert not standing().exists()
    put_back(deferred)
    assert standing().get() == deferred


def test_the_same_is_not_expected_twice(case: ExampleCase, deferred: Expectation) -> None:
    assert expect(case, "outcome", "choose", {"options": ["Deferred"]}) == deferred


def test_proof_follows_the_draft_its_expectations_and_its_documents(
    template: ReportTemplate, deferred: Expectation
) -> None:
    assert proof_of(template).state == "none"
    run = start_run(template, 2)
    assert proof_of(template).sentence == "The tests are running: 0 of 2 reports are checked."
    fill_run(run)
    passed = proof_of(template)
    assert (passed.state, passed.run, passed.holds) == ("passed", run.pk, True)
    assert passed.sentence == "The one expectation was met 2 times of 2."
    assert find_run(template, template.draft) == run

    more = expect(deferred.case, "summary", "mention", {"words": "lease"})
    assert proof_of(template).sentence.endswith("and the test cases changed since.")
    take_back(more)
    assert proof_of(template).state == "passed"

    draft = template.draft
    change_draft(template)
    assert proof_of(template).sentence.endswith("and the draft changed since.")
    assert find_run(template, template.draft) is None
    template.draft = draft
    template.save()
    assert proof_of(template).holds


def test_how_the_word_file_looks_needs_no_new_tests(template: ReportTemplate, deferred: Expectation) -> None:
    fill_run(start_run(template, 1))
    template.draft = take_snapshot(make_body().model_copy(update={"word": WordLook(toc=True)}))
    template.save()
    assert proof_of(template).holds


def test_without_a_test_case_there_is_no_proof(template: ReportTemplate) -> None:
    assert proof_of(template).sentence == "There is no test case yet."
