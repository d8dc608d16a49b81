"""The preview of a report: pages in time, for those who may see it, and a way on when there are none."""

import time
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from generation.models import Report
from generation.review import save_edit
from generation.word_pages import drawing

ROOT = "/reports/{}/preview/"


@pytest.fixture(autouse=True)
def _own_place(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    # Reports of other tests had the same numbers.
    drawing._failed.clear()


def look(client: Client, report: Report) -> str:
    response = client.get(ROOT.format(report.pk))
    assert response.status_code == 200
    return response.content.decode()


def wait_for_pages(client: Client, report: Report) -> str:
    """The page once nothing is being drawn any more."""
    until = time.monotonic() + 60
    while "is-drawing" in (html := look(client, report)):
        assert time.monotonic() < until
        time.sleep(0.1)
    return html


def pictures(html: str) -> list[str]:
    return [part.split('"')[0] for part in html.split('src="') if "/preview/" in part.split('"')[0]]


@pytest.mark.service("libreoffice")
def test_the_page_is_there_at_once_and_the_pages_a_little_later(finished: Report, as_alice: Client) -> None:
    first = look(as_alice, finished)
    assert "Drawing the pages" in first
    # For a browser without script.
    assert 'http-equiv="refresh"' in first
    html = wait_for_pages(as_alice, finished)
    assert 'alt="Page 1 of 1"' in html
    assert 'http-equiv="refresh"' not in html
    small, large = (as_alice.get(address) for address in pictures(html))
    assert small.content[:8] == large.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(small.content) < len(large.content)
    assert large.headers["Cache-Control"].startswith("private")
    assert "is-ready" in look(as_alice, finished)


@pytest.mark.service("libreoffice")
def test_after_an_edit_the_preview_is_another_one(finished: Report, as_alice: Client) -> None:
    before = pictures(wait_for_pages(as_alice, finished))
    other = {"items": [{"text": "The cellar is wet.", "items": []}]}
    save_edit(finished.fills.get(block="risks"), other, author=None, revision=0)
    assert "is-drawing" in look(as_alice, finished)
    after = pictures(wait_for_pages(as_alice, finished))
    assert not set(before) & set(after)


@pytest.mark.service("libreoffice")
def test_nobody_sees_the_pages_of_another_persons_report(
    finished: Report, as_alice: Client, as_bob: Client, bob: User
) -> None:
    addresses = pictures(wait_for_pages(as_alice, finished))
    assert [as_bob.get(address).status_code for address in addresses] == [404, 404]
    # Nor by way of a report of their own, whatever they know of the other's address.
    own = Report.objects.create(title="Mine", owner=bob, snapshot=finished.snapshot)
    there = addresses[0].replace(f"/reports/{finished.pk}/", f"/reports/{own.pk}/")
    assert as_bob.get(there).status_code == 404


def test_what_was_never_drawn_leads_back_to_the_preview(finished: Report, as_alice: Client) -> None:
    response = as_alice.get(f"{ROOT.format(finished.pk)}0123abcd/")
    assert response.headers["Location"] == ROOT.format(finished.pk)
    assert as_alice.get(f"{ROOT.format(finished.pk)}0123abcd/1.png").status_code == 404


def test_without_libreoffice_the_page_says_so_and_the_file_can_be_had(
    finished: Report, as_alice: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "needs LibreOffice on the server" in look(as_alice, finished)
    assert as_alice.get(f"/reports/{finished.pk}/word/").status_code == 200


def test_what_could_not_be_drawn_is_said_and_tried_again_on_request(
    finished: Report, as_alice: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\necho tried >> {tmp_path}/tries\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    for tries in (1, 2):
        html = wait_for_pages(as_alice, finished)
        assert "could not draw the pages. Try again." in html
        look(as_alice, finished)
        assert (tmp_path / "tries").read_text().count("tried") == tries
        assert as_alice.post(ROOT.format(finished.pk)).status_code == 302
    wait_for_pages(as_alice, finished)
