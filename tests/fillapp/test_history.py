"""The history of a report: what happened, by whom, when and how, and the texts before and after."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from generation.models import Candidate, Decision, Fill, Report, ReportShare
from generation.review import accept_unflagged, choose_candidate, decide, restore_edit, save_edit
from tests.fillapp.conftest import finish

MINE = {"items": [{"text": "The tenant will leave.", "items": []}]}


@pytest.fixture
def page(finished: Report) -> str:
    return f"/reports/{finished.pk}/history/"


def events(html: str) -> list[str]:
    """Each event's first line, as it is read."""
    lines = re.findall(r'<p>(<span class="event-who">.*?)</p>', html)
    return [re.sub("<[^>]*>", "", line) for line in lines]


def risks(report: Report) -> Fill:
    return report.fills.get(block="risks")


def test_every_writing_is_told_with_its_text(page: str, as_alice: Client) -> None:
    html = as_alice.get(page).text
    assert events(html) == [
        "Fill wrote Outcome",
        "Fill wrote Risks",
        "Fill wrote Actions",
        "Fill wrote Summary",
    ]
    assert "version 1 · written without a language model" in html
    assert "Mend the roof | € 1,200" in html


def test_every_decision_is_told_the_newest_first(
    page: str, finished: Report, alice: User, as_alice: Client
) -> None:
    save_edit(risks(finished), MINE, author=alice, revision=0, seconds_in_view=74)
    choose_candidate(risks(finished), 1, by=alice, revision=1)
    restore_edit(risks(finished), 1, by=alice, revision=2)
    decide(risks(finished), Fill.Review.REJECTED, by=alice, seconds_in_view=3.4)
    decide(risks(finished), Fill.Review.NOT_YET, by=None)
    accept_unflagged(finished, by=alice)
    html = as_alice.get(f"{page}?part=risks").text
    assert events(html) == [
        "alice accepted Risks",
        "Someone who is gone opened the review again of Risks",
        "alice rejected Risks",
        "alice put an earlier edit back in Risks",
        "alice chose another version of Risks",
        "alice edited Risks",
        "Fill wrote Risks",
    ]
    assert html.count("in bulk") == 1
    assert "looked at for 1 min 14 s" in html
    assert "looked at for 3.4 s" in html


def test_an_edit_shows_what_came_and_what_went(
    page: str, finished: Report, alice: User, as_alice: Client
) -> None:
    save_edit(risks(finished), MINE, author=alice, revision=0)
    html = as_alice.get(f"{page}?person={alice.pk}").text
    removed, added = (re.search(rf"<{tag}>(.*?)</{tag}>", html) for tag in ("del", "ins"))
    assert removed is not None
    assert added is not None
    assert "may" in removed[1]
    assert "will" in added[1]


def test_what_was_asked_for_is_told_with_who_asked(
    page: str, finished: Report, bob: User, as_alice: Client
) -> None:
    finish(finished, "risks", MINE)
    Candidate.objects.filter(number=2).update(note="Shorter, <please>", asked_by=bob, profile="gpt")
    html = as_alice.get(page).text
    assert events(html)[0] == "bob had Fill write anew Risks"
    assert "“Shorter, &lt;please&gt;”" in html
    assert "version 2 · written by “gpt”" in html


def test_one_part_and_one_person_are_looked_for(
    page: str, finished: Report, alice: User, bob: User, as_alice: Client
) -> None:
    decide(risks(finished), Fill.Review.ACCEPTED, by=alice)
    decide(finished.fills.get(block="summary"), Fill.Review.REJECTED, by=bob)
    html = as_alice.get(page).text
    assert re.findall(r'<option value="\d+">(\w+)<', html) == ["alice", "bob"]
    assert events(as_alice.get(f"{page}?person={bob.pk}").text) == ["bob rejected Summary"]
    assert events(as_alice.get(f"{page}?person={alice.pk}&part=risks").text) == ["alice accepted Risks"]
    assert "Nothing found" in as_alice.get(f"{page}?person={alice.pk}&part=summary").text


@pytest.mark.parametrize(
    "query", ["?person=x", "?part=odd", "?part=%00", f"?person={'9' * 30}", "?page=99", "?page=x"]
)
def test_what_makes_no_sense_excludes_nothing(query: str, page: str, as_alice: Client) -> None:
    assert len(events(as_alice.get(page + query).text)) == 4


def test_a_withheld_part_keeps_its_texts_and_notes(
    page: str, finished: Report, alice: User, as_alice: Client
) -> None:
    save_edit(risks(finished), MINE, author=alice, revision=0)
    Candidate.objects.update(note="You missed the tenant")
    finished.fills.filter(block="risks").update(withheld=True)
    html = as_alice.get(f"{page}?part=risks").text
    assert "alice edited Risks" in events(html)
    assert "tenant" not in html
    assert "withheld until" in html


def test_who_sees_the_report_sees_its_history(page: str, finished: Report, bob: User, as_bob: Client) -> None:
    assert as_bob.get(page).status_code == 404
    ReportShare.objects.create(report=finished, user=bob)
    assert len(events(as_bob.get(page).text)) == 4


def test_a_report_nothing_has_happened_to_says_so(report: Report, as_alice: Client) -> None:
    assert "Nothing has happened yet" in as_alice.get(f"/reports/{report.pk}/history/").text


def test_a_long_history_has_pages_and_takes_no_more_queries(
    page: str, finished: Report, alice: User, as_alice: Client
) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            as_alice.get(page)
        counts.append(len(queries))
        Decision.objects.bulk_create(
            Decision(fill=risks(finished), by=alice, decision=Fill.Review.ACCEPTED) for _ in range(60)
        )
    # Where nobody has decided anything yet, decisions are not asked for.
    assert counts[1] <= counts[0] + 1
    html = as_alice.get(f"{page}?part=&page=2").text
    assert "Page 2 of 5" in html
    assert 'href="?page=1"' in html
