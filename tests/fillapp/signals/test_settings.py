"""The settings of rules and judges: shown, tried without being kept, saved, and read on recent texts."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client

from fillapp.accounts import BUSINESS
from signals.changing import save_signal
from signals.handed import hands
from signals.models import Embedding, Label, Reading, Signal, Text
from signals.pieces import split_text
from signals.texts import keep_text
from tests.factories import make_report
from tests.fillapp.conftest import make_user
from tests.signals.kinds.asking import Answers

pytestmark = pytest.mark.django_db
SAID = "The board met on Tuesday. You will certainly win the case. Nobody objected."


def make(name: str, kind: str, **settings: object) -> Signal:
    signal = Signal(name=name, title=name.capitalize(), kind=kind, settings=settings)
    save_signal(signal)
    return signal


@pytest.fixture
def phrases() -> Signal:
    return make("phrases", "rule", rule="phrases", options={"phrases": ["certainly win"]})


@pytest.fixture
def judge() -> Signal:
    return make("judge", "judge", rubric="The text promises an outcome.")


@pytest.fixture
def text(tess: User) -> Text:
    """A part of a report of hers."""
    report = make_report(owner=tess)
    return keep_text("candidate:1", f"report:{report.pk}", SAID, split_text(SAID), tags={"purpose": "case"})


def test_a_chosen_rule_is_kept_when_it_is_saved(as_tess: Client) -> None:
    make("mine", "rule")
    assert "What should it look for?" in as_tess.get("/signals/mine/").content.decode()
    form = as_tess.get("/signals/mine/?rule=length").content.decode()
    assert 'name="settings.most"' in form
    sent = as_tess.post("/signals/mine/", {"rule": "length", "settings.most": "5", "do": "save"})
    assert sent.status_code == 302
    signal = Signal.objects.get(name="mine")
    assert signal.settings == {"rule": "length", "options": {"most": 5}}
    assert signal.made_by.startswith("rule length ")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"rule": "length"}, "Give a least or a most number of words."),
        ({"rule": "length", "settings.most": "many"}, "Enter a whole number."),
        ({"rule": "expression", "settings.pattern": "("}, "this is no regular expression"),
        ({"rule": "phrases", "settings.phrases": ""}, "Add at least one."),
        ({"rule": "repetition", "settings.words": "5", "threshold": "7"}, "Enter a number from 0 to 1."),
    ],
)
def test_what_cannot_be_saved_is_said_and_stays_in_the_form(
    as_tess: Client, data: dict[str, str], words: str
) -> None:
    make("mine", "rule")
    answer = as_tess.post("/signals/mine/", {**data, "do": "save"})
    assert answer.status_code == 422
    assert words.casefold() in answer.content.decode().casefold()
    assert Signal.objects.get(name="mine").settings == {}


def test_trying_marks_the_piece_and_keeps_nothing(as_tess: Client, phrases: Signal) -> None:
    data = {"rule": "phrases", "settings.phrases": "nobody", "text": SAID, "do": "try"}
    shown = as_tess.post("/signals/phrases/", data).content.decode()
    assert "<mark>Nobody objected.</mark>" in shown
    assert "It says “Nobody”." in shown
    assert Signal.objects.get(pk=phrases.pk).settings == phrases.settings
    assert not Text.objects.exists()
    assert not Embedding.objects.exists()


def test_recent_texts_are_read_as_the_settings_stand(as_tess: Client, phrases: Signal, text: Text) -> None:
    shown = as_tess.get("/signals/phrases/").content.decode()
    assert "<mark>You will certainly win the case.</mark>" in shown
    assert not Reading.objects.exists()


def test_nobody_is_shown_a_text_of_a_report_they_may_not_open(
    phrases: Signal, judge: Signal, text: Text
) -> None:
    client = Client()
    client.force_login(make_user("other", role="Super users"))
    for name in ("phrases", "judge"):
        shown = client.get(f"/signals/{name}/")
        assert shown.status_code == 200
        assert "certainly win the case" not in shown.content.decode()
    assert client.post("/signals/judge/judged/", {"text": text.pk, "says": "yes"}).status_code == 404
    assert not Label.objects.exists()


def test_business_users_see_no_settings(phrases: Signal) -> None:
    client = Client()
    client.force_login(make_user("bea", role=BUSINESS))
    for address in ("", "elsewhere/", "file/", "judge/", "judged/"):
        assert client.post(f"/signals/phrases/{address}").status_code in (403, 405)
        assert client.get(f"/signals/phrases/{address}").status_code in (403, 405)


def test_a_judge_reads_one_text_a_step_and_is_labelled_beside(
    as_tess: Client, judge: Signal, text: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = "It says “You will certainly win”."
    monkeypatch.setattr(hands, "ask", Answers(json.dumps({"reason": reason, "verdict": "yes"})))
    save_signal(judge)
    answer = as_tess.post("/signals/judge/judge/", headers={"Accept": "application/json"})
    assert answer.json() | {"done": 1, "total": 1, "go_on": False} == answer.json()
    shown = as_tess.get("/signals/judge/").content.decode()
    assert "<mark>You will certainly win the case.</mark>" in shown
    assert "Not enough labels yet" in shown
    as_tess.post("/signals/judge/judged/", {"text": text.pk, "says": "no"})
    assert Label.objects.get().sample.said == SAID
    assert 'value="no" aria-pressed="true"' in as_tess.get("/signals/judge/").content.decode()


def test_agreement_is_shown_once_there_are_labels_enough(as_tess: Client, judge: Signal, tess: User) -> None:
    for number in range(24):
        text = keep_text(f"x:{number}", f"signal:{judge.pk}", f"Text {number}.", [])
        Label.objects.create(signal=judge, sample=text.samples.get(), author=tess, says=number % 2 == 0)
        Reading.objects.create(
            signal=judge, text=text, score=number % 2 == 0, flagged=number % 2 == 0, made_by=judge.made_by
        )
    shown = as_tess.get("/signals/judge/").content.decode()
    assert "Cohen's kappa" in shown
    assert "On 24 texts that people labelled, 12 of them yes." in " ".join(shown.split())


def test_a_judge_that_fails_says_why_and_is_asked_again_later(
    as_tess: Client, judge: Signal, text: Text
) -> None:
    answer = as_tess.post("/signals/judge/judge/", headers={"Accept": "application/json"})
    assert answer.json()["error"].startswith("No language model is set.")
    assert not Reading.objects.exists()


def test_another_model_makes_the_old_verdicts_those_of_an_earlier_judge(
    as_tess: Client, judge: Signal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "ask", Answers("", name="another"))
    as_tess.get("/signals/judge/")
    assert Signal.objects.get(pk=judge.pk).made_by.split()[2] == "another"
