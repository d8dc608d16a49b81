"""Guards are chosen by the titles of signals, and one that would not run is warned of."""

import pytest
from django.test import Client
from django.urls import reverse

from fillapp.accounts import SUPER
from fillapp.pages.studio.guard_signals import find_idle_guards, name_signals
from signals.models import Signal
from templates.models import ReportTemplate
from templates.publish import save_draft
from tests.factories import make_body
from tests.fillapp.conftest import make_user

pytestmark = pytest.mark.django_db
GUARDS = [{"signal": "promises", "blocks": ["summary"]}, {"signal": "gone"}]


@pytest.fixture
def author() -> Client:
    user = make_user("ada", SUPER)
    save_draft(make_body(guards=GUARDS), slug="minutes", owner=user)
    Signal.objects.create(name="promises", title="Promises an outcome", kind="few_shot", made_by="x")
    Signal.objects.create(name="refusal", title="Refuses", kind="few_shot")
    Signal.objects.create(
        name="old", title="Old", kind="few_shot", made_by="x", archived="2026-01-01T00:00:00Z"
    )
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.usefixtures("author")
def test_signals_are_named_by_their_titles_and_unknown_ones_stay() -> None:
    assert name_signals(["gone"]) == {
        "promises": "Promises an outcome",
        "refusal": "Refuses (not ready)",
        "gone": "gone (no such signal)",
    }


@pytest.mark.usefixtures("author")
def test_a_guard_that_would_not_run_says_why() -> None:
    body = make_body(guards=[*GUARDS, {"signal": "old"}, {"signal": "refusal"}])
    assert [sentence.partition(":")[0] for sentence in find_idle_guards(body.guards)] == [
        "The guard “gone” does not run",
        "The guard “Old” does not run",
        "The guard “Refuses” does not run",
    ]
    assert find_idle_guards(make_body(guards=[GUARDS[0]]).guards) == []


def test_the_form_of_a_block_offers_them_and_warns(author: Client) -> None:
    page = author.get(reverse("template_part", args=["minutes", "block-summary"])).text
    assert '<option value="promises" selected>Promises an outcome</option>' in page
    assert "The guard “gone” does not run" in page


def test_a_chosen_signal_is_a_guard(author: Client) -> None:
    form = reverse("template_part", args=["minutes", "block-risks"])
    stamp = author.get(form).text.partition('data-stamp="')[2].partition('"')[0]
    posted = {
        "stamp": stamp,
        "more.risks.watched_by": "0",
        "more.risks.watched_by.0.signal": "promises",
        "more.risks.watched_by.0.action": "withhold",
    }
    assert author.post(form, posted).status_code == 200
    guards = ReportTemplate.objects.get().draft.parsed.guards
    assert ("promises", ["risks"], "withhold") in [(one.signal, one.blocks, one.action) for one in guards]


def test_the_page_that_publishes_warns(author: Client) -> None:
    assert "The guard “gone” does not run" in author.get(reverse("template_versions", args=["minutes"])).text
