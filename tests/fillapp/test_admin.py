"""The administration: every list and page opens for a superuser, quickly, and what is immutable stays so."""

import uuid
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from generation.models import (
    CachedAnswer,
    Candidate,
    Document,
    ExampleCase,
    ExampleDocument,
    Expectation,
    Fill,
    GuardAct,
    PassageRow,
    Report,
    ReportShare,
    Request,
    Suggestion,
    TestRun,
    Trial,
    VerdictRow,
)
from generation.review import accept_unflagged, save_edit
from templates.models import (
    DraftChange,
    HouseStyle,
    ReportTemplate,
    Snapshot,
    TemplateShare,
    WordImport,
    keep_style,
)
from tests.fillapp.conftest import VALUES, finish

SECRET = "Zarathustra"
# What is shown with what it belongs to.
NOT_REGISTERED = {PassageRow}
OURS = [
    model
    for app in ("templates", "generation")
    for model in apps.get_app_config(app).get_models()
    if model not in NOT_REGISTERED
]
CHANGED_BY_HAND = {ReportTemplate, Report, Document, TemplateShare, ReportShare}


@pytest.fixture
def root(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.fixture
def rows(finished: Report, alice: User, bob: User) -> None:
    """At least one of each of ours; a secret stands in a document and in a Word file."""
    template, document = finished.template, Document.objects.get()
    assert template
    Document.objects.update(text=SECRET)
    keep_style(SECRET.encode())
    case = ExampleCase.objects.create(template=template, name="March")
    ExampleDocument.objects.create(case=case, document=document, position=0)
    ReportShare.objects.create(report=finished, user=bob)
    draft = template.draft
    DraftChange.objects.create(template=template, before=draft, after=draft, what="Something", by=alice)
    fill = finished.fills.get(block="risks")
    save_edit(fill, {"items": [{"text": "Dry rot.", "items": []}]}, author=alice, revision=fill.revision)
    accept_unflagged(finished, by=alice)
    Request.objects.create(fill=fill, attempt=uuid.uuid4(), profile="offline", seconds=1, outcome="done")
    expected = Expectation.objects.create(case=case, block="risks", kind="mention", settings={"words": "rot"})
    run = TestRun.objects.create(template=template, draft=draft, repetitions=1, proves="0", queue="")
    trial = Trial.objects.create(run=run, case=case, side="draft", repetition=1)
    VerdictRow.objects.create(trial=trial, expectation=expected, passed=True, reason="It mentions “rot”.")
    Suggestion.objects.create(template=template, snapshot=draft, block="risks", profile="offline")
    proposed = {"text": SECRET}
    WordImport.objects.create(
        owner=alice, name="Minutes", files=["a.docx"], proposed=proposed, house=SECRET.encode()
    )
    CachedAnswer.objects.create(asked="0" * 64, value={}, profile="offline")
    GuardAct.objects.create(fill=fill, candidate=fill.candidates.latest("pk"), what="looked", by=alice)


def address(model: type[models.Model], what: str, *arguments: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=arguments)


def test_everything_of_ours_is_there() -> None:
    assert [model for model in OURS if not admin.site.is_registered(model)] == []


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_list_and_its_pages_open(model: type[models.Model], root: Client) -> None:
    listed = root.get(address(model, "changelist"))
    assert listed.status_code == 200
    assert root.get(address(model, "changelist"), {"q": "a b"}).status_code == 200
    row = model._default_manager.first()
    assert row
    page = root.get(address(model, "change", row.pk))
    assert page.status_code == 200
    assert SECRET not in listed.text + page.text
    # A choice among all rows of a large table would never open.
    assert page.text.count("<option") < 20


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_what_is_immutable_can_only_be_read(model: type[models.Model], root: Client) -> None:
    row = model._default_manager.first()
    assert row
    may_be_changed = b'name="_save"' in root.get(address(model, "change", row.pk)).content
    assert may_be_changed == (model in CHANGED_BY_HAND)
    is_share = model in (TemplateShare, ReportShare)
    assert (root.get(address(model, "add")).status_code == 200) == is_share
    assert (root.get(address(model, "delete", row.pk)).status_code == 200) == is_share


@pytest.mark.usefixtures("rows")
def test_a_list_takes_the_same_queries_for_one_row_and_for_many(root: Client, make_more: Any) -> None:
    def count(model: type[models.Model]) -> int:
        with CaptureQueriesContext(connection) as queries:
            root.get(address(model, "changelist"))
        return len(queries)

    watched = [Fill, Candidate, Report, Document, Snapshot]
    before = [count(model) for model in watched]
    for _ in range(5):
        report = make_more()
        for block in VALUES:
            finish(report, block)
    assert [count(model) for model in watched] == before


def test_only_staff_enters(as_alice: Client) -> None:
    assert as_alice.get(address(Report, "changelist")).status_code == 302


def test_an_owner_is_set_by_hand(root: Client, report: Report, bob: User) -> None:
    answer = root.post(address(Report, "change", report.pk), {"title": "April", "owner": bob.pk})
    assert answer.status_code == 302
    report.refresh_from_db()
    assert (report.title, report.owner) == ("April", bob)


def test_a_word_file_is_kept_out_of_sight(root: Client) -> None:
    keep_style(SECRET.encode())
    style = HouseStyle.objects.get()
    assert SECRET not in root.get(address(HouseStyle, "change", style.pk)).text
