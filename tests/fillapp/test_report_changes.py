"""What is done with a report as a whole: renamed, copied, deleted, brought back."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from generation.engine.schedule import start_report
from generation.models import Fill, Report, ReportShare
from generation.removal import KEPT, delete_report
from tests.fillapp.conftest import make_user


@pytest.fixture
def shown(report: Report, bob: User) -> ReportShare:
    """Bob may see Alice's report."""
    return ReportShare.objects.create(report=report, user=bob)


def title() -> str:
    return Report.objects.get().title


def test_the_form_of_a_title_holds_the_title_and_the_way_back(report: Report, as_alice: Client) -> None:
    html = as_alice.get(f"/reports/{report.pk}/rename/?next=/reports/%3Fq%3Dm").text
    assert 'name="title" value="March"' in html
    assert 'name="next" value="/reports/?q=m"' in html


def test_a_title_is_cleaned_and_limited(report: Report, as_alice: Client) -> None:
    as_alice.post(f"/reports/{report.pk}/rename/", {"title": " April\x00 " + "x" * 300})
    assert title() == ("April\ufffd " + "x" * 300)[:255]


def test_the_last_title_stands(report: Report, bob: User, as_alice: Client, as_bob: Client) -> None:
    ReportShare.objects.create(report=report, user=bob, can_edit=True)
    for client, said in ((as_alice, "Hers"), (as_bob, "His")):
        response = client.post(f"/reports/{report.pk}/rename/", {"title": said})
        assert response.headers["Location"] == f"/reports/{report.pk}/"
    assert title() == "His"


@pytest.mark.parametrize("said", ["", "   ", "\n\t"])
def test_an_empty_title_is_refused_with_a_sentence(said: str, report: Report, as_alice: Client) -> None:
    response = as_alice.post(f"/reports/{report.pk}/rename/", {"title": said, "next": "/reports/"})
    assert response.status_code == 422
    assert "A report needs a title. Type one." in response.text
    assert 'name="next" value="/reports/"' in response.text
    assert title() == "March"


def test_who_may_only_view_cannot_rename(report: Report, shown: ReportShare, as_bob: Client) -> None:
    assert as_bob.get(f"/reports/{report.pk}/rename/").status_code == 404
    assert as_bob.post(f"/reports/{report.pk}/rename/", {"title": "His"}).status_code == 404
    assert title() == "March"


@pytest.mark.parametrize(
    "address",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "x"],
)
def test_no_way_back_leads_off_the_site(address: str, report: Report, as_alice: Client) -> None:
    response = as_alice.post(f"/reports/{report.pk}/rename/", {"title": "April", "next": address})
    assert response.headers["Location"] == f"/reports/{report.pk}/"
    html = as_alice.get(f"/reports/{report.pk}/rename/", {"next": address}).text
    assert 'name="next" value=""' in html
    assert 'href=".."' in html


def test_a_copy_belongs_to_whoever_makes_it(
    finished: Report, shown: ReportShare, bob: User, as_bob: Client
) -> None:
    response = as_bob.post(f"/reports/{finished.pk}/duplicate/")
    copy = Report.objects.get(owner=bob)
    assert response.headers["Location"] == f"/reports/{copy.pk}/"
    assert copy.title == "March (copy)"
    assert not copy.shares.exists()
    assert "This is a copy of “March”." in as_bob.get(f"/reports/{copy.pk}/").text


def test_deleting_leads_to_the_list_with_a_way_to_undo_it(report: Report, as_alice: Client) -> None:
    response = as_alice.post(f"/reports/{report.pk}/delete/", {"next": "/reports/?q=m"}, follow=True)
    assert response.redirect_chain == [(f"/reports/?q=m&deleted={report.pk}", 302)]
    html = response.text
    assert "“March” is deleted." in html
    assert f'action="/reports/{report.pk}/undelete/"' in html
    assert 'name="next" value="/reports/?q=m"' in html
    assert as_alice.get(f"/reports/{report.pk}/").status_code == 404


def test_undoing_brings_it_back_for_all_who_had_it(
    report: Report, shown: ReportShare, as_alice: Client, as_bob: Client
) -> None:
    as_alice.post(f"/reports/{report.pk}/delete/")
    assert as_bob.get(f"/reports/{report.pk}/").status_code == 404
    response = as_alice.post(f"/reports/{report.pk}/undelete/", {"next": "/reports/?q=m"}, follow=True)
    assert response.redirect_chain == [("/reports/?q=m", 302)]
    assert "“March” is back." in response.text
    assert as_bob.get(f"/reports/{report.pk}/").status_code == 200


def test_deleting_and_undoing_twice_does_no_harm(report: Report, as_alice: Client) -> None:
    assert as_alice.post(f"/reports/{report.pk}/delete/").status_code == 302
    assert as_alice.post(f"/reports/{report.pk}/delete/").status_code == 404
    for _ in range(2):
        assert as_alice.post(f"/reports/{report.pk}/undelete/").status_code == 302
    assert Report.objects.get().deleted is None


def test_once_it_is_back_there_is_nothing_to_undo(report: Report, as_alice: Client) -> None:
    assert "is deleted" not in as_alice.get(f"/reports/?deleted={report.pk}").text


def test_a_report_being_written_is_cancelled_first(report: Report, as_alice: Client) -> None:
    start_report(report)
    as_alice.post(f"/reports/{report.pk}/delete/")
    assert set(report.fills.values_list("state", flat=True)) == {Fill.State.CANCELLED}


@pytest.mark.parametrize("can_edit", [False, True])
def test_only_the_owner_deletes_and_brings_back(
    can_edit: bool, report: Report, shown: ReportShare, as_bob: Client
) -> None:
    ReportShare.objects.update(can_edit=can_edit)
    assert as_bob.post(f"/reports/{report.pk}/delete/").status_code == 404
    delete_report(report)
    assert as_bob.post(f"/reports/{report.pk}/undelete/").status_code == 404
    assert "March" not in as_bob.get("/reports/deleted/").text
    assert "March" not in as_bob.get(f"/reports/?deleted={report.pk}").text
    assert Report.objects.get().deleted


def test_what_was_deleted_lately_says_how_long_it_is_kept(report: Report, as_alice: Client) -> None:
    assert "Nothing deleted" in as_alice.get("/reports/deleted/").text
    delete_report(report)
    html = as_alice.get("/reports/deleted/").text
    until = timezone.localtime() + KEPT
    assert f"{until.day} {until:%B %Y}" in html
    assert f'action="/reports/{report.pk}/undelete/"' in html


def test_the_last_deleted_stands_first(report: Report, alice: User, as_alice: Client) -> None:
    for days in (1, 3, 2):
        report.pk, report.title = None, f"{days} days"
        report.deleted = timezone.now() - timedelta(days=days)
        report.save()
    assert re.findall(r">(\d) days<", as_alice.get("/reports/deleted/").text) == ["1", "2", "3"]


def test_a_superuser_brings_back_what_anybody_deleted(report: Report) -> None:
    root = make_user("root")
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    client = Client()
    client.force_login(root)
    delete_report(report)
    assert "from alice" in client.get("/reports/deleted/").text
    client.post(f"/reports/{report.pk}/undelete/")
    assert Report.objects.get().deleted is None
