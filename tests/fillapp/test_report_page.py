"""The page of a report: every state of a block, and the downloads."""

import io
import re

import docx
import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from generation.export import export_word
from generation.models import Document, Fill, Report, ReportShare
from generation.offline import OFFLINE_NOTICE
from generation.reports import create_report
from tests.factories import make_snapshot
from tests.fillapp.conftest import fail, finish


def look(client: Client, report: Report) -> str:
    response = client.get(f"/reports/{report.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def section(html: str, block: str) -> str:
    """The section of one block."""
    found = re.search(rf'<section[^>]*id="block-{block}".*?</section>', html, re.S)
    assert found
    return found.group()


def test_every_block_is_a_section_in_the_order_of_the_template(finished: Report, as_alice: Client) -> None:
    ids = re.findall(r'<section[^>]*id="(block-[^"]+)"', look(as_alice, finished))
    assert ids == ["block-summary", "block-actions", "block-risks", "block-outcome"]


def test_headings_stand_below_each_other_as_in_the_word_file(finished: Report, as_alice: Client) -> None:
    html = look(as_alice, finished)
    assert '<h2 class="paper-heading">Minutes</h2>' in html
    assert '<h3 class="block-title" id="block-summary-title">Summary</h3>' in html


def test_what_the_template_says_is_escaped(finished: Report, as_alice: Client) -> None:
    assert "Drafted from &lt;the&gt; transcript." in look(as_alice, finished)


def test_a_finished_report_says_so_and_is_still_watched_for_what_others_do(
    finished: Report, as_alice: Client
) -> None:
    html = look(as_alice, finished)
    assert "All 4 ready" in html
    assert "data-stream" in html
    assert 'form="cancel"' not in html


@pytest.mark.parametrize(
    ("state", "label"),
    [("waiting", "Waiting"), ("queued", "Queued"), ("running", "Writing"), ("cancelled", "Cancelled")],
)
def test_a_state_is_said_in_words(state: str, label: str, report: Report, as_alice: Client) -> None:
    report.fills.filter(block="summary").update(state=state)
    assert label in section(look(as_alice, report), "summary")


def test_a_waiting_block_says_what_it_waits_for(report: Report, as_alice: Client) -> None:
    assert "Starts when Summary is written." in section(look(as_alice, report), "outcome")


def test_a_value_with_problems_needs_attention(report: Report, as_alice: Client) -> None:
    finish(report, "risks", problems=("“5” (point 1) stands in none of the documents.",))
    shown = section(look(as_alice, report), "risks")
    assert "To check" in shown
    assert "“5” (point 1) stands in none of the documents." in shown
    assert "The tenant may leave." in shown


def test_a_failed_block_says_why_and_offers_another_try(report: Report, as_alice: Client) -> None:
    fail(report, "risks", "The answer grew too long & was cut off.")
    shown = section(look(as_alice, report), "risks")
    assert "The answer grew too long &amp; was cut off." in shown
    assert 'form="retry"' in shown


def test_whoever_may_only_look_is_offered_no_other_try(report: Report, as_bob: Client, bob: User) -> None:
    fail(report, "risks", "It broke.")
    ReportShare.objects.create(report=report, user=bob)
    html = look(as_bob, report)
    assert "It broke." in html
    assert 'form="retry"' not in html
    assert 'form="cancel"' not in html


def test_text_being_written_is_shown_as_far_as_it_is(report: Report, as_alice: Client) -> None:
    report.fills.filter(block="summary").update(state="running", partial="It was agreed")
    shown = section(look(as_alice, report), "summary")
    assert "agreed" in shown
    assert 'aria-busy="true"' in shown


def test_a_withheld_value_is_not_on_the_page(finished: Report, as_alice: Client) -> None:
    finished.fills.filter(block="summary").update(withheld=True)
    html = look(as_alice, finished)
    assert "All went well." not in html
    assert "withheld until" in html


def test_a_block_that_may_be_withheld_is_not_shown_while_it_is_written(
    report: Report, as_alice: Client
) -> None:
    snapshot = report.snapshot
    guards = [{"signal": "promises", "blocks": ["summary"], "action": "withhold"}]
    snapshot.body = snapshot.body | {"guards": guards}
    snapshot.save()
    report.fills.filter(block="summary").update(state="running", partial="A promise")
    assert "A promise" not in look(as_alice, report)


def test_a_value_with_nothing_in_it_says_so(report: Report, as_alice: Client) -> None:
    finish(report, "risks", {"items": []})
    assert "Nothing was found for this part." in section(look(as_alice, report), "risks")


def test_the_offline_writer_is_named(finished: Report, as_alice: Client) -> None:
    assert OFFLINE_NOTICE in look(as_alice, finished)


def test_the_documents_are_listed_with_what_they_are(finished: Report, as_alice: Client) -> None:
    html = look(as_alice, finished)
    assert "transcript.txt" in html
    assert "Transcript" in html


@pytest.mark.parametrize(
    ("name", "sheet", "said"),
    [("plan.docx", "", "2 pages"), ("plan.xlsx", "Costs", "2 sheets"), ("Plan.PPTX", "", "2 slides")],
)
def test_the_pages_of_a_document_are_called_what_they_are(
    name: str, sheet: str, said: str, finished: Report, as_alice: Client
) -> None:
    document = finished.documents.get()
    Document.objects.filter(pk=document.pk).update(name=name, pages=2)
    document.passages.update(sheet=sheet)
    assert said in as_alice.get(f"/reports/{finished.pk}/").text


def test_cancel_ends_what_is_not_finished(report: Report, as_alice: Client) -> None:
    finish(report, "summary")
    response = as_alice.post(f"/reports/{report.pk}/cancel/")
    assert response.headers["Location"] == f"/reports/{report.pk}/"
    states = set(report.fills.values_list("state", flat=True))
    assert states == {Fill.State.DONE, Fill.State.CANCELLED}


def test_try_again_takes_up_what_failed(finished: Report, as_alice: Client) -> None:
    fail(finished, "risks", "It broke.")
    as_alice.post(f"/reports/{finished.pk}/retry/")
    assert finished.fills.get(block="risks").state == Fill.State.QUEUED


def test_the_word_file_can_be_opened_and_is_named_after_the_report(
    finished: Report, as_alice: Client
) -> None:
    Report.objects.update(title="März: 1/2 – <Bericht>")
    response = as_alice.get(f"/reports/{finished.pk}/word/")
    name = "M%C3%A4rz-%201-2%20%E2%80%93%20-Bericht-.docx"
    assert response.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert docx.Document(io.BytesIO(response.content)).tables


def test_a_title_without_a_usable_letter_still_gives_a_file_name(finished: Report, as_alice: Client) -> None:
    Report.objects.update(title="...")
    response = as_alice.get(f"/reports/{finished.pk}/word/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="Report.docx"'


def test_an_unfinished_report_can_be_downloaded_and_the_page_says_what_is_missing(
    report: Report, as_alice: Client
) -> None:
    assert "4 parts missing, marked in the file" in look(as_alice, report)
    assert as_alice.get(f"/reports/{report.pk}/word/").status_code == 200


def test_the_result_file_holds_the_values(finished: Report, as_alice: Client) -> None:
    result = as_alice.get(f"/reports/{finished.pk}/result.json").json()
    assert [block["status"] for block in result["blocks"]] == ["done"] * 4


def test_trying_again_without_a_model_says_what_is_missing(
    report: Report, as_alice: Client, settings: Settings
) -> None:
    Report.objects.update(profile="gone")
    report.fills.update(state=Fill.State.FAILED)
    settings.FILL_MODEL = "nowhere"
    response = as_alice.post(f"/reports/{report.pk}/retry/", follow=True)
    assert "FILL_MODEL is “nowhere”" in response.content.decode()
    assert set(report.fills.values_list("state", flat=True)) == {Fill.State.FAILED}


def test_the_page_shows_figures_as_the_word_file_does(
    as_alice: Client, alice: User, document: Document
) -> None:
    report = create_report(
        make_snapshot(language="de"), [(document, "transcript")], title="März", owner=alice
    )
    finish(report, "actions", {"columns": ["Action", "Cost"], "rows": [["Mend the roof", "€ 1,200.50"]]})
    file = docx.Document(io.BytesIO(export_word(report)))
    assert file.tables[0].cell(1, 1).text == "€ 1.200,50"
    assert '<td class="figure"><p>€ 1.200,50</p></td>' in section(look(as_alice, report), "actions")


def test_a_part_that_is_written_again_is_not_missing(finished: Report, as_alice: Client) -> None:
    finished.fills.filter(block="risks").update(state="running")
    assert "missing" not in look(as_alice, finished)
