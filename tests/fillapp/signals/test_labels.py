"""The page of everything people said for a signal."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from fillapp.accounts import SUPER
from signals.models import Label, Signal
from signals.teaching.saying import say
from tests.fillapp.conftest import make_user
from tests.fillapp.signals.teaching import NO, YES, sample_of, teach_all

PAGE = "/signals/promises/labels/"


def read(client: Client, query: str = "") -> str:
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return response.content.decode()


def test_without_examples_it_leads_to_the_teaching_page(as_tess: Client, signal: Signal) -> None:
    assert "No examples yet" in read(as_tess)


def test_examples_are_found_by_what_counts_and_by_words(as_tess: Client, signal: Signal, tess: User) -> None:
    teach_all(signal, tess)
    say(signal, sample_of(YES[0]), make_user("ben", role=SUPER), False, "It hedges.")
    assert YES[1] in read(as_tess, "?show=yes")
    assert NO[0] not in read(as_tess, "?show=yes")
    assert YES[0] in read(as_tess, "?show=disputed")
    assert YES[1] not in read(as_tess, "?show=disputed")
    assert "ben: “It hedges.”" in read(as_tess, "?show=noted")
    assert NO[0] in read(as_tess, "?q=hearing+monday")
    assert "Nothing found" in read(as_tess, "?q=zebra")
    assert YES[1] in read(as_tess, "?show=rubbish&page=x")


def test_a_word_is_changed_and_learnt_from_at_once(as_tess: Client, signal: Signal, tess: User) -> None:
    teach_all(signal, tess)
    as_tess.get("/signals/promises/")
    signal.refresh_from_db()
    before = signal.made_by
    sent = {"sample": sample_of(YES[0]).pk, "says": "no", "next": PAGE}
    assert as_tess.post("/signals/promises/label/", sent).headers["Location"] == PAGE
    signal.refresh_from_db()
    assert signal.made_by != before
    assert Label.objects.get(sample=sample_of(YES[0])).says is False


def test_a_word_is_removed_with_what_was_learnt_from_it(as_tess: Client, signal: Signal, tess: User) -> None:
    teach_all(signal, tess, yes=YES[:1], no=NO[:1])
    as_tess.get("/signals/promises/")
    label = Label.objects.get(sample=sample_of(NO[0]))
    as_tess.post(f"{PAGE}{label.pk}/", {"do": "remove"})
    assert not Label.objects.filter(pk=label.pk).exists()
    signal.refresh_from_db()
    assert signal.learned is None


def test_a_note_is_kept_beside_the_word(as_tess: Client, signal: Signal, tess: User) -> None:
    teach_all(signal, tess, yes=YES[:1], no=[])
    label = Label.objects.get()
    as_tess.post(f"{PAGE}{label.pk}/", {"do": "note", "note": " It says <so>. "})
    assert "You: “It says &lt;so&gt;.”" in read(as_tess)


def test_another_ones_word_cannot_be_removed(as_tess: Client, signal: Signal, tess: User) -> None:
    ben = make_user("ben", role=SUPER)
    teach_all(signal, ben)
    label = Label.objects.first()
    assert label
    assert as_tess.post(f"{PAGE}{label.pk}/", {"do": "remove"}).status_code == 404
    assert Label.objects.filter(pk=label.pk).exists()


@pytest.mark.parametrize("kind", ["rule", "judge"])
def test_only_what_learns_from_examples_has_this_page(kind: str, as_tess: Client, signal: Signal) -> None:
    Signal.objects.update(kind=kind)
    assert as_tess.get(PAGE).status_code == 404
