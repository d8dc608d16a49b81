"""The room of a template's Word look: its house document, its styles, and the pages they make."""

import re
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from docx import Document
from pytest_django import Settings

from generation.word_pages import drawing
from templates.body import WordLook
from templates.editing import change_draft, undo_change
from templates.models import (
    DraftChange,
    HouseStyle,
    ReportTemplate,
    TemplateShare,
    TemplateVersion,
    keep_style,
    load_style,
)
from templates.publish import save_draft
from tests.templates.word.house.files import house, saved
from tests.templates.word.house.houses import own_names

LOOK = "/templates/minutes/look/"
STYLE = saved(house("{{ summary }}", "{{ sumary }}", "{{ title }}"))
OWN = saved(own_names())


@pytest.fixture(autouse=True)
def _own_place(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are drawn in the tests that look at them only."""
    settings.VAR_DIR = tmp_path
    drawing._failed.clear()
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def template(version: TemplateVersion, alice: User) -> ReportTemplate:
    alice.user_permissions.add(Permission.objects.get(codename="change_reporttemplate"))
    TemplateShare.objects.update(can_edit=True)
    return version.template


def draft() -> ReportTemplate:
    return ReportTemplate.objects.select_related("draft").get(slug="minutes")


def show(client: Client) -> str:
    return client.get(LOOK).content.decode()


def token(client: Client) -> str:
    """What the page carries to say which look it shows."""
    found = re.search(r'name="look" value="(\w+)"', show(client))
    assert found
    return found[1]


def give(client: Client, content: bytes = STYLE, name: str = "house.docx", **more: str) -> HttpResponse:
    post = {"do": "upload", "look": token(client), "style": SimpleUploadedFile(name, content)} | more
    response = client.post(LOOK, post)
    assert isinstance(response, HttpResponse)
    return response


def choose(client: Client, *, look: str = "", **styles: str) -> HttpResponse:
    """Save the form with these styles, by role with “_” for a space."""
    post = {"do": "save", "look": look or token(client), "sitting": "a window"}
    post |= {f"style:{role.replace('_', ' ')}": style for role, style in styles.items()}
    response = client.post(LOOK, post)
    assert isinstance(response, HttpResponse)
    return response


def select_of(page: str, role: str) -> str:
    """The HTML of a role's select and what is said below it."""
    start = page.index(f'<select id="style-{role.replace(" ", "-")}"')
    return page[start : page.index("</div>", start)]


def test_a_house_document_becomes_the_drafts(template: ReportTemplate, as_alice: Client) -> None:
    assert give(as_alice)["Location"] == LOOK
    look = draft().draft.parsed.word
    assert (look.style, load_style(look)) == ("house.docx", STYLE)
    assert "house.docx" in show(as_alice)


def test_the_page_says_what_was_found_in_it(template: ReportTemplate, as_alice: Client) -> None:
    give(as_alice)
    page = show(as_alice)
    found, unknown = page.index("<dt>Placeholders"), page.index("No such block")
    assert found < page.index("{{ title }}") < unknown < page.index("{{ sumary }}")
    assert "Actions, Risks, Outcome. They go to the end of the file." in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a Word file", "not a Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b" " * 20_000_001, "larger than 20 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_reason(
    content: bytes, said: str, template: ReportTemplate, as_alice: Client
) -> None:
    response = give(as_alice, content)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not draft().draft.parsed.word.style
    assert not HouseStyle.objects.exists()


def test_without_a_file_the_page_says_to_choose_one(template: ReportTemplate, as_alice: Client) -> None:
    response = as_alice.post(LOOK, {"do": "upload", "look": token(as_alice)})
    assert "No file was chosen" in response.content.decode()


def test_a_file_of_any_name_is_kept_under_a_plain_one(template: ReportTemplate, as_alice: Client) -> None:
    assert give(as_alice, name="C:\\..\\~Haus: stil.dotx").status_code == 302
    assert draft().draft.parsed.word.style == "Haus stil.dotx"


def test_it_can_be_downloaded_and_taken_away(template: ReportTemplate, as_alice: Client) -> None:
    give(as_alice)
    response = as_alice.get(f"{LOOK}style/")
    assert response.content == STYLE
    assert "house.docx" in response.headers["Content-Disposition"]
    choose(as_alice, body="Body Text")
    as_alice.post(LOOK, {"do": "remove", "look": token(as_alice)})
    assert draft().draft.parsed.word == WordLook()
    assert as_alice.get(f"{LOOK}style/").status_code == 404


def test_a_table_of_contents_can_be_wanted_and_not(template: ReportTemplate, as_alice: Client) -> None:
    as_alice.post(LOOK, {"do": "save", "look": token(as_alice), "toc": "on"})
    assert draft().draft.parsed.word.toc
    give(as_alice)
    assert draft().draft.parsed.word.toc
    as_alice.post(LOOK, {"do": "save", "look": token(as_alice)})
    assert not draft().draft.parsed.word.toc


def test_each_part_says_which_style_was_detected_and_offers_the_others(
    template: ReportTemplate, as_alice: Client
) -> None:
    give(as_alice, OWN)
    page = show(as_alice)
    first = select_of(page, "heading 1")
    assert '<option value="">Detected: ACME Heading (by its outline level)</option>' in first
    assert "<option>ACME Shout</option>" in first
    assert "ACME Grid" not in first
    assert "<option>ACME Plain</option>" in select_of(page, "table")
    assert "Added in the look of the file" in select_of(page, "quote")


def test_a_chosen_style_is_in_the_word_file_and_still_chosen_on_the_page(
    template: ReportTemplate, as_alice: Client
) -> None:
    give(as_alice, OWN)
    choose(as_alice, heading_1="ACME Shout", table="ACME Plain")
    assert draft().draft.parsed.word.styles == {"heading 1": "ACME Shout", "table": "ACME Plain"}
    assert "<option selected>ACME Shout</option>" in select_of(show(as_alice), "heading 1")
    sample = Document(BytesIO(as_alice.get(f"{LOOK}sample/").content))
    [heading] = [one for one in sample.paragraphs if one.text == "Every style once"]
    assert heading.style is not None
    assert heading.style.name == "ACME Shout"
    assert all(one.style is not None and one.style.name == "ACME Plain" for one in sample.tables)


def test_what_is_not_chosen_any_more_is_detected_again(template: ReportTemplate, as_alice: Client) -> None:
    give(as_alice, OWN)
    choose(as_alice, heading_1="ACME Shout", quote="ACME Body")
    choose(as_alice, heading_1="")
    assert draft().draft.parsed.word.styles == {"quote": "ACME Body"}


@pytest.mark.parametrize("style", ["ACME Grid", "No such style"])
def test_a_style_that_is_not_offered_is_refused(
    style: str, template: ReportTemplate, as_alice: Client
) -> None:
    give(as_alice, OWN)
    response = choose(as_alice, heading_1=style)
    assert response.status_code == 422
    assert f"“{style}” is no style of the file for heading 1" in response.content.decode()
    assert draft().draft.parsed.word.styles == {}


def test_another_file_keeps_what_was_chosen_and_says_what_it_does_not_have(
    template: ReportTemplate, as_alice: Client
) -> None:
    give(as_alice, OWN)
    choose(as_alice, heading_1="ACME Shout", body="ACME Body")
    give(as_alice, STYLE)
    shown = select_of(show(as_alice), "heading 1")
    assert "“ACME Shout” is no style of the file, so “Heading 1” is used." in shown
    assert '<optgroup label="Not in the file"><option selected>ACME Shout</option>' in shown
    # Whoever saves something else is not held up by it.
    assert choose(as_alice, heading_1="ACME Shout", body="").status_code == 302
    assert draft().draft.parsed.word.styles == {"heading 1": "ACME Shout"}


def test_a_look_that_somebody_else_changed_is_not_written_over(
    template: ReportTemplate, as_alice: Client
) -> None:
    give(as_alice, OWN)
    seen = token(as_alice)
    choose(as_alice, heading_1="ACME Shout")
    response = choose(as_alice, look=seen, heading_1="ACME Section")
    assert response.status_code == 409
    page = response.content.decode()
    assert "Somebody else changed the Word look while you looked at it" in page
    assert "<option selected>ACME Shout</option>" in select_of(page, "heading 1")
    assert draft().draft.parsed.word.styles == {"heading 1": "ACME Shout"}


def test_a_block_that_somebody_else_changed_meanwhile_is_no_conflict(
    template: ReportTemplate, as_alice: Client
) -> None:
    give(as_alice, OWN)
    seen = token(as_alice)
    change_draft(draft(), lambda body: body.model_copy(update={"tone": "dry"}), what="Tone changed", by=None)
    assert choose(as_alice, look=seen, heading_1="ACME Shout").status_code == 302
    body = draft().draft.parsed
    assert (body.tone, body.word.styles) == ("dry", {"heading 1": "ACME Shout"})


def test_what_is_chosen_in_one_sitting_is_one_change_that_can_be_undone(
    template: ReportTemplate, as_alice: Client, alice: User
) -> None:
    give(as_alice, OWN)
    for style in ("ACME Shout", "ACME Section"):
        choose(as_alice, heading_1=style)
    last, first = DraftChange.objects.all()[:2]
    assert [first.what, last.what] == ["House style “house.docx” given", "Word look changed"]
    assert last.by == alice
    undo_change(last, by=alice)
    look = draft().draft.parsed.word
    assert (look.style, look.styles) == ("house.docx", {})


@pytest.mark.parametrize("address", ["", "style/", "sample/", "pages/abc/", "pages/abc/1.png"])
def test_only_who_may_change_the_template_gets_there(
    address: str, template: ReportTemplate, as_bob: Client, client: Client
) -> None:
    for someone in (as_bob, client):
        assert someone.get(LOOK + address).status_code in (302, 403)
    for address in ("", "pages/"):
        assert as_bob.post(LOOK + address, {"do": "remove"}).status_code == 403


def test_a_kept_style_that_cannot_be_filled_is_said_on_the_page(
    template: ReportTemplate, as_alice: Client
) -> None:
    look = WordLook(style="house.docx", sha256=keep_style(b"kept when files were checked less"))
    save_draft(template.draft.parsed.model_copy(update={"word": look}), slug=template.slug)
    assert "not a Word file" in show(as_alice)


def test_without_libreoffice_the_page_says_so_and_the_sample_can_be_had(
    template: ReportTemplate, as_alice: Client
) -> None:
    assert "needs LibreOffice on the server" in show(as_alice)
    sample = as_alice.get(f"{LOOK}sample/")
    assert "-sample.docx" in sample.headers["Content-Disposition"]
    assert Document(BytesIO(sample.content)).paragraphs


def wait_for_pages(client: Client) -> str:
    until = time.monotonic() + 60
    while "Drawing the pages" in (page := show(client)):
        assert time.monotonic() < until
        time.sleep(0.1)
    return page


def pictures(page: str) -> list[str]:
    return re.findall(r'<img src="([^"]+\.png)"', page)


@pytest.mark.service("libreoffice")
def test_the_pages_of_the_sample_are_drawn_and_drawn_anew_for_another_style(
    template: ReportTemplate, as_alice: Client, as_bob: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/usr/local/bin:/usr/bin:/bin")
    first = show(as_alice)
    # For a browser without script.
    assert 'http-equiv="refresh"' in first
    page = wait_for_pages(as_alice)
    assert 'alt="Page 1 of ' in page
    before = pictures(page)
    assert as_alice.get(before[0]).content[:8] == b"\x89PNG\r\n\x1a\n"
    assert as_bob.get(before[0]).status_code == 403
    give(as_alice, OWN)
    assert not set(before) & set(pictures(wait_for_pages(as_alice)))


def test_what_could_not_be_drawn_is_tried_again_on_request(
    template: ReportTemplate, as_alice: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\necho tried >> {tmp_path}/tries\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    for tries in (1, 2):
        assert "could not draw the pages. Try again." in wait_for_pages(as_alice)
        assert (tmp_path / "tries").read_text().count("tried") == tries
        assert as_alice.post(f"{LOOK}pages/")["Location"] == LOOK
    wait_for_pages(as_alice)


def test_what_was_never_drawn_leads_back_to_the_room(template: ReportTemplate, as_alice: Client) -> None:
    assert as_alice.get(f"{LOOK}pages/0123abcd/").headers["Location"] == LOOK
    assert as_alice.get(f"{LOOK}pages/0123abcd/1.png").status_code == 404
