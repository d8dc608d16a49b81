"""The palette: every kind with an example, the library by group, and who may see it."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from lxml import html

from templates.blocks import KINDS
from templates.library import load_library
from templates.models import ReportTemplate, TemplateShare, TemplateVersion

PALETTE = "/templates/minutes/palette/"


@pytest.fixture
def template(version: TemplateVersion, alice: User) -> ReportTemplate:
    """Alice may change it."""
    alice.user_permissions.add(Permission.objects.get(codename="change_reporttemplate"))
    TemplateShare.objects.update(can_edit=True)
    return version.template


def show(client: Client, search: str = "") -> html.HtmlElement:
    page = client.get(PALETTE, {"search": search}).content.decode()
    return html.fragment_fromstring(page, create_parent=True)


def added(palette: html.HtmlElement) -> list[str]:
    return [button.get("data-add") for button in palette.iter("button") if button.get("data-add")]


def test_it_offers_every_kind_what_stands_still_and_the_library(
    template: ReportTemplate, as_alice: Client
) -> None:
    offered = added(show(as_alice))
    assert offered[: len(KINDS) + 2] == [*(f"kind:{kind}" for kind in KINDS), "heading", "text"]
    assert offered[len(KINDS) + 2 :] == [f"library:{one.key}" for one in load_library()]


def test_each_kind_shows_what_it_is_for_and_an_example(template: ReportTemplate, as_alice: Client) -> None:
    palette = show(as_alice)
    for kind in KINDS.values():
        assert kind.about
        assert palette.get_element_by_id(f"kind-{kind.kind}-about").text_content() == kind.about
    assert "Ask for a second roof quote" in palette.text_content()


def test_a_search_leaves_the_ready_made_blocks_that_fit(template: ReportTemplate, as_alice: Client) -> None:
    found = show(as_alice, "glossary").get_element_by_id("palette-found")
    assert added(found) == ["library:glossary"]
    assert found.get("data-count") == "1"


def test_a_search_that_finds_nothing_says_what_to_do(template: ReportTemplate, as_alice: Client) -> None:
    found = show(as_alice, "<zebra>").get_element_by_id("palette-found")
    assert found.text_content().strip() == (
        "No ready-made block says “<zebra>”. Try another word, or add a new block above."
    )


def test_it_is_only_for_those_who_may_change_the_template(template: ReportTemplate, as_bob: Client) -> None:
    assert as_bob.get(PALETTE).status_code == 403
    permission = Permission.objects.get(codename="change_reporttemplate")
    User.objects.get(username="bob").user_permissions.add(permission)
    assert as_bob.get(PALETTE).status_code == 404
