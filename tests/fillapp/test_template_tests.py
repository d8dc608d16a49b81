"""The room of the tests: cases and what is expected of them, runs, and outputs side by side."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from fillapp.accounts import SUPER
from generation.engine.schedule import advance_report
from generation.models import ExampleCase, Expectation, Report, TestRun
from generation.proving.expecting import expect, standing
from generation.proving.run import prove, start_run
from templates.body import read_body
from templates.models import ReportTemplate, take_snapshot
from templates.publish import publish, save_draft
from tests.fillapp.conftest import BODY, VALUES, finish, make_user

ROOM = "/templates/minutes/tests/"


@pytest.fixture
def author(db: None) -> User:
    return make_user("carol", role=SUPER)


@pytest.fixture
def page(author: User) -> Client:
    client = Client()
    client.force_login(author)
    return client


@pytest.fixture
def template(author: User, settings: Settings) -> ReportTemplate:
    settings.FILL_QUEUE = "nobody's"
    template = save_draft(read_body(BODY), slug="minutes", owner=author)
    publish(template)
    return template


@pytest.fixture
def case(page: Client, template: ReportTemplate) -> ExampleCase:
    page.post(f"{ROOM}cases/", {"name": "Spring meeting", "files": text("transcript.txt")})
    return ExampleCase.objects.get()


def text(name: str, content: str = "Who said what: the lease was deferred.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def read(page: Client, address: str = ROOM) -> str:
    response = page.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def change_draft(template: ReportTemplate) -> None:
    template.draft = take_snapshot(read_body(BODY | {"tone": "warm"}))
    template.save()


def fill_run(run: TestRun, draft: dict[str, Any] | None = None) -> None:
    """Fill all reports of a run as usual, those of the draft with these values."""
    while trial := run.trials.filter(checked=None, report__isnull=False).select_related("report").first():
        report = trial.report
        assert report
        for block in VALUES:
            finish(report, block, (draft or {}).get(block) if trial.side == "draft" else None)
        advance_report(report.pk)
        prove(report.pk)


def test_an_empty_room_says_what_a_test_case_is(page: Client, template: ReportTemplate) -> None:
    shown = read(page)
    assert "A test case is a set of documents whose report you know" in shown
    assert "Run the tests" not in shown


def test_a_case_comes_with_its_documents_each_as_what_it_most_likely_is(
    page: Client, case: ExampleCase
) -> None:
    row = case.example_documents.get()
    assert (case.name, row.slot) == ("Spring meeting", "transcript")
    assert "Nothing yet, so this case is not run" in read(page)


def test_files_that_cannot_be_read_make_no_case(page: Client, template: ReportTemplate) -> None:
    response = page.post(f"{ROOM}cases/", {"name": "Spring", "files": text("scan.pdf", "%PDF-1.4 broken")})
    assert response.status_code == 422
    assert "Not added:" in response.content.decode()
    assert not ExampleCase.objects.exists()


def test_documents_are_added_told_apart_and_taken_out(page: Client, case: ExampleCase) -> None:
    address = f"{ROOM}cases/{case.pk}/"
    page.post(address, {"do": "add", "files": text("notes.txt", "Something else altogether.")})
    first, second = case.example_documents.all()
    page.post(address, {"do": "slots", f"slot-{second.pk}": "agenda", f"slot-{first.pk}": "nonsense"})
    assert list(case.example_documents.values_list("slot", flat=True)) == ["transcript", "agenda"]
    page.post(address, {"do": f"take-{first.pk}"})
    assert case.example_documents.get() == second


def test_a_document_that_is_there_already_is_said(page: Client, case: ExampleCase) -> None:
    response = page.post(f"{ROOM}cases/{case.pk}/", {"do": "add", "files": text("again.txt")})
    assert response.status_code == 422
    assert "“again.txt” is in “Spring meeting” already." in response.content.decode()


def test_a_case_is_renamed_and_removed(page: Client, case: ExampleCase) -> None:
    page.post(f"{ROOM}cases/{case.pk}/", {"do": "rename", "name": "Autumn"})
    assert "Autumn" in read(page)
    page.post(f"{ROOM}cases/{case.pk}/", {"do": "remove"})
    assert not ExampleCase.objects.exists()


def test_a_case_with_results_is_removed_with_them(
    page: Client, template: ReportTemplate, case: ExampleCase
) -> None:
    expect(case, "summary", "mention", {"words": "well"})
    fill_run(start_run(template, 1))
    page.post(f"{ROOM}cases/{case.pk}/", {"do": "remove"})
    assert not Report.objects.exists()
    assert "No test case yet" in read(page)


def test_an_expectation_is_asked_for_step_by_step(page: Client, case: ExampleCase) -> None:
    address = f"{ROOM}cases/{case.pk}/expect/"
    assert "Of which block?" in read(page, address)
    kinds = read(page, f"{address}?block=outcome")
    assert "Must choose" in kinds
    assert "Number of rows" not in kinds
    form = read(page, f"{address}?block=outcome&kind=choose")
    assert "The options of this block: “Approved”, “Deferred”." in form
    page.post(
        address,
        {"block": "outcome", "kind": "choose", "settings.options": "Deferred", "settings.exactly": "on"},
    )
    assert Expectation.objects.get().settings == {"options": ["Deferred"]}
    assert "must choose “Deferred” and nothing else" in read(page)


@pytest.mark.parametrize(
    ("block", "kind", "more", "sentence"),
    [
        ("summary", "mention", {"settings.words": ""}, "This cannot be empty."),
        ("summary", "mention", {"settings.words": "–"}, "Each spelling needs a letter or a digit."),
        ("outcome", "choose", {"settings.options": "Rejected"}, "“Rejected” is none of the options"),
        ("actions", "count", {}, "Say the least, the most, or both."),
        ("actions", "count", {"settings.least": "some"}, "Enter a whole number."),
        ("summary", "reference", {"settings.text": "x", "settings.likeness": "200"}, "Enter 100 or less."),
    ],
)
def test_what_could_never_be_met_is_not_kept_and_nothing_typed_is_lost(
    page: Client, case: ExampleCase, block: str, kind: str, more: dict[str, str], sentence: str
) -> None:
    response = page.post(f"{ROOM}cases/{case.pk}/expect/", {"block": block, "kind": kind} | more)
    assert response.status_code == 422
    shown = response.content.decode()
    assert sentence in shown
    assert all(value in shown for value in more.values())
    assert not Expectation.objects.exists()


@pytest.mark.parametrize("asked", ["block=nowhere", "block=summary&kind=choose", "block=summary&kind=x"])
def test_what_does_not_fit_leads_back_to_the_choice(page: Client, case: ExampleCase, asked: str) -> None:
    assert "settings." not in read(page, f"{ROOM}cases/{case.pk}/expect/?{asked}")


def test_an_expectation_is_reworded_removed_and_put_back(page: Client, case: ExampleCase) -> None:
    one = expect(case, "summary", "mention", {"words": "roof"})
    page.post(f"{ROOM}expectations/{one.pk}/", {"settings.words": "cellar"})
    now = standing().get()
    assert now.settings == {"words": "cellar"}
    response = page.post(f"{ROOM}expectations/{now.pk}/", {"do": "remove"}, follow=True)
    assert "No longer expected: “must mention “cellar””." in response.content.decode()
    assert not standing().exists()
    page.post(f"{ROOM}expectations/{now.pk}/", {"do": "put-back"})
    assert standing().get() == now


def test_an_expectation_of_a_block_that_is_gone_can_only_be_removed(
    page: Client, template: ReportTemplate, case: ExampleCase
) -> None:
    one = expect(case, "closing", "mention", {"words": "roof"})
    assert "No longer in the draft" in read(page)
    assert page.get(f"{ROOM}expectations/{one.pk}/").status_code == 404
    page.post(f"{ROOM}expectations/{one.pk}/", {"do": "remove"})
    assert not standing().exists()


def test_what_a_run_will_take_is_said_before_it(
    page: Client, template: ReportTemplate, case: ExampleCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect(case, "summary", "rubric", {"rubric": "It is polite."})
    assert "Each repetition fills 1 report without a language model" in read(page)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    # Four blocks and one judgement.
    assert "Each repetition fills 1 report with at least 5 calls of the model" in read(page)
    change_draft(template)
    assert "Each repetition fills 2 reports with at least 10 calls of the model" in read(page)


@pytest.mark.parametrize("asked", ["0", "11", "", "many", "1e9", "9" * 50])
def test_too_many_repetitions_are_refused_in_a_sentence(page: Client, case: ExampleCase, asked: str) -> None:
    expect(case, "summary", "mention", {"words": "well"})
    response = page.post(f"{ROOM}run/", {"repetitions": asked})
    assert response.status_code == 422
    assert "Choose 1 to 10 repetitions." in response.content.decode()


def test_without_anything_expected_there_is_nothing_to_run(page: Client, case: ExampleCase) -> None:
    assert "Run the tests" not in read(page)
    response = page.post(f"{ROOM}run/", {"repetitions": "3"})
    assert response.status_code == 422
    assert "There is nothing to test yet." in response.content.decode()


def test_a_run_is_followed_and_cancelled(page: Client, template: ReportTemplate, case: ExampleCase) -> None:
    expect(case, "summary", "mention", {"words": "well"})
    page.post(f"{ROOM}run/", {"repetitions": "3"})
    run = TestRun.objects.get()
    shown = read(page)
    assert "The tests are running: 0 of 3 reports are checked." in shown
    assert '<progress aria-label="Reports checked" max="3" value="0">' in shown
    assert run.by
    assert run.by.username == "carol"
    page.post(f"{ROOM}runs/{run.pk}/cancel/")
    assert "Cancelled." in read(page)
    assert "Run the tests" in read(page)


def test_both_sides_stand_side_by_side_with_what_they_wrote(
    page: Client, template: ReportTemplate, case: ExampleCase
) -> None:
    change_draft(template)
    expect(case, "outcome", "choose", {"options": ["Deferred"]})
    run = start_run(template, 3)
    fill_run(run, {"outcome": {"chosen": ["Approved"]}})
    shown = read(page)
    assert "0 of 1 expectations were met every time." in shown
    assert 'data-side="Draft"' in shown
    assert 'data-side="Version 1"' in shown
    assert "0 of 3" in shown
    assert "3 of 3" in shown
    assert "44 to 100 %" in shown
    outputs = read(page, f"{ROOM}runs/{run.pk}/{case.pk}/outcome/")
    assert outputs.count("It chooses “Approved”.") == 3
    assert outputs.count("What the draft says differently") == 3
    assert "Both wrote the same." in read(page, f"{ROOM}runs/{run.pk}/{case.pk}/summary/")
    assert page.get(f"{ROOM}runs/{run.pk}/{case.pk}/nowhere/").status_code == 404
    assert page.get(f"{ROOM}runs/{run.pk}/4711/outcome/").status_code == 404


def test_a_draft_that_is_published_as_it_stands_says_that_it_was_filled_once(
    page: Client, template: ReportTemplate, case: ExampleCase
) -> None:
    expect(case, "summary", "mention", {"words": "well"})
    run = start_run(template, 1)
    fill_run(run)
    shown = read(page)
    assert "The draft was the same as version 1, so it was filled once." in shown
    assert "The one expectation was met once." in shown
    assert "Version 1</th>" not in shown
    fill_run(start_run(template, 1))
    assert f"{ROOM}runs/{run.pk}/" in read(page)
    assert "The draft was the same as version 1" in read(page, f"{ROOM}runs/{run.pk}/")


def test_outputs_can_be_looked_at_while_they_are_written(
    page: Client, template: ReportTemplate, case: ExampleCase
) -> None:
    expect(case, "summary", "mention", {"words": "well"})
    run = start_run(template, 3)
    shown = read(page, f"{ROOM}runs/{run.pk}/{case.pk}/summary/")
    assert "Being written." in shown
    assert "Not written yet." in shown


def test_a_template_that_requires_its_tests_says_so(
    page: Client, template: ReportTemplate, case: ExampleCase
) -> None:
    template.draft = take_snapshot(read_body(BODY | {"require": {"tests": True}}))
    template.save()
    assert "published only when its tests have passed" in read(page)


def test_what_requires_its_tests_is_published_once_they_pass(
    page: Client, template: ReportTemplate, case: ExampleCase
) -> None:
    template.draft = take_snapshot(read_body(BODY | {"require": {"tests": True}}))
    template.save()
    expect(case, "outcome", "choose", {"options": ["Deferred"]})
    versions, draft = "/templates/minutes/versions/", {"draft": template.draft.hash}
    assert "asks for tests before it is published. The tests have not been run yet." in read(page, versions)
    fill_run(start_run(template, 2), {"outcome": {"chosen": ["Approved"]}})
    assert page.post(versions, draft).status_code == 422
    fill_run(start_run(template, 2))
    assert "The one expectation was met 2 times of 2." in read(page, versions)
    page.post(versions, draft)
    assert template.versions.count() == 2


def test_the_room_is_for_those_who_may_change_the_template(template: ReportTemplate, as_bob: Client) -> None:
    assert as_bob.get(ROOM).status_code == 403
    other = Client()
    other.force_login(make_user("mallory", role=SUPER))
    assert other.get(ROOM).status_code == 404
