"""The card of a template's Word file: giving, replacing, taking back and downloading a house document."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from templates.body import WordLook
from templates.models import (
    HouseStyle,
    ReportTemplate,
    TemplateShare,
    TemplateVersion,
    keep_style,
    load_style,
)
from templates.publish import save_draft
from tests.templates.word.house.files import house, saved

PAGE = "/templates/minutes/"
WORD = f"{PAGE}word/"
STYLE = saved(house("{{ summary }}", "{{ sumary }}", "{{ title }}"))


@pytest.fixture
def template(version: TemplateVersion, alice: User) -> ReportTemplate:
    alice.user_permissions.add(Permission.objects.get(codename="change_reporttemplate"))
    TemplateShare.objects.update(can_edit=True)
    return version.template


def draft() -> ReportTemplate:
    return ReportTemplate.objects.select_related("draft").get(slug="minutes")


def give(client: Client, content: bytes = STYLE, name: str = "house.docx", **more: str) -> HttpResponse:
    post = {"do": "upload", "draft": draft().draft.hash, "style": SimpleUploadedFile(name, content)} | more
    response = client.post(WORD, post)
    assert isinstance(response, HttpResponse)
    return response


def show(client: Client) -> str:
    return client.get(PAGE).content.decode()


def test_a_house_document_becomes_the_drafts(template: ReportTemplate, as_alice: Client) -> None:
    assert give(as_alice).status_code == 302
    look = draft().draft.parsed.word
    assert (look.style, load_style(look)) == ("house.docx", STYLE)
    page = show(as_alice)
    assert "house.docx" in page
    assert "How the Word file looks is changed." in page


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
    response = as_alice.post(WORD, {"do": "upload", "draft": draft().draft.hash})
    assert "No file was chosen" in response.content.decode()


def test_a_file_of_any_name_is_kept_under_a_plain_one(template: ReportTemplate, as_alice: Client) -> None:
    assert give(as_alice, name="C:\\..\\~Haus: stil.dotx").status_code == 302
    assert draft().draft.parsed.word.style == "Haus stil.dotx"


def test_it_can_be_downloaded_and_taken_away(template: ReportTemplate, as_alice: Client) -> None:
    give(as_alice)
    response = as_alice.get(f"{WORD}style/")
    assert response.content == STYLE
    assert "house.docx" in response.headers["Content-Disposition"]
    as_alice.post(WORD, {"do": "remove", "draft": draft().draft.hash})
    assert not draft().draft.parsed.word.style
    assert as_alice.get(f"{WORD}style/").status_code == 404


def test_a_table_of_contents_can_be_wanted_and_not(template: ReportTemplate, as_alice: Client) -> None:
    as_alice.post(WORD, {"do": "contents", "draft": draft().draft.hash, "toc": "on"})
    assert draft().draft.parsed.word.toc
    give(as_alice)
    assert draft().draft.parsed.word.toc
    as_alice.post(WORD, {"do": "contents", "draft": draft().draft.hash})
    assert not draft().draft.parsed.word.toc


def test_a_draft_that_changed_meanwhile_is_left_alone(template: ReportTemplate, as_alice: Client) -> None:
    assert "The draft was changed" in give(as_alice, draft="0" * 64).content.decode()
    assert not draft().draft.parsed.word.style


def test_editing_a_block_keeps_the_house_document(template: ReportTemplate, as_alice: Client) -> None:
    give(as_alice)
    look = draft().draft.parsed.word
    post = {"draft": draft().draft.hash, "block.title": "What happened", "block.instructions": ""}
    assert as_alice.post(f"{PAGE}blocks/summary/", post).status_code == 302
    assert draft().draft.parsed.block("summary").title == "What happened"
    assert draft().draft.parsed.word == look


@pytest.mark.parametrize("address", [WORD, f"{WORD}style/"])
def test_only_who_may_change_the_template_gets_there(
    address: str, template: ReportTemplate, as_bob: Client, client: Client
) -> None:
    for someone in (as_bob, client):
        method = someone.get if address.endswith("style/") else someone.post
        assert method(address).status_code in (302, 403)
    assert as_bob.post(WORD, {"do": "remove"}).status_code == 403


def test_a_kept_style_that_cannot_be_filled_is_said_on_the_page(
    template: ReportTemplate, as_alice: Client
) -> None:
    look = WordLook(style="house.docx", sha256=keep_style(b"kept when files were checked less"))
    save_draft(template.draft.parsed.model_copy(update={"word": look}), slug=template.slug)
    assert "not a Word file" in as_alice.get(f"/templates/{template.slug}/").text
