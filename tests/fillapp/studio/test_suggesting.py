"""Help with writing, as the page asks for it: advice, suggestions, what is shown of them, and to whom."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from generation.models import Suggestion
from generation.suggesting.run import run_suggestion
from templates.models import ReportTemplate, TemplateShare, TemplateVersion
from tests.simulated_llm import Behaviour, SimulatedLLM

BLOCK = "/templates/minutes/blocks/actions/"
BETTER = "Every action agreed <in order>, with its cost."
State = Suggestion.State


@pytest.fixture
def template(version: TemplateVersion, alice: User) -> ReportTemplate:
    """Alice may change it."""
    alice.user_permissions.add(Permission.objects.get(codename="change_reporttemplate"))
    TemplateShare.objects.update(can_edit=True)
    return version.template


@pytest.fixture
def llm(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatedLLM]:
    with SimulatedLLM(Behaviour(answers={"": BETTER})) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        yield server


def ask(client: Client, instructions: str = "Every action agreed.") -> dict[str, Any]:
    response = client.post(f"{BLOCK}suggest/", {"instructions": instructions})
    assert response.status_code == 202
    answer: dict[str, Any] = response.json()
    return answer


def look(client: Client, answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = client.get(answer["address"]).json()
    return found


def finish(pk: int) -> None:
    """As a worker leaves it: how it is written is tested beside the task."""
    used = {"input_tokens": 400, "output_tokens": 40, "seconds": 3}
    Suggestion.objects.filter(pk=pk).update(state=State.DONE, text=BETTER, **used)


def test_advice_is_given_on_what_stands_in_the_field(template: ReportTemplate, as_alice: Client) -> None:
    typed = "All of them.\r\nThe name in the column “Who”."
    [advice] = as_alice.post(f"{BLOCK}advice/", {"instructions": typed}).json()["advice"]
    assert (advice["code"], advice["field"]) == ("no-such-column", "instructions")
    # A browser counts one character at a line's end.
    assert typed.replace("\r\n", "\n")[advice["start"] : advice["end"]] == "“Who”"
    assert advice["words"] == "There is no column “Who”. The columns are “Action”, “Cost”."


def test_a_suggestion_waits_then_shows_both_texts_and_what_it_took(
    template: ReportTemplate, as_alice: Client, llm: SimulatedLLM
) -> None:
    asked = ask(as_alice)
    assert (asked["state"], asked["label"], asked["text"]) == ("queued", "Waiting for the model", "")
    finish(asked["suggestion"])
    done = look(as_alice, asked)
    assert (done["state"], done["text"]) == ("done", BETTER)
    assert "&lt;in order&gt;" in done["differences"]
    assert "<ins>" in done["differences"]
    assert " s, " in done["words"]
    assert done["words"].endswith(" tokens")


def test_one_that_is_wanted_no_more_is_stopped(
    template: ReportTemplate, as_alice: Client, llm: SimulatedLLM
) -> None:
    asked = ask(as_alice)
    assert as_alice.post(f"{asked['address']}cancel/").json()["state"] == "cancelled"
    run_suggestion(asked["suggestion"])
    assert not llm.requests


def test_the_studio_says_which_suggestions_wait_until_they_are_taken_or_left(
    template: ReportTemplate, as_alice: Client, llm: SimulatedLLM
) -> None:
    asked = ask(as_alice)
    studio, draft = "/templates/minutes/", "/templates/minutes/draft/"
    assert "A suggestion is being written" in as_alice.get(studio).content.decode()
    finish(asked["suggestion"])
    waiting = {"state": "done", "label": "A suggestion is ready", "address": asked["address"]}
    assert as_alice.get(draft).json()["suggestions"] == {"block-actions": waiting}
    assert as_alice.post(f"{asked['address']}settle/").status_code == 200
    assert as_alice.get(draft).json()["suggestions"] == {}
    assert "A suggestion is ready" not in as_alice.get(studio).content.decode()


def test_what_reports_say_is_shown_nowhere(
    template: ReportTemplate, as_alice: Client, admin_client: Client, llm: SimulatedLLM
) -> None:
    asked = ask(as_alice)
    Suggestion.objects.update(passages=["a secret of March"])
    finish(asked["suggestion"])
    admin = f"/admin/generation/suggestion/{asked['suggestion']}/change/"
    for client, address in (
        (as_alice, asked["address"]),
        (as_alice, "/templates/minutes/"),
        (admin_client, admin),
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert "a secret of March" not in page.content.decode()


def test_without_a_model_the_refusal_says_what_to_do(template: ReportTemplate, as_alice: Client) -> None:
    response = as_alice.post(f"{BLOCK}suggest/", {"instructions": "x"})
    assert response.status_code == 422
    assert response.json()["error"].startswith("Suggestions need a language model, and none is set.")


@pytest.mark.parametrize("what", ["suggest", "advice"])
def test_a_block_that_is_not_there_has_no_help(
    what: str, template: ReportTemplate, as_alice: Client, llm: SimulatedLLM
) -> None:
    assert as_alice.post(f"/templates/minutes/blocks/nothing/{what}/").status_code == 404


def test_a_suggestion_of_another_template_is_not_shown(
    template: ReportTemplate, as_alice: Client, llm: SimulatedLLM
) -> None:
    asked = ask(as_alice)
    other = ReportTemplate.objects.create(slug="other", draft=template.draft)
    Suggestion.objects.update(template=other)
    assert as_alice.get(asked["address"]).status_code == 404


@pytest.mark.parametrize("what", ["suggest", "advice"])
def test_help_is_only_for_those_who_may_change_the_template(
    what: str, template: ReportTemplate, as_bob: Client
) -> None:
    assert as_bob.post(f"{BLOCK}{what}/").status_code == 403
    permission = Permission.objects.get(codename="change_reporttemplate")
    User.objects.get(username="bob").user_permissions.add(permission)
    assert as_bob.post(f"{BLOCK}{what}/").status_code == 404
