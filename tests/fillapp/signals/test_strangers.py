"""Texts of reports that somebody may not open appear nowhere on the pages of signals."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from fillapp.accounts import SUPER
from generation.models import ReportShare
from generation.removal import delete_report
from signals.models import Label, Sample, Signal
from signals.teaching import pool
from signals.teaching.saying import say
from tests.fillapp.conftest import make_user
from tests.fillapp.signals.teaching import NO, YES, answer, make_looked, sample_of, teach_all

SECRET = "Zarathustra"
SECRETS = [
    f"{SECRET} guarantees you will win the case.",
    f"We promise {SECRET} a full refund.",
    f"The hearing of {SECRET} is on Monday.",
    f"Nobody knows {SECRET}.",
]
ADDRESSES = ["", "figures/", "labels/", "labels/?show=disputed", f"labels/?q={SECRET[:4]}", "rename/"]


@pytest.fixture(autouse=True)
def no_pools() -> None:
    pool.forget_pools()


@pytest.fixture
def ann(db: None) -> User:
    """She teaches on a report of her own, which Tess may not open."""
    return make_user("ann", role=SUPER)


@pytest.fixture
def taught(signal: Signal, ann: User) -> Signal:
    """Ann said yes and no to what is secret; it contradicts and is disputed, so that every list has it."""
    make_looked(ann, *SECRETS, *[one.upper() for one in SECRETS], title=SECRET)
    for number, one in enumerate(SECRETS):
        say(signal, sample_of(one), ann, number < 2, f"Note on {SECRET}")
        say(signal, sample_of(one.upper()), ann, number >= 2)
    return signal


def read(client: Client, address: str = "") -> str:
    response = client.get(f"/signals/promises/{address}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_stranger_sees_nothing_of_it_on_any_page(as_tess: Client, taught: Signal, tess: User) -> None:
    make_looked(tess, *YES, *NO)
    teach_all(taught, tess)
    for address in ADDRESSES:
        assert SECRET not in read(as_tess, address).replace(f'value="{SECRET[:4]}"', ""), address
        assert SECRET.upper() not in read(as_tess, address), address
    assert SECRET not in as_tess.get("/signals/").content.decode()


def test_whose_it_is_sees_it(taught: Signal, ann: User) -> None:
    as_ann = Client()
    as_ann.force_login(ann)
    assert SECRET in read(as_ann, "labels/")
    assert SECRET in read(as_ann)


def test_no_word_of_a_stranger_brings_it_up(as_tess: Client, taught: Signal, tess: User) -> None:
    make_looked(tess, *YES, *NO)
    said = [
        answer(as_tess, "phrase", phrase="guarantees you will win the case"),
        answer(as_tess, "label", sample=sample_of(YES[0]).pk, says="yes"),
        answer(as_tess, "label", sample=sample_of(NO[0]).pk, says="no"),
        answer(as_tess, "label", sample=sample_of(YES[1]).pk, says="skip"),
        answer(as_tess, "precision", precision="0.8"),
        answer(as_tess, "undo"),
        answer(as_tess, "undo"),
    ]
    assert SECRET.casefold() not in str(said).casefold()


def test_a_stranger_cannot_say_anything_of_it(as_tess: Client, taught: Signal) -> None:
    before = list(Label.objects.values_list("pk", "says", "note"))
    for sample in Sample.objects.all():
        for says in ("yes", "no", "skip"):
            sent = {"sample": sample.pk, "says": says}
            assert as_tess.post("/signals/promises/label/", sent).status_code == 404
    for label in Label.objects.all():
        for do in ("note", "remove"):
            sent = {"do": do, "note": "mine"}
            assert as_tess.post(f"/signals/promises/labels/{label.pk}/", sent).status_code == 404
    assert list(Label.objects.values_list("pk", "says", "note")) == before


def test_words_on_it_count_but_are_not_shown(as_tess: Client, taught: Signal) -> None:
    assert "4 yes" in read(as_tess)
    page = read(as_tess, "labels/")
    assert "8 more examples" in page
    assert re.search(r"\bann\b", page) is None


def test_the_same_words_in_a_report_of_ones_own_are_ones_own(
    as_tess: Client, taught: Signal, tess: User
) -> None:
    """What Ann said of them elsewhere is counted with them, and not shown."""
    own = make_looked(tess, SECRETS[0]).pk
    sample = Sample.objects.get(said=SECRETS[0], text__scope=f"report:{own}")
    answer(as_tess, "label", sample=sample.pk, says="no")
    page = read(as_tess, "labels/")
    assert "You: no, 1 more" in page
    assert "Note on" not in page


def test_a_report_that_is_no_longer_shared_is_gone_at_once(
    as_tess: Client, signal: Signal, tess: User
) -> None:
    ann = make_user("ann", role=SUPER)
    report = make_looked(ann, *SECRETS)
    share = ReportShare.objects.create(report=report, user=tess)
    answer(as_tess, "phrase", phrase="guarantees you will win")
    answer(as_tess, "label", sample=sample_of(SECRETS[0]).pk, says="yes")
    answer(as_tess, "label", sample=sample_of(SECRETS[2]).pk, says="no")
    assert SECRET in read(as_tess)
    share.delete()
    for address in ADDRESSES:
        assert SECRET not in read(as_tess, address).replace(f'value="{SECRET[:4]}"', ""), address
    assert answer(as_tess, "undo")["said"] == "Undone: no to a text you may not read any more"


def test_a_deleted_report_takes_its_samples_along(as_tess: Client, signal: Signal, tess: User) -> None:
    report = make_looked(tess, *SECRETS)
    answer(as_tess, "phrase", phrase="guarantees you will win")
    answer(as_tess, "label", sample=sample_of(SECRETS[0]).pk, says="yes")
    delete_report(report)
    assert SECRET not in read(as_tess)
    assert SECRET not in read(as_tess, "labels/")


@pytest.mark.parametrize("address", ["", "figures/", "labels/"])
def test_a_business_user_is_told_whom_to_ask(address: str, taught: Signal, as_alice: Client) -> None:
    response = as_alice.get(f"/signals/promises/{address}")
    assert response.status_code == 403
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize("address", ["label", "undo", "phrase", "examples", "precision", "labels/1"])
def test_a_business_user_teaches_nothing(address: str, taught: Signal, as_alice: Client) -> None:
    before = Label.objects.count()
    sent = {"sample": Sample.objects.first(), "says": "yes", "texts": "One", "phrase": "x"}
    assert as_alice.post(f"/signals/promises/{address}/", sent).status_code == 403
    assert Label.objects.count() == before
