"""Parts of a draft added, copied, moved and deleted; what was done taken back, and done again."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from templates.blocks import KINDS
from templates.body import Block
from templates.editing import name_parts
from templates.library import load_library
from templates.models import ReportTemplate, TemplateShare
from tests.fillapp.studio.conftest import draft

PAGE = "/templates/minutes/"


def do(author: Client, act: str, **more: str) -> dict[str, Any]:
    answer = author.post(f"{PAGE}parts/", {"do": act} | more)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def undo(author: Client, answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = author.post(f"{PAGE}undo/", {"change": answer["change"]}).json()
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_of_every_kind_is_added_ready_to_be_written(kind: str, author: Client) -> None:
    answer = do(author, "add", what=f"kind:{kind}", after="block-summary")
    place = name_parts(draft()).index(answer["added"])
    added = draft().blocks[place]
    assert isinstance(added, Block)
    assert (added.kind, added.title, place) == (kind, KINDS[kind].name, 3)
    assert author.get(f"{PAGE}parts/{answer['added']}/").status_code == 200


def test_every_ready_made_block_is_added_as_it_is(author: Client) -> None:
    for ready in load_library():
        answer = do(author, "add", what=f"library:{ready.key}", after="block-outcome")
        added = draft().block(answer["added"].removeprefix("block-"))
        assert (added.title, added.instructions) == (ready.title, ready.instructions)


def test_a_heading_and_a_text_are_added_first_or_behind_another(author: Client) -> None:
    first = do(author, "add", what="heading", after="")["added"]
    text = do(author, "add", what="text", after=first)["added"]
    assert name_parts(draft())[:2] == [first, text]
    again = do(author, "add", what="heading", after=text)["added"]
    assert again != first


def test_a_part_is_moved_copied_and_deleted_and_each_is_taken_back(author: Client) -> None:
    was = name_parts(draft())
    for what, more in (
        ("move", {"part": "block-outcome", "after": ""}),
        ("duplicate", {"part": "block-risks"}),
        ("remove", {"part": "block-actions"}),
    ):
        answer = do(author, what, **more)
        now = name_parts(draft())
        assert now != was
        undone = undo(author, answer)
        assert name_parts(draft()) == was
        assert undone["what"].startswith("Undone: “")
        undo(author, undone)
        assert name_parts(draft()) == now
        was = now


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "remove", "part": "block-nowhere"},
        {"do": "move", "part": "block-risks", "after": "block-nowhere"},
        {"do": "duplicate", "part": "block-nowhere"},
        {"do": "add", "what": "text", "after": "block-nowhere"},
        {"do": "add", "what": "library:nowhere"},
    ],
)
def test_what_is_done_to_a_part_that_is_gone_is_answered_with_the_draft(
    sent: dict[str, str], author: Client
) -> None:
    was = draft()
    answer = author.post(f"{PAGE}parts/", sent)
    assert answer.status_code == 409
    assert answer.json()["gone"]
    assert [part["name"] for part in answer.json()["parts"]] == name_parts(was)
    assert draft() == was


def test_nothing_else_can_be_done(author: Client) -> None:
    answer = author.post(f"{PAGE}parts/", {"do": "explode"})
    assert (answer.status_code, answer.json()["error"]) == (400, "This cannot be done. Reload the page.")


@pytest.mark.parametrize("change", ["", "one", "4711", "9" * 30])
def test_a_change_that_there_is_not_cannot_be_taken_back(change: str, author: Client) -> None:
    assert author.post(f"{PAGE}undo/", {"change": change}).status_code == 409


def test_what_was_changed_again_since_is_not_taken_back_and_says_so(author: Client) -> None:
    post = {"block.risks.title": "Risks", "block.risks.kind": "bullets"}
    first = author.post(f"{PAGE}parts/block-risks/", post | {"block.risks.instructions": "One."}).json()
    author.post(f"{PAGE}parts/block-risks/", post | {"block.risks.instructions": "Two."})
    answer = author.post(f"{PAGE}undo/", {"change": first["change"]})
    assert answer.status_code == 409
    assert "changed again since" in answer.json()["error"]
    assert draft().block("risks").instructions == "Two."


def test_nothing_is_done_in_the_name_of_another_who_signed_in_on_that_browser(
    author: Client, bob: User, as_bob: Client, alice: User
) -> None:
    bob.user_permissions.add(Permission.objects.get(codename="change_reporttemplate"))
    TemplateShare.objects.create(template=ReportTemplate.objects.get(), user=bob, can_edit=True)
    was = draft()
    sent = {"do": "remove", "part": "block-risks", "person": str(alice.pk)}
    answer = as_bob.post(f"{PAGE}parts/", sent)
    assert answer.status_code == 409
    assert "signed in" in answer.json()["error"]
    assert draft() == was
    assert as_bob.post(f"{PAGE}parts/", sent | {"person": str(bob.pk)}).status_code == 200


def test_who_may_not_change_a_template_does_not_find_it(author: Client, as_bob: Client, bob: User) -> None:
    bob.user_permissions.add(Permission.objects.get(codename="change_reporttemplate"))
    assert as_bob.post(f"{PAGE}parts/", {"do": "remove", "part": "block-risks"}).status_code == 404
    assert as_bob.get(f"{PAGE}draft/").status_code == 404
