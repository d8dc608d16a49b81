"""Withheld parts on the pages: in no answer to anybody, and looked at and released by those who may."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fillapp.accounts import SUPER
from generation.copies import copy_report
from generation.engine.run import run_fill
from generation.export import export_word
from generation.guards.said import GuardReading
from generation.looking import look_at_report
from generation.models import Fill, GuardAct, Report, ReportShare
from generation.result_file import write_result
from tests.fillapp.conftest import finish, make_user
from tests.fillapp.live import Eyes
from tests.fillapp.test_every_address import walk

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "Zanzibar"
SAYS = GuardReading(
    "promises", "Promises an outcome", 0.91, flagged=True, piece="sentence 1", action="withhold",
    reason=f"It names {WORD}.", words=f"You will win in {WORD}.",
)  # fmt: skip
VALUE = {"doc": {"type": "doc", "content": [
    {"type": "paragraph", "content": [{"type": "text", "text": SAYS.words}]}]}}  # fmt: skip


@pytest.fixture
def withheld(finished: Report) -> Report:
    """Alice's report: its summary was withheld, and the outcome waits for it."""
    fill = finish(finished, "summary", VALUE, problems=(f"“{WORD}” stands in none of the documents.",))
    assert fill.chosen
    fill.candidates.filter(pk=fill.chosen.pk).update(
        withheld=True, readings=[SAYS.to_json()], note=f"Name {WORD}"
    )
    finished.fills.filter(block="summary").update(withheld=True, offered=[fill.chosen.number])
    outcome = finished.fills.get(block="outcome")
    Fill.objects.filter(pk=outcome.pk).update(state=Fill.State.WAITING, chosen=None)
    outcome.candidates.all().delete()
    Report.objects.filter(pk=finished.pk).update(started=timezone.now(), finished=timezone.now())
    finished.refresh_from_db()
    return finished


@pytest.fixture
def releaser(withheld: Report) -> Client:
    """Somebody with the permission, to whom the report is shown."""
    user = make_user("rita", SUPER)
    ReportShare.objects.create(report=withheld, user=user)
    client = Client()
    client.force_login(user)
    return client


def address(report: Report, what: str = "withheld") -> str:
    return reverse(f"block_{what}", args=[report.pk, "summary"])


def say_all(response: HttpResponseBase) -> str:
    """All that an answer says, also inside a Word file."""
    if not isinstance(response, HttpResponse):
        return ""
    content = response.content
    if content[:2] != b"PK":
        return str(content.decode(errors="replace"))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return "".join(file.read(name).decode(errors="replace") for name in file.namelist())


def all_answers(client: Client, report: Report) -> Iterator[tuple[str, str]]:
    template = report.template
    for one in walk(report, slug=template.slug if template else ""):
        if one.name not in ("sign_out", "report_delete", "report_duplicate", "report_move"):
            yield one.path, say_all(client.get(one.path))
    for number in (1, 2):
        path = reverse("block_version", args=[report.pk, "summary", "candidate", number])
        yield path, say_all(client.get(path))
        choice = {"candidate": number, "revision": report.fills.get(block="summary").revision}
        posted = client.post(reverse("block_choose", args=[report.pk, "summary"]), choice)
        yield "choose", say_all(posted)


@pytest.mark.parametrize("who", ["owner", "viewer", "releaser"])
def test_its_words_are_in_no_answer(who: str, withheld: Report, as_alice: Client, releaser: Client) -> None:
    viewer = Client()
    viewer.force_login(make_user("vera"))
    ReportShare.objects.create(report=withheld, user=User.objects.get(username="vera"))
    client = {"owner": as_alice, "viewer": viewer, "releaser": releaser}[who]
    tried = 0
    for path, said in all_answers(client, withheld):
        assert WORD not in said, path
        tried += 1
    assert tried > 40


def test_its_words_are_in_no_answer_when_another_version_stands(withheld: Report, as_alice: Client) -> None:
    fill = withheld.fills.get(block="summary")
    withheld.fills.filter(block="summary").update(
        withheld=False, chosen=fill.candidates.get(number=1), offered=[]
    )
    for path, said in all_answers(as_alice, withheld):
        assert WORD not in said, path
    assert "All went well." in say_all(as_alice.get(reverse("report", args=[withheld.pk])))


def test_its_words_are_in_no_stream_and_no_file(withheld: Report, alice: User) -> None:
    look_at_report(withheld.pk)
    assert WORD not in str(Eyes(withheld, alice).look())
    assert WORD not in str(write_result(withheld))
    with zipfile.ZipFile(io.BytesIO(export_word(withheld))) as file:
        assert not [name for name in file.namelist() if WORD.encode() in file.read(name)]


def test_a_copy_withholds_it_too(withheld: Report, alice: User, as_alice: Client) -> None:
    copy = copy_report(withheld, owner=alice)
    copied = copy.fills.select_related("chosen").get(block="summary")
    assert copied.withheld
    assert copied.chosen
    assert copied.chosen.withheld
    for path, said in all_answers(as_alice, copy):
        assert WORD not in said, path


def test_the_administration_does_not_show_it(withheld: Report) -> None:
    root = Client()
    root.force_login(User.objects.create_superuser("root"))
    fill = withheld.fills.get(block="summary")
    for model, pk in (("fill", fill.pk), ("candidate", fill.chosen_id)):
        page = root.get(reverse(f"admin:generation_{model}_change", args=[pk]))
        assert page.status_code == 200
        assert WORD not in page.text


def test_the_page_says_that_one_part_is_withheld_and_that_nothing_is_still_to_come(
    withheld: Report, as_alice: Client
) -> None:
    page = as_alice.get(reverse("report", args=[withheld.pk])).text
    assert "2 of 4 ready, 0 of 2 reviewed, 1 withheld, 1 waiting for that" in page
    assert "The check: Promises an outcome." in page
    assert "Waits until Summary is released" in page
    assert 'id="do-cancel"' not in page


def test_the_list_of_reports_does_not_call_it_unfinished(withheld: Report, as_alice: Client) -> None:
    assert "0 of 4 reviewed, 1 withheld" in as_alice.get(reverse("reports")).text
    assert "March" not in as_alice.get(reverse("reports"), {"state": "writing"}).text
    assert "March" in as_alice.get(reverse("reports"), {"state": "to-review"}).text


def test_whoever_may_not_release_is_told_why_and_whom_to_ask(
    withheld: Report, as_alice: Client, releaser: Client
) -> None:
    make_user("sam", SUPER)
    page = as_alice.get(address(withheld)).text
    assert "Promises an outcome" in page
    # Who can open the report comes first.
    assert "Ask rita or sam" in page
    assert "Look at the text" not in page
    for what in ("look", "release", "reject_withheld"):
        assert as_alice.post(address(withheld, what), {"number": 2}).status_code == 403
    assert not GuardAct.objects.exists()


def test_a_stranger_finds_nothing(withheld: Report) -> None:
    stranger = Client()
    stranger.force_login(make_user("mallory", SUPER))
    assert stranger.get(address(withheld)).status_code == 404
    for what in ("look", "release", "reject_withheld"):
        assert stranger.post(address(withheld, what), {"number": 2}).status_code == 404
    assert not GuardAct.objects.exists()


def test_looking_shows_the_text_and_is_in_the_history(
    withheld: Report, releaser: Client, as_alice: Client
) -> None:
    assert WORD not in releaser.get(address(withheld)).text
    page = releaser.post(address(withheld, "look"))
    assert page.text.count(SAYS.words) == 2
    assert "Score 0.91" in page.text
    history = as_alice.get(reverse("report_history", args=[withheld.pk])).text
    assert "rita" in history
    assert "looked at the withheld text of" in history
    assert WORD not in history


def test_a_release_shows_it_to_all_and_starts_what_waits(
    withheld: Report, releaser: Client, as_alice: Client
) -> None:
    releaser.post(address(withheld, "look"))
    answer = releaser.post(address(withheld, "release"), {"number": 2}, follow=True)
    assert "“Summary” is released." in answer.text
    outcome = withheld.fills.get(block="outcome")
    assert outcome.state == Fill.State.QUEUED
    run_fill(outcome.pk)
    page = as_alice.get(reverse("report", args=[withheld.pk])).text
    assert SAYS.words in page
    assert "rita</span> released" in as_alice.get(reverse("report_history", args=[withheld.pk])).text


def test_a_rejection_leaves_it_out_of_sight(withheld: Report, releaser: Client, as_alice: Client) -> None:
    releaser.post(address(withheld, "reject_withheld"), {"number": 2})
    assert WORD not in as_alice.get(reverse("report", args=[withheld.pk])).text
    assert "Rejected: it is not to be used." in as_alice.get(address(withheld)).text
    assert "rejected the withheld text of" in as_alice.get(reverse("report_history", args=[withheld.pk])).text


def test_whoever_edits_the_report_may_have_it_written_again(withheld: Report, as_alice: Client) -> None:
    as_alice.post(reverse("block_generate", args=[withheld.pk, "summary"]))
    fill = withheld.fills.get(block="summary")
    assert (fill.state, fill.withheld) == (Fill.State.QUEUED, True)
    page = as_alice.get(reverse("report", args=[withheld.pk])).text
    assert "Queued" in page
    assert WORD not in page


def test_what_is_not_withheld_has_no_such_page(finished: Report, as_alice: Client) -> None:
    assert as_alice.get(address(finished)).status_code == 302


def test_a_flag_stands_beside_the_part_with_its_words(finished: Report, as_alice: Client) -> None:
    flag = GuardReading(
        "promises", "Promises an outcome", 0.91, flagged=True, piece="sentence 1", action="flag",
        words="All went well.",
    )  # fmt: skip
    fill = finished.fills.get(block="summary")
    fill.candidates.update(readings=[flag.to_json()])
    page = as_alice.get(reverse("report", args=[finished.pk])).text
    assert '<q class="flag-words" data-words="All went well.">All went well.</q>' in page
    assert "1 to check" in page
    about = as_alice.get(reverse("block_about", args=[finished.pk, "summary"])).text
    assert "Promises an outcome: 0.91, flagged" in about
