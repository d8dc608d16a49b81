"""Making a template of Word reports on its pages: files given, parts looked through, the template made."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from generation.models import Suggestion
from templates.body import Block, StaticHeading, StaticText
from templates.importing import make_template
from templates.models import HouseStyle, ReportTemplate, WordImport
from tests.simulated_llm import SimulatedLLM
from tests.templates.proposing.reports import heading, points, report, table, text

ADDRESS = "/templates/import/"
LONG = "The committee met on Tuesday and agreed the budget after a long debate about the roof."
FORM = report(
    text("Minutes", "Title"),
    *(heading("Summary"), text(LONG)),
    *(heading("Actions"), points("Mend the roof", "Ask for quotes"), table(("Item", "Due"), ("Roof", "May"))),
)


@pytest.fixture
def author(alice: User, as_alice: Client) -> Client:
    alice.user_permissions.add(Permission.objects.get(codename="change_reporttemplate"))
    return as_alice


@pytest.fixture
def llm(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatedLLM]:
    """A simulated model that is the default profile."""
    with SimulatedLLM() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        yield server


def give(client: Client, *files: bytes, name: str = "minutes.docx") -> str:
    """The address one is led to; "" where the files are refused."""
    answer = client.post(ADDRESS, {"files": [SimpleUploadedFile(name, data) for data in files]})
    return answer.headers.get("Location", "")


def refusal(client: Client, *files: bytes, name: str = "minutes.docx") -> str:
    answer = client.post(ADDRESS, {"files": [SimpleUploadedFile(name, data) for data in files]})
    assert answer.status_code == 422
    assert not WordImport.objects.exists()
    return answer.content.decode()


def part(number: int, **fields: str) -> dict[str, str]:
    """What the form posts of one part, kept unless said."""
    return {"item": str(number), f"keep-{number}": "on"} | {
        f"{name}-{number}": value for name, value in fields.items()
    }


def made() -> ReportTemplate:
    return ReportTemplate.objects.select_related("draft").get()


def test_a_template_made_meanwhile_in_another_window_is_not_made_again(author: Client, alice: User) -> None:
    page = give(author, FORM)
    is_first = True

    def come_between(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        nonlocal is_first
        answer = execute(sql, *more)
        if is_first and sql.startswith("UPDATE") and "templates_wordimport" in sql:
            is_first = False
            make_template(WordImport.objects.get())
        return answer

    with connection.execute_wrapper(come_between):
        answer = author.post(page, {"do": "make", "name": "Our minutes"})
    assert answer.headers["Location"] == "/templates/"
    assert made().owner == alice


def test_a_report_becomes_a_template_of_its_own_with_its_look(author: Client, alice: User) -> None:
    page = give(author, FORM)
    assert "Running text of 16 words." in author.get(page).content.decode()
    answer = author.post(page, {"do": "make", "name": "Our minutes", "has-look": "yes", "look": "on"})
    assert answer.headers["Location"] == "/templates/our-minutes/"
    body = made().draft.parsed
    assert (made().owner, body.name) == (alice, "Our minutes")
    assert [getattr(one, "title", None) for one in body.blocks] == ["Summary", "Actions", ""]
    assert HouseStyle.objects.get().sha256 == body.word.sha256
    assert body.word.style == "Our minutes.docx"


def test_the_texts_of_the_reports_go_when_the_template_is_made(author: Client) -> None:
    page = give(author, FORM)
    author.post(page, {"do": "make", "name": "Minutes"})
    assert not WordImport.objects.exists()
    assert author.get(page).status_code == 404


def test_parts_are_dropped_renamed_and_made_something_else(author: Client) -> None:
    page = give(author, FORM)
    answer = author.post(
        page,
        part(0, become="long_text", was="long_text", text="What was said", instructions="In their order.")
        | {"item": ["0", "1", "2"]}
        | {"keep-2": "on", "become-2": "text", "was-2": "table", "text-2": "", "do": "make", "name": "X"},
    )
    assert answer.status_code == 302
    body = made().draft.parsed
    summary, rows = body.blocks
    assert isinstance(summary, Block)
    assert (summary.title, summary.instructions) == ("What was said", "In their order.")
    assert isinstance(rows, StaticText)
    assert rows.text == "Item | Due\nRoof | May"


def test_a_block_made_static_keeps_its_heading(author: Client) -> None:
    page = give(author, FORM)
    author.post(page, part(0, become="text", was="long_text", text="Summary") | {"do": "make", "name": "X"})
    assert made().draft.parsed.blocks[:2] == [StaticHeading(heading="Summary"), StaticText(text=LONG)]


def test_what_is_decided_stays_through_a_reload(author: Client) -> None:
    page = give(author, FORM)
    author.post(page, part(0, become="bullets", was="long_text") | {"do": "part"})
    author.post(page, {"item": "1", "do": "part"})
    author.post(page, {"do": "part", "name": "Later", "has-look": "yes"})
    shown = author.get(page)
    first, second, _ = shown.context["proposals"]
    assert (first.what, first.keep, second.keep) == ("bullets", True, False)
    assert (shown.context["found"].name, shown.context["found"].keeps_look) == ("Later", False)


def test_a_script_is_answered_the_part_and_the_counts(author: Client) -> None:
    page = give(author, FORM)
    answer = author.post(page, {"item": "1", "do": "part"}).content.decode()
    assert answer.count("data-proposal=") == 1
    assert "Dropped" in answer


def test_the_look_can_be_left_behind(author: Client) -> None:
    author.post(give(author, FORM), {"do": "make", "name": "Minutes", "has-look": "yes"})
    assert made().draft.parsed.word.style == ""
    assert not HouseStyle.objects.exists()


def test_a_name_that_is_taken_gets_a_number_and_none_hides_a_page(author: Client) -> None:
    for name in ("Minutes", "Minutes", "Import"):
        author.post(give(author, FORM), {"do": "make", "name": name})
    slugs = ReportTemplate.objects.values_list("slug", flat=True)
    assert list(slugs) == ["import-template", "minutes", "minutes-2"]


def test_without_a_name_or_any_part_nothing_is_made(author: Client) -> None:
    page = give(author, FORM)
    assert "Give the template a name." in author.post(page, {"do": "make", "name": " "}).content.decode()
    dropped = author.post(page, {"item": ["0", "1", "2"], "do": "make", "name": "X"})
    assert "Keep at least one part." in dropped.content.decode()
    assert not ReportTemplate.objects.exists()


def test_files_that_are_no_reports_are_refused_in_words(author: Client) -> None:
    assert "Choose at least one" in refusal(author)
    assert "is no Word file" in refusal(author, b"a", name="a.pdf")
    assert "damaged or not a Word file" in refusal(author, b"a")
    assert "more than 10 reports" in refusal(author, *[FORM] * 11)


def test_nobody_else_sees_an_import_and_its_owner_can_forget_it(
    author: Client, as_bob: Client, bob: User
) -> None:
    bob.user_permissions.add(Permission.objects.get(codename="change_reporttemplate"))
    page = give(author, FORM)
    found = WordImport.objects.get()
    assert as_bob.get(page).status_code == 404
    assert "Minutes" not in as_bob.get(ADDRESS).content.decode()
    as_bob.post(ADDRESS, {"do": "forget", "import": str(found.pk)})
    assert WordImport.objects.exists()
    author.post(ADDRESS, {"do": "forget", "import": str(found.pk)})
    assert not WordImport.objects.exists()


def test_numbers_no_part_has_are_left_alone(author: Client) -> None:
    page = give(author, FORM)
    assert author.post(page, {"item": ["99", "-1", "x", "9" * 50], "do": "part"}).status_code == 200
    assert WordImport.objects.get().decided == {}


def test_with_a_model_each_block_is_asked_for_with_what_stood_there(
    author: Client, alice: User, llm: SimulatedLLM
) -> None:
    page = give(author, FORM)
    shown = author.get(page).content.decode()
    assert 'name="suggest" checked' in shown
    assert "3 calls" in shown
    answer = author.post(page, {"do": "make", "name": "Minutes", "suggest": "on"}, follow=True)
    assert "The model now writes suggestions" in answer.content.decode()
    found = {one.block: one for one in Suggestion.objects.all()}
    assert list(found) == ["actions-2", "actions", "summary"]
    assert found["summary"].passages == [LONG]
    assert found["actions"].passages == ["Mend the roof\nAsk for quotes"]
    assert found["actions-2"].passages == ["Item | Due\nRoof | May"]
    assert {one.by for one in found.values()} == {alice}


def test_dropped_and_static_parts_cost_no_call(author: Client, llm: SimulatedLLM) -> None:
    page = give(author, FORM)
    answer = author.post(page, {"item": "1", "do": "part"}).content.decode()
    assert 'data-calls="2 calls"' in answer
    author.post(page, part(2, become="text", was="table") | {"do": "make", "name": "X", "suggest": "on"})
    assert Suggestion.objects.get().block == "summary"


def test_the_model_is_not_asked_unless_one_wants_it(author: Client, llm: SimulatedLLM) -> None:
    page = give(author, FORM)
    refused = author.post(page, {"do": "make", "name": " "}).content.decode()
    assert 'name="suggest" aria' in refused
    answer = author.post(page, {"do": "make", "name": "Minutes"}, follow=True)
    assert "Look it through, try it on an example" in answer.content.decode()
    assert not Suggestion.objects.exists()


def test_without_a_model_a_sentence_says_so(author: Client) -> None:
    page = give(author, FORM)
    shown = author.get(page).content.decode()
    assert 'name="suggest"' not in shown
    assert "The instructions are made by rules. Suggestions need a language model" in shown
    answer = author.post(page, {"do": "make", "name": "Minutes", "suggest": "on"}, follow=True)
    assert "Suggestions need a language model" in answer.content.decode()
    assert not Suggestion.objects.exists()
