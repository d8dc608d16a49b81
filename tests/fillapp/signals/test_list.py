"""The list of signals, and what is done with a whole one."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from signals.changing import save_signal
from signals.models import Label, Signal
from signals.naming import LONGEST, make_name
from signals.texts import keep_text


def test_an_empty_list_says_how_to_begin(as_tess: Client) -> None:
    page = as_tess.get("/signals/").content.decode()
    assert "No signal yet" in page
    assert "/signals/new/" in page


def test_the_list_counts_labels_and_shows_no_text(as_tess: Client, signal: Signal, tess: User) -> None:
    sample = keep_text("x", "report:1", "Zarathustra will win.", []).samples.get()
    Label.objects.create(signal=signal, sample=sample, author=tess, says=True)
    page = as_tess.get("/signals/").content.decode()
    assert "1 yes, 0 no" in page
    assert "Zarathustra" not in page
    assert "Not ready to read" in page


def test_the_list_asks_as_often_for_many_signals_as_for_one(
    as_tess: Client, signal: Signal, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        save_signal(Signal(name=f"s-{number}", title=f"S {number}", kind="few_shot"))
    with django_assert_max_num_queries(8):
        as_tess.get("/signals/")


def test_a_new_signal_gets_a_key_from_its_title(as_tess: Client) -> None:
    sent = {"title": "Promises an outcome!", "question": "Does it?", "kind": "few_shot"}
    assert as_tess.post("/signals/new/", sent).headers["Location"] == "/signals/promises-an-outcome/"
    assert as_tess.post("/signals/new/", sent).headers["Location"] == "/signals/promises-an-outcome-2/"
    signal = Signal.objects.get(name="promises-an-outcome")
    assert (signal.title, signal.question, signal.made_by) == ("Promises an outcome!", "Does it?", "")


def test_a_signal_without_a_title_is_refused_with_what_was_typed(as_tess: Client) -> None:
    answer = as_tess.post("/signals/new/", {"title": " ", "question": "Does it?", "kind": "few_shot"})
    assert answer.status_code == 422
    assert "A signal needs a title" in answer.content.decode()
    assert "Does it?" in answer.content.decode()
    assert not Signal.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Größe", "groe"),
        ("  ", "signal"),
        ("2 % of it", "signal-2-of-it"),
        ("新", "signal"),
        ("New", "new-2"),
    ],
)
def test_any_title_gives_a_key(title: str, name: str) -> None:
    assert make_name(title) == name


def test_another_title_leaves_the_key(as_tess: Client, signal: Signal) -> None:
    answer = as_tess.post("/signals/promises/rename/", {"title": "Guarantees", "question": "?"})
    assert answer.headers["Location"] == "/signals/promises/"
    signal.refresh_from_db()
    assert (signal.title, signal.question, signal.name) == ("Guarantees", "?", "promises")
    assert as_tess.post("/signals/promises/rename/", {"title": ""}).status_code == 422


def test_what_is_archived_stands_apart_and_comes_back(as_tess: Client, signal: Signal) -> None:
    as_tess.post("/signals/promises/archive/")
    assert "Archive (1)" in as_tess.get("/signals/").content.decode()
    as_tess.post("/signals/promises/bring-back/")
    assert "Archive (" not in as_tess.get("/signals/").content.decode()
    signal.refresh_from_db()
    assert signal.archived is None


@pytest.mark.parametrize(
    "address", ["", "new/", "promises/", "promises/rename/", "promises/archive/", "promises/bring-back/"]
)
def test_a_business_user_is_told_whom_to_ask(address: str, signal: Signal, as_alice: Client) -> None:
    for answer in (as_alice.get(f"/signals/{address}"), as_alice.post(f"/signals/{address}")):
        assert answer.status_code in (403, 405)
        assert "Promises an outcome" not in answer.content.decode()


def test_only_those_who_teach_find_the_signals_in_the_navigation(as_tess: Client, as_alice: Client) -> None:
    assert 'href="/signals/"' in as_tess.get("/").content.decode()
    assert 'href="/signals/"' not in as_alice.get("/").content.decode()


@pytest.mark.django_db
def test_a_title_of_many_figures_gives_a_name_that_fits() -> None:
    assert len(make_name("9" * 120)) <= LONGEST
