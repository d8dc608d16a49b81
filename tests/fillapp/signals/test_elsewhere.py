"""A signal as a file: downloaded, brought, and never put in the place of another."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from signals.models import Signal
from signals.starter import load_starters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def starters(db: None) -> None:
    load_starters()


def give(client: Client, text: str, **more: str) -> tuple[int, str]:
    file = SimpleUploadedFile("a.json", text.encode(), "application/json")
    answer = client.post("/signals/import/", {"file": file, **more}, follow=True)
    return answer.status_code, answer.content.decode()


def download(client: Client, name: str) -> str:
    answer = client.get(f"/signals/{name}/file/")
    assert answer["Content-Disposition"] == f'attachment; filename="{name}.signal.json"'
    return str(answer.content.decode())


@pytest.mark.parametrize("name", ["prompt-injection", "personal-data"])
def test_every_room_is_there_and_the_file_holds_no_example(as_tess: Client, name: str) -> None:
    shown = as_tess.get(f"/signals/{name}/elsewhere/").content.decode()
    assert f"{name}.signal.json" in shown
    assert "pirate" not in download(as_tess, name)


def test_the_snippet_is_shown_and_downloaded_where_it_helps(as_tess: Client) -> None:
    snippet = as_tess.get("/signals/prompt-injection/score_signal.py").content.decode()
    assert "def score(" in snippet
    assert "def score(" in as_tess.get("/signals/prompt-injection/elsewhere/").content.decode()
    assert "manage.py signal score" in as_tess.get("/signals/refusal/elsewhere/").content.decode()


def test_what_is_new_here_is_kept_under_its_own_name(as_tess: Client) -> None:
    data = json.loads(download(as_tess, "refusal")) | {"name": "declines", "title": "Declines"}
    status, shown = give(as_tess, json.dumps(data))
    assert status == 200
    assert "“Declines” is here. Guards name it declines." in shown
    assert Signal.objects.get(name="declines").settings == {"rule": "refusal", "options": {}}


def test_a_name_that_is_taken_asks_for_another_title_and_changes_nothing(as_tess: Client) -> None:
    text = download(as_tess, "refusal")
    before = Signal.objects.get(name="refusal").changed
    status, shown = give(as_tess, text)
    assert status == 422
    assert "There is a signal “refusal” here already" in shown
    answer = as_tess.post("/signals/import/", {"text": text, "title": "Refusal of theirs"}, follow=True)
    assert "Guards name it refusal-of-theirs." in answer.content.decode()
    assert Signal.objects.get(name="refusal").changed == before


def test_the_same_title_again_is_refused(as_tess: Client) -> None:
    answer = as_tess.post("/signals/import/", {"text": download(as_tess, "refusal"), "title": "Refusal"})
    assert answer.status_code == 422
    assert "give this one another title" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "x", '{"format": "fill-signal-1", "kind": "oracle"}'])
def test_a_file_that_is_no_signal_is_refused_in_a_sentence(as_tess: Client, text: str) -> None:
    before = Signal.objects.count()
    status, shown = give(as_tess, text)
    assert status == 422
    assert 'role="alert"' in shown
    assert Signal.objects.count() == before


def test_without_a_file_it_asks_for_one(as_tess: Client) -> None:
    assert as_tess.post("/signals/import/").status_code == 422


def test_a_signal_that_knows_nothing_has_no_file(as_tess: Client, signal: Signal) -> None:
    assert as_tess.get("/signals/promises/file/").status_code == 409
    assert "learnt nothing yet" in as_tess.get("/signals/promises/elsewhere/").content.decode()
