"""A template, its readers, and a finished report for the pages to show."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import Settings

from fillapp.accounts import BUSINESS, load_roles
from generation.models import Candidate, Document, Fill, Report
from generation.reports import create_report
from generation.uploads import store_document
from templates.body import TemplateBody, read_body
from templates.models import TemplateShare, TemplateVersion
from templates.publish import publish, save_draft

TRANSCRIPT = (
    b"The committee met on 3 March 2026. Ann agreed to ask for a second roof quote. Nobody objected to it.\n"
)
BODY: dict[str, Any] = {
    "name": "Minutes",
    "description": "Minutes of a meeting",
    "documents": [
        {"key": "transcript", "name": "Transcript", "hint": "who said what", "required": True},
        {"key": "agenda", "name": "Agenda"},
    ],
    "blocks": [
        {"heading": "Minutes"},
        {"text": "Drafted from <the> transcript."},
        {"block": "summary", "kind": "long_text", "title": "Summary"},
        {
            "block": "actions",
            "kind": "table",
            "title": "Actions",
            "settings": {"columns": [{"name": "Action"}, {"name": "Cost", "type": "money"}]},
        },
        {"block": "risks", "kind": "bullets", "title": "Risks"},
        {
            "block": "outcome",
            "kind": "selection",
            "title": "Outcome",
            "settings": {"options": ["Approved", "Deferred"]},
            "after": ["summary"],
        },
    ],
}
VALUES = {
    "summary": {"doc": {"type": "doc", "content": [{"type": "paragraph", "content": [
        {"type": "text", "text": "All went well."}]}]}},
    "actions": {"columns": ["Action", "Cost"], "rows": [["Mend the roof", "€ 1,200"]]},
    "risks": {"items": [{"text": "The tenant may leave.", "items": []}]},
    "outcome": {"chosen": ["Deferred"]},
}  # fmt: skip


@pytest.fixture(autouse=True)
def own_place(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of its own, quick passwords, and no model but the offline writer."""
    settings.MEDIA_ROOT = tmp_path
    settings.FILL_MODEL = ""
    # Or every client looks through all that is static, once more.
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def make_user(name: str, role: str = BUSINESS) -> User:
    """Somebody who may do what this role may; without one, nothing."""
    load_roles()
    user = User.objects.create_user(name, password=f"pass-for-{name}")
    user.groups.set(Group.objects.filter(name=role))
    return user


@pytest.fixture
def alice(db: None) -> User:
    return make_user("alice")


@pytest.fixture
def bob(db: None) -> User:
    return make_user("bob")


@pytest.fixture
def as_alice(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


@pytest.fixture
def as_bob(bob: User) -> Client:
    client = Client()
    client.force_login(bob)
    return client


@pytest.fixture
def body() -> TemplateBody:
    return read_body(BODY)


@pytest.fixture
def version(alice: User, body: TemplateBody) -> TemplateVersion:
    template = save_draft(body, slug="minutes", owner=None)
    TemplateShare.objects.create(template=template, user=alice)
    return publish(template)


@pytest.fixture
def document(alice: User) -> Document:
    return store_document(TRANSCRIPT, "transcript.txt", alice)


@pytest.fixture
def make_more(alice: User, version: TemplateVersion, document: Document) -> Callable[[], Report]:
    """Makes reports of Alice's, not started: every block waits."""
    return lambda: create_report(
        version.snapshot,
        [(document, "transcript")],
        title="March",
        owner=alice,
        template=version.template,
        version=version,
    )


@pytest.fixture
def report(make_more: Callable[[], Report]) -> Report:
    """Alice's report, not started: every block waits."""
    return make_more()


def finish(report: Report, block: str, value: object | None = None, problems: tuple[str, ...] = ()) -> Fill:
    """Give a block a value, as if it had been written."""
    fill = report.fills.get(block=block)
    fill.chosen = Candidate.objects.create(
        fill=fill,
        number=fill.candidates.count() + 1,
        value=value if value is not None else VALUES[block],
        problems=list(problems),
        profile="offline",
        attempt=uuid.uuid4(),
    )
    fill.state = Fill.State.DONE
    fill.save()
    return fill


def fail(report: Report, block: str, sentence: str) -> Fill:
    """Let a block fail."""
    fill = report.fills.get(block=block)
    fill.state, fill.error_code, fill.error = Fill.State.FAILED, "length", sentence
    fill.save()
    return fill


@pytest.fixture
def finished(report: Report) -> Report:
    """Alice's report with every block ready."""
    for block in VALUES:
        finish(report, block)
    return report
