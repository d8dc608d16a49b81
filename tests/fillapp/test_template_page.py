"""The page of a template and the form of a block: who may change them, saving, conflicts, publishing."""

import pytest
from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.test import Client
from lxml import html

from generation.models import Report
from templates.body import TemplateBody
from templates.models import ReportTemplate, TemplateShare, TemplateVersion
from templates.publish import save_draft
from tests.fillapp.test_settings_form import send

PAGE = "/templates/minutes/"
ACTIONS = "/templates/minutes/blocks/actions/"
Post = dict[str, list[str]]


@pytest.fixture
def template(version: TemplateVersion, alice: User, bob: User) -> ReportTemplate:
    """Published; Alice and Bob may change it."""
    permission = Permission.objects.get(codename="change_reporttemplate")
    for user in (alice, bob):
        user.user_permissions.add(permission)
    TemplateShare.objects.update(can_edit=True)
    TemplateShare.objects.create(template=version.template, user=bob, can_edit=True)
    return version.template


def show(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def fill_in(client: Client, address: str = ACTIONS, **changes: str) -> Post:
    """What a browser would post of the form, some of it typed anew."""
    form = html.fromstring(show(client, address)).get_element_by_id("block-form")
    post: Post = {name: [str(one) for one in values] for name, values in send(form).lists()}
    return post | {name.replace("__", "."): [value] for name, value in changes.items()}


def save(client: Client, post: Post, address: str = ACTIONS) -> HttpResponse:
    response = client.post(address, post)
    assert isinstance(response, HttpResponse)
    return response


def draft() -> TemplateBody:
    return ReportTemplate.objects.get(slug="minutes").draft.parsed


@pytest.mark.parametrize("address", [PAGE, ACTIONS])
def test_a_template_opens_only_to_who_may_change_it(
    address: str, template: ReportTemplate, as_alice: Client, as_bob: Client
) -> None:
    TemplateShare.objects.filter(user__username="bob").update(can_edit=False)
    assert as_alice.get(address).status_code == 200
    assert as_bob.get(address).status_code == 404


@pytest.mark.parametrize("address", [PAGE, ACTIONS])
def test_a_share_without_the_permission_opens_nothing(
    address: str, template: ReportTemplate, alice: User, as_alice: Client
) -> None:
    alice.user_permissions.clear()
    assert as_alice.get(address).status_code == 403
    assert as_alice.post(address).status_code == 403


@pytest.mark.parametrize("address", [PAGE, ACTIONS])
def test_a_stranger_is_sent_to_the_door(address: str, template: ReportTemplate, client: Client) -> None:
    assert client.get(address).headers["Location"] == f"/sign-in/?next={address}"


def test_a_block_that_never_was_does_not_exist(template: ReportTemplate, as_alice: Client) -> None:
    assert as_alice.get(f"{PAGE}blocks/nothing/").status_code == 404
    assert as_alice.post(f"{PAGE}blocks/nothing/").status_code == 404


def test_the_gallery_leads_to_a_template_only_who_may_change_it(
    template: ReportTemplate, alice: User, as_alice: Client
) -> None:
    assert f'href="{PAGE}"' in show(as_alice, "/")
    alice.user_permissions.clear()
    assert f'href="{PAGE}"' not in show(as_alice, "/")


def test_the_page_shows_the_draft_in_order(template: ReportTemplate, as_alice: Client) -> None:
    page = show(as_alice, PAGE)
    words = ["Drafted from &lt;the&gt; transcript.", ">Summary<", "Columns: Action, Cost", ">Outcome<"]
    places = [page.index(word) for word in [*words, "After Summary"]]
    assert places == sorted(places)
    assert "Number 1" in page
    assert "The draft is the same" in page


def test_a_saved_form_changes_its_block_and_nothing_else(template: ReportTemplate, as_alice: Client) -> None:
    before = draft()
    post = fill_in(as_alice, block__title="What to do", settings__max_rows="12")
    assert save(as_alice, post).headers["Location"] == PAGE
    block = draft().block("actions")
    assert (block.title, block.settings["max_rows"]) == ("What to do", 12)
    assert block.settings["columns"] == before.block("actions").settings["columns"]
    assert [part for part in draft().blocks if part != block] == [
        part for part in before.blocks if part != before.block("actions")
    ]
    assert "“What to do” is saved." in show(as_alice, PAGE)


@pytest.mark.parametrize("key", ["summary", "actions", "risks", "outcome"])
def test_a_form_saved_as_it_came_changes_nothing(
    key: str, template: ReportTemplate, as_alice: Client
) -> None:
    address = f"{PAGE}blocks/{key}/"
    assert save(as_alice, fill_in(as_alice, address), address).status_code == 302
    template.refresh_from_db()
    assert template.draft.hash == template.newest.snapshot.hash if template.newest else False


def test_a_mistake_stands_at_its_field_and_what_was_typed_stays(
    template: ReportTemplate, as_alice: Client
) -> None:
    post = fill_in(as_alice, block__instructions="Every action <agreed>", settings__max_rows="5000")
    response = save(as_alice, post)
    assert response.status_code == 422
    page = html.fromstring(response.content.decode())
    assert page.get_element_by_id("settings-max_rows").get("value") == "5000"
    assert "Enter 1000 or less." in page.get_element_by_id("settings-max_rows-error").text_content()
    assert page.get_element_by_id("block-instructions").text.strip() == "Every action <agreed>"
    assert draft().block("actions").settings.get("max_rows") is None


def test_a_rule_between_fields_is_said_above_the_form(template: ReportTemplate, as_alice: Client) -> None:
    response = save(as_alice, fill_in(as_alice, settings__min_rows="9", settings__max_rows="3"))
    assert "More rows are asked for at least than at most." in response.content.decode()


def test_a_save_on_a_changed_draft_shows_both_texts(
    template: ReportTemplate, as_alice: Client, as_bob: Client
) -> None:
    mine = fill_in(as_alice, block__title="Alice's actions")
    save(as_bob, fill_in(as_bob, block__title="Bob's actions"))
    response = save(as_alice, mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "bob changed this template" in page
    assert "“Bob&#x27;s actions” is changed." in page
    assert 'value="Alice&#x27;s actions"' in page
    assert draft().block("actions").title == "Bob's actions"


def test_saving_again_after_a_conflict_keeps_the_other_changes(
    template: ReportTemplate, as_alice: Client, as_bob: Client
) -> None:
    mine = fill_in(as_alice, block__title="Alice's actions")
    risks = f"{PAGE}blocks/risks/"
    save(as_bob, fill_in(as_bob, risks, block__title="Bob's risks"), risks)
    page = html.fromstring(save(as_alice, mine).content.decode())
    again: Post = {
        name: [str(one) for one in values]
        for name, values in send(page.get_element_by_id("block-form")).lists()
    }
    assert save(as_alice, again).status_code == 302
    assert [draft().block(key).title for key in ("actions", "risks")] == ["Alice's actions", "Bob's risks"]


def test_a_block_removed_meanwhile_cannot_be_saved_but_its_text_is_shown(
    template: ReportTemplate, as_alice: Client
) -> None:
    mine = fill_in(as_alice, block__title="Alice's actions")
    body = draft()
    rest = [part for part in body.blocks if part != body.block("actions")]
    save_draft(body.model_copy(update={"blocks": rest}), slug="minutes")
    response = save(as_alice, mine)
    assert response.status_code == 409
    assert "Somebody changed this template" in response.content.decode()
    assert "It is no longer in the template." in response.content.decode()
    assert 'value="Alice&#x27;s actions"' in response.content.decode()
    assert "Save mine" not in response.content.decode()


def test_publishing_makes_the_draft_a_version_with_its_note(
    template: ReportTemplate, as_alice: Client, alice: User
) -> None:
    save(as_alice, fill_in(as_alice, block__title="What to do"))
    page = show(as_alice, PAGE)
    assert "“What to do” is changed." in page
    as_alice.post(PAGE, {"draft": ReportTemplate.objects.get().draft.hash, "note": "Clearer"})
    newest = template.newest
    assert newest is not None
    assert (newest.number, newest.note, newest.published_by) == (2, "Clearer", alice)
    assert "Version 2 is published." in show(as_alice, PAGE)


def test_a_draft_changed_since_it_was_seen_is_not_published(
    template: ReportTemplate, as_alice: Client, as_bob: Client
) -> None:
    seen = template.draft.hash
    save(as_bob, fill_in(as_bob, block__title="Bob's actions"))
    response = as_alice.post(PAGE, {"draft": seen, "note": "Mine"})
    assert response.status_code == 409
    assert 'value="Mine"' in response.content.decode()
    assert template.versions.count() == 1


def test_a_report_already_made_stays_on_its_version(
    template: ReportTemplate, report: Report, as_alice: Client
) -> None:
    save(as_alice, fill_in(as_alice, block__title="What to do"))
    report.refresh_from_db()
    assert report.snapshot.parsed.block("actions").title == "Actions"
