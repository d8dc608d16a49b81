"""Giving a report out: at once, or when all of it is reviewed where its template asks for that."""

import io

import docx
import pytest
from django.contrib.auth.models import User
from django.test import Client

from generation.models import Document, Fill, Report
from generation.reports import create_report
from generation.review import accept_unflagged, decide
from tests.factories import make_snapshot
from tests.fillapp.conftest import VALUES, finish


@pytest.fixture
def strict(alice: User, document: Document) -> Report:
    """Alice's finished report, of a template that asks for a review."""
    snapshot = make_snapshot(require={"review": True})
    report = create_report(snapshot, [(document, "transcript")], title="March", owner=alice)
    for block in VALUES:
        finish(report, block)
    return report


def test_a_report_that_must_be_reviewed_says_how_many_parts_are_left(
    strict: Report, as_alice: Client
) -> None:
    decide(strict.fills.get(block="summary"), Fill.Review.ACCEPTED, by=None)
    decide(strict.fills.get(block="risks"), Fill.Review.REJECTED, by=None)
    response = as_alice.get(f"/reports/{strict.pk}/word/")
    assert response.status_code == 409
    html = response.content.decode()
    assert "2 parts are not reviewed yet, and 1 is rejected." in html
    assert f'href="/reports/{strict.pk}/#block-actions"' in html


def test_one_rejected_part_alone_is_named_too(strict: Report, as_alice: Client) -> None:
    accept_unflagged(strict, by=None)
    decide(strict.fills.get(block="risks"), Fill.Review.REJECTED, by=None)
    html = as_alice.get(f"/reports/{strict.pk}/word/").content.decode()
    assert "1 part is rejected." in html
    assert "Go to it" in html


def test_once_all_is_reviewed_the_file_carries_no_machine_note(strict: Report, as_alice: Client) -> None:
    accept_unflagged(strict, by=None)
    response = as_alice.get(f"/reports/{strict.pk}/word/")
    assert response.status_code == 200
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(response.content)).paragraphs)
    assert "All went well." in text
    assert "eviewed" not in text


def test_the_data_of_a_report_is_given_out_unreviewed_too(strict: Report, as_alice: Client) -> None:
    assert as_alice.get(f"/reports/{strict.pk}/result.json").status_code == 200


def test_a_draft_of_another_template_is_given_out_with_what_is_open_in_it(
    finished: Report, as_alice: Client
) -> None:
    response = as_alice.get(f"/reports/{finished.pk}/word/")
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(response.content)).paragraphs)
    assert "Draft: 4 of 4 parts are not reviewed yet." in text
