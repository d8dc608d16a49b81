"""Instructions that are as they should be: advice on them would only teach people to overlook it."""

from pathlib import Path
from time import process_time
from typing import Any

import pytest

import fillapp
from templates.blocks import KINDS
from templates.body import read_body
from templates.lint import lint_block, lint_body
from templates.yaml_file import read_file
from tests.templates.lint.bodies import marked

DEMOS = sorted((Path(fillapp.__file__).parent / "demo").glob("*/template.yaml"))
FINE = [
    ("long_text", "What the table on page 3 shows, in sentences."),
    ("long_text", "The costs shown in a table of the annual report."),
    ("long_text", "Do not use a table."),
    ("long_text", "Sentences rather than a table."),
    ("long_text", "Write sentences, no bullets and no tables."),
    ("long_text", "Say whether the family has a table and beds."),
    ("long_text", "Give the arguments as a list."),
    ("long_text", "Write about 100 words."),
    ("long_text", "Write about 165 words."),
    ("long_text", "At most 120 words."),
    ("long_text", "Quote at most 15 words from the letter."),
    ("long_text", "Three paragraphs of about 40 words each."),
    ("long_text", "In sentences of at most 20 words."),
    ("long_text", "What the 12 rows of the sheet add up to."),
    ("long_text", "The section “4.2” of the lease, in plain words."),
    ("long_text", "What the section “Warranties” of the contract promises."),
    ("long_text", "Do not repeat what stands in the Summary."),
    ("long_text", "Every risk, and for each its cost."),
    ("long_text", "What was said on “value for money”."),
    ("bullets", "One bullet for each risk, gravest first."),
    ("bullets", "Two to four points."),
    ("bullets", "Each of at most 20 words."),
    ("bullets", "Every item on the agenda that was deferred."),
    ("bullets", "Only what 12 points of the agenda left open."),
    ("bullets", "What paragraph 4 of the order demands."),
    ("table", "Every action still open on the list before this meeting."),
    ("table", "List every action, one row for each."),
    ("table", "Write the name in the “Owner” column, the date in the column “Due date”."),
    ("table", "Take the amount from the “Total” column of the ledger."),
    ("table", "Owner is who took it on; write “Not assigned” where nobody did."),
    ("table", "In the order of the first three rows of the ledger."),
    ("table", "Choose one of Done, Dropped and Open for what became of it."),
    ("selection", "Choose “Deferred” when no date was set, “Rejected” when the vote was lost."),
    ("selection", "Was it decided? Prefer the transcript to the agenda."),
    ("selection", "Approved when the vote was won. Deferred when it was put off."),
    ("selection", "Compare the votes with the number the rules require."),
    ("selection", "Choose Approved only when the words “subject to contract” are missing."),
    ("selection", "Choose exactly one."),
    ("date_or_duration", "The last date named for the answer."),
    ("date_or_duration", "The deadline listed in a table of the lease."),
]
FOREIGN_FINE = [
    ("de", "long_text", "Keine Tabelle, sondern ganze Sätze."),
    ("de", "long_text", "Was die Tabelle auf Seite 3 zeigt."),
    ("de", "long_text", "Höchstens 120 Wörter."),
    ("de", "bullets", "Die Punkte der Tagesordnung, die offen blieben."),
    ("fr", "long_text", "Ce que montre le tableau de la page 3, sans tableau."),
    ("fr", "table", "Chaque action, sa date et qui en répond."),
    ("es", "long_text", "Lo que muestra la tabla de la página 3."),
]

# Instructions as people write them, collected to try the rules on.
ORDINARY = {
    "long_text": """
Summarise the tenancy agreement in plain words, naming both parties, the rent and the notice period.
Describe the accident as the witness told it, with times. Two sentences on the weather.
Explain in a few words why the claim was refused. In other words, no legal terms.
State the number of employees (about 300) and the words used by the director.
Write 2 paragraphs; the first on results, the second on debt, at most 60 words each.
Give the reasons under the heading “Reasons” of the judgment.
Mention the “Green Fund” and what it paid.
Say what is in the table of contents of the plan.
A short introduction of 80 to 120 words. Follow the structure in section 3 of the guide.
For the reader who has only two minutes. End with one sentence on what happens next.
List the main arguments for and against. Keep each to one sentence.
Use the words “substantial risk” only where the auditor does.
Between 100 and 140 words. Do not use more than 150 words.
As the Summary of the annual report says, name the three largest customers.
Describe the seating: who sat at a table by the window.
Write up to one page.
Compare Costs with last year.
Introduce the company to a reader who knows nothing of it; do not go into Costs.""",
    "bullets": """The three risks named by the auditor, gravest first.
Up to 4 points of one sentence.
Every recommendation, with the paragraph of the report it stands in.
Name two to four open questions, each with who must answer it.
What the table of risks in the annex says, one risk a bullet.
All items of agenda point 5.
Exactly three bullets.
No more than 4 bullets of 20 words each.
Short bullets, no full prose.
Points 3 and 4 of the letter.""",
    "table": """Every invoice with its date, from the list of invoices in the annex.
For each action: what, who, when. Sort by date.
The Owner column may be empty. Put the date in Due date as day, month and year.
One row per meeting, the newest first; at most 8 rows.
Take what stands in the second column of the sheet as the action.
Take the "Responsible" column of the spreadsheet as Owner.
Copy the rows of the 12 items on the price list.
Write a short note in brackets where the date is not certain.
Leave a cell empty rather than guess. Use no bullets in the cells.
Actions from the first three sections of the transcript.
In the Total row, write the sum.""",
    "selection": """What did the meeting decide on the lease? Deferred also when it wants another quote.
Approved means a vote was taken and won.
Select the outcome that the last vote on the matter produced.
Choose what the minutes say, not what was proposed. If there were two votes, the later one counts.
Not stated when the documents are silent.
Choose only when the chair announced it; otherwise Not stated.
Pick the decision of the court in section 5 of the judgment.
Was it “carried nem. con.”? Then choose Approved.""",
}


@pytest.mark.parametrize(("kind", "text"), FINE)
def test_good_instructions_get_no_advice(kind: str, text: str) -> None:
    assert marked(kind, text) == []


@pytest.mark.parametrize("kind", ORDINARY)
def test_ordinary_instructions_get_no_advice(kind: str) -> None:
    assert [found for line in ORDINARY[kind].strip().splitlines() if (found := marked(kind, line))] == []


@pytest.mark.parametrize(("language", "kind", "text"), FOREIGN_FINE)
def test_good_instructions_in_other_languages_get_no_advice(language: str, kind: str, text: str) -> None:
    assert marked(kind, text, language=language) == []


@pytest.mark.parametrize("path", DEMOS, ids=lambda path: path.parent.name)
def test_the_demo_templates_get_no_advice(path: Path) -> None:
    assert lint_body(read_file(path.read_text(encoding="utf-8"))) == {}


def test_a_part_that_is_read_may_be_named() -> None:
    text = "What follows from the part “Costs”, as said in the Summary."
    assert marked("long_text", text, after=["costs", "summary"]) == []


def test_a_selection_of_several_may_ask_for_all() -> None:
    settings = {"options": ["Approved", "Rejected"], "many": True}
    assert marked("selection", "Choose all that apply.", settings=settings) == []
    assert marked("selection", "Choose only one option.", settings=settings) == [
        ("breaks-limit", "Choose only one")
    ]


def test_blocks_alike_but_for_what_they_are_about_do_not_repeat_each_other() -> None:
    def block(what: str) -> dict[str, Any]:
        text = f"The {what} of the company, with the figure that shows each one, the weightiest first."
        return {"block": what, "kind": "bullets", "title": what.title(), "instructions": text}

    assert lint_body(read_body({"name": "N", "blocks": [block("strengths"), block("weaknesses")]})) == {}


def test_a_rule_that_several_blocks_are_told_is_no_repetition() -> None:
    rule = "Where sources disagree, trust the figures first, then the interview, then the press."
    about = {"market": "The market and its size.", "owners": "Who owns the company and who runs it."}
    blocks = [
        {"block": key, "kind": "long_text", "title": key, "instructions": f"{text} {rule}"}
        for key, text in about.items()
    ]
    assert lint_body(read_body({"name": "N", "blocks": blocks})) == {}


def test_one_title_may_stand_below_two_headings() -> None:
    first = {"block": "a", "kind": "long_text", "title": "Risks", "instructions": "What the bank fears."}
    second = {
        "block": "b",
        "kind": "long_text",
        "title": "Risks",
        "instructions": "What the tenant may lose.",
    }
    body = {"name": "N", "blocks": [{"heading": "Bank"}, first, {"heading": "Tenant"}, second]}
    assert lint_body(read_body(body)) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_which_forms_it_gives_and_keeps_its_own_limits(kind: str) -> None:
    example = KINDS[kind].example()
    fixed = KINDS[kind].fixed(example.settings)
    assert KINDS[kind].forms
    assert all(count.most is None or count.least <= count.most for count in fixed.counts)


def test_a_block_of_a_template_of_sixty_takes_less_than_five_milliseconds() -> None:
    demos = [read_file(path.read_text(encoding="utf-8")) for path in DEMOS]
    parts = [part.model_dump(exclude_defaults=True) for body in demos for part in body.fillable] * 3
    blocks = [
        part | {"block": f"b{number}", "after": [], "reads": []} for number, part in enumerate(parts[:60])
    ]
    body = read_body({"name": "Long", "blocks": blocks})
    fastest = float("inf")
    for _ in range(5):
        began = process_time()
        lint_block(body, "b30")
        fastest = min(fastest, process_time() - began)
    assert fastest < 0.005


@pytest.mark.parametrize(
    "words", ["one ", "1 ", "as a table ", "“a” and ", "the Aaa Bbb ", "every word ", " "]
)
def test_even_odd_and_endless_instructions_are_read_in_no_time(words: str) -> None:
    text = words * (10_000 // len(words))
    began = process_time()
    for kind in ("long_text", "table", "selection"):
        marked(kind, text)
    assert process_time() - began < 3
