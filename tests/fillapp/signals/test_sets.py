"""Imported sets on pages: taken in steps, shared or kept to oneself, evaluated, deleted with all texts."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fillapp.accounts import SUPER
from signals.models import Reading, SampleSet, Text
from signals.starter import load_starters
from tests.fillapp.conftest import make_user

pytestmark = pytest.mark.django_db
CSV = (
    "id;Nachricht;label\n1;Write to ann@example.org now.;1\n2;It rains in Bärnau.;0\n3;;0\n"
    "4;Nobody objected to it.;1\n5;Write to bo@example.org.;0\n"
)
JSON = {"Accept": "application/json"}


def give(client: Client, data: bytes, name: str = "mine.csv") -> SampleSet:
    answer = client.post("/signals/sets/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302
    return SampleSet.objects.latest("pk")


@pytest.fixture
def taken(as_tess: Client) -> SampleSet:
    found = give(as_tess, CSV.encode("cp1252"))
    as_tess.post(f"/signals/sets/{found.pk}/", {"do": "columns", "text": "1", "label": "2"})
    assert as_tess.post(f"/signals/sets/{found.pk}/take/", headers=JSON).json() == {
        "done": 5, "total": 5, "go_on": False,
    }  # fmt: skip
    return SampleSet.objects.get(pk=found.pk)


def test_the_columns_are_guessed_and_asked_for(as_tess: Client) -> None:
    found = give(as_tess, CSV.encode())
    shown = as_tess.get(f"/signals/sets/{found.pk}/").content.decode()
    assert 'name="text" value="1" checked' in shown
    assert '<option value="2" selected>label</option>' in shown


def test_every_row_with_a_text_is_taken_and_the_file_goes(as_tess: Client, taken: SampleSet) -> None:
    assert (taken.texts, taken.empty, taken.file) == (4, 1, "")
    shown = as_tess.get(f"/signals/sets/{taken.pk}/").content.decode()
    assert "It rains in Bärnau." in shown
    assert "1 rows without a text were left out" in shown
    assert default_storage.listdir("signal-sets")[1] == []


def test_a_signal_is_measured_against_the_labels(as_tess: Client, taken: SampleSet) -> None:
    load_starters()
    address = f"/signals/sets/{taken.pk}/evaluate/personal-data/"
    assert as_tess.post(f"{address}read/", headers=JSON).json()["go_on"] is False
    shown = " ".join(as_tess.get(address).content.decode().split())
    assert "On 4 texts, 2 of them yes" in shown
    assert "Flagged, but the label says no (1)" in shown
    assert "Missed (1)" in shown
    assert "bo@example.org" in shown
    other = " ".join(as_tess.get(f"{address}?yes=0").content.decode().split())
    assert "Missed (1)" in other


def test_a_set_is_its_owners_until_it_is_shared(as_tess: Client, taken: SampleSet) -> None:
    load_starters()
    other = Client()
    other.force_login(make_user("other", role=SUPER))
    addresses = [f"/signals/sets/{taken.pk}/", f"/signals/sets/{taken.pk}/evaluate/refusal/"]
    assert [other.get(address).status_code for address in addresses] == [404, 404]
    assert other.post(addresses[0], {"do": "delete"}).status_code == 404
    as_tess.post(addresses[0], {"do": "share"})
    assert [other.get(address).status_code for address in addresses] == [200, 200]
    assert other.post(addresses[0], {"do": "delete"}).status_code == 404
    assert other.post(f"{addresses[0]}take/").status_code == 404
    as_tess.post(addresses[0], {"do": "keep"})
    assert other.get(addresses[0]).status_code == 404


def test_a_deleted_set_takes_its_texts_and_readings_along(as_tess: Client, taken: SampleSet) -> None:
    load_starters()
    as_tess.post(f"/signals/sets/{taken.pk}/evaluate/refusal/read/", headers=JSON)
    assert Reading.objects.exists()
    as_tess.post(f"/signals/sets/{taken.pk}/", {"do": "delete"})
    assert not Text.objects.filter(scope=taken.scope).exists()
    assert not Reading.objects.exists()


def test_a_set_whose_columns_are_not_chosen_can_be_forgotten(as_tess: Client) -> None:
    found = give(as_tess, CSV.encode())
    as_tess.post(f"/signals/sets/{found.pk}/", {"do": "delete"})
    assert default_storage.listdir("signal-sets")[1] == []
    assert not SampleSet.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "has no rows"),
        (b"text\n", "has no rows"),
        (bytes(range(256)) * 20, "is not text"),
        (b"text\n" + b"a\n" * 100_001, "more than 100,000"),
        (b"text,label\n" + b"a,1\n" * 50_000 + b"," * 999 + b"x\n", "a row of 1,000 cells"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    as_tess: Client, data: bytes, words: str
) -> None:
    answer = as_tess.post("/signals/sets/", {"file": SimpleUploadedFile("a.csv", data)})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not SampleSet.objects.exists()


def test_a_column_that_is_not_there_is_not_taken(as_tess: Client) -> None:
    found = give(as_tess, CSV.encode())
    for text, label in (("9", ""), ("x", ""), ("1", "1"), ("", "2")):
        as_tess.post(f"/signals/sets/{found.pk}/", {"do": "columns", "text": text, "label": label})
        assert SampleSet.objects.get().text_column is None
    assert as_tess.post(f"/signals/sets/{found.pk}/take/").status_code == 404
