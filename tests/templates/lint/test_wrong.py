"""Instructions that deserve advice, each with the words that are to be marked."""

import pytest

from templates.body import read_body
from templates.lint import lint_block
from tests.templates.lint.bodies import advise, marked

FORMS = [
    ("long_text", "Set the costs out in a table.", "a table"),
    ("long_text", "Give an overview of all costs as a table with three columns.", "a table"),
    ("long_text", "Create a short summary table of the risks.", "a short summary table"),
    ("long_text", "The costs in tabular form.", "in tabular form"),
    ("long_text", "A table of all decisions with their dates.", "A table of"),
    ("long_text", "What happened to them, with a table of events.", "a table of"),
    ("table", "All actions, as bullet points.", "bullet points"),
    ("table", "Write one short paragraph for each action.", "one short paragraph"),
    ("bullets", "Draw up a table with the risks.", "a table"),
    ("bullets", "The risks in running text.", "running text"),
    ("bullets", "Write two paragraphs about the risks.", "two paragraphs"),
    ("selection", "Give a list of the reasons.", "a list"),
    ("selection", "Explain the outcome in bullet points.", "bullet points"),
    ("selection", "Why it was decided, in full prose.", "in full prose"),
    ("date_or_duration", "All deadlines as a table.", "a table"),
    ("date_or_duration", "The deadlines, as a list.", "as a list"),
    ("long_text", "Tick one of the following: approved, rejected.", "Tick one of the following"),
]
FOREIGN_FORMS = [
    ("de", "long_text", "Die Kosten als Tabelle.", "Tabelle"),
    ("de", "long_text", "Erstelle eine Tabelle mit allen Kosten.", "eine Tabelle"),
    ("de", "table", "Alle Aufgaben in Stichpunkten.", "Stichpunkten"),
    ("de", "bullets", "Die Risiken als Fließtext.", "als Fließtext"),
    ("fr", "long_text", "Présentez les coûts sous forme de tableau.", "sous forme de tableau"),
    ("fr", "table", "Les actions, en liste à puces.", "liste à puces"),
    ("es", "long_text", "Los costes en una tabla.", "en una tabla"),
    ("es", "bullets", "Los riesgos en un párrafo.", "en un párrafo"),
]
NAMES = [
    ("table", "Write the name in the column “Who”.", "no-such-column", "“Who”"),
    ("table", 'In the "Due" column put the last date named.', "no-such-column", '"Due"'),
    ("table", "The Responsible column holds who took it on.", "no-such-column", "Responsible"),
    ("table", "Leave the columns “Owner” and “Deadline” empty.", "no-such-column", "“Deadline”"),
    ("selection", "Choose “Postponed” when no date was set.", "no-such-option", "“Postponed”"),
    ("selection", "“Reject” only if the vote was lost.", "no-such-option", "“Reject”"),
    ("selection", "Choose Accepted when the vote was won.", "no-such-option", "Accepted"),
    ("selection", "What is “deferrred” counts as well.", "no-such-option", "“deferrred”"),
    ("long_text", "Follow the document “Minutes of May”.", "no-such-document", "“Minutes of May”"),
    ("long_text", "Use only “costs.xlsx” for the figures.", "no-such-document", "“costs.xlsx”"),
]
LIMITS = [
    ("long_text", "Write about 300 words.", "300 words"),
    ("long_text", "Every event that befell the household in about 300 words.", "300 words"),
    ("long_text", "Write 120 to 200 words on the lease.", "120 to 200 words"),
    ("long_text", "In no more than fifty words.", "fifty words"),
    ("long_text", "At least two hundred words.", "two hundred words"),
    ("long_text", "Write 1,000 words or fewer.", "1,000 words"),
    ("bullets", "Exactly five bullets.", "five bullets"),
    ("bullets", "Up to ten bullet points, gravest first.", "ten bullet points"),
    ("bullets", "At least six points.", "six points"),
    ("bullets", "Risks of about 60 words each.", "60 words"),
    ("table", "At most 20 rows.", "20 rows"),
    ("table", "Fill in a table with five columns.", "five columns"),
    ("selection", "Choose all that apply.", "Choose all"),
    ("selection", "Select two options.", "Select two"),
]


@pytest.mark.parametrize(("kind", "text", "place"), FORMS)
def test_another_form_than_the_kind_gives_is_marked(kind: str, text: str, place: str) -> None:
    assert marked(kind, text) == [("other-form", place)]


@pytest.mark.parametrize(("language", "kind", "text", "place"), FOREIGN_FORMS)
def test_another_form_is_marked_in_the_language_of_the_report(
    language: str, kind: str, text: str, place: str
) -> None:
    assert marked(kind, text, language=language) == [("other-form", place)]


@pytest.mark.parametrize(("kind", "text", "code", "place"), NAMES)
def test_a_name_that_nothing_has_is_marked(kind: str, text: str, code: str, place: str) -> None:
    assert marked(kind, text) == [(code, place)]


@pytest.mark.parametrize(("kind", "text", "place"), LIMITS)
def test_a_number_that_the_settings_do_not_allow_is_marked(kind: str, text: str, place: str) -> None:
    found = [one for one in marked(kind, text) if one[0] != "other-form"]
    assert [code for code, _ in found] == ["breaks-limit"]
    assert found[0][1] == place


def test_advice_says_what_is_wrong_and_what_to_do() -> None:
    [form] = advise("long_text", "Set the costs out in a table.")
    [column] = advise("table", 'Put the date into the "Due" column.')
    [limit] = advise("long_text", "Write about 300 words.")
    assert form.words == (
        "This asks for a table, and the block is of the kind long text. "
        "Use a block of the kind table, or ask for what this one can give."
    )
    assert column.words == "There is no column “Due”. Did you mean “Due date”?"
    assert limit.words == (
        "This asks for more than the settings allow: 80 to 150 words. "
        "Change the settings, or the number here."
    )


def test_a_block_that_is_not_read_is_marked_with_the_block_to_read() -> None:
    [said] = advise("long_text", "What follows from the part “Costs”.")
    assert (said.code, said.other) == ("not-read", "costs")
    assert said.do == "Let this block be written after “Costs”, so that it reads it."
    [plain] = advise("long_text", "As said in the Summary, the lease waits.")
    assert (plain.code, plain.other) == ("not-read", "summary")


def test_a_block_that_waits_for_this_one_cannot_be_read() -> None:
    first = {"block": "first", "kind": "long_text", "title": "First", "instructions": "See the part “Last”."}
    last = {"block": "last", "kind": "long_text", "title": "Last", "instructions": "All.", "after": ["first"]}
    [said] = lint_block(read_body({"name": "N", "blocks": [first, last]}), "first")
    assert said.do == "“Last” is written after this block: say here what it needs itself."


def test_a_part_that_is_not_in_the_template_is_marked() -> None:
    text = "Follow the section “Sumary”."
    assert marked("long_text", text) == [("no-such-part", "“Sumary”")]
    assert advise("long_text", text)[0].do == "Did you mean “Summary”?"


def test_a_document_that_the_block_does_not_use_is_marked() -> None:
    text = "Take the figures from the “Ledger of costs”."
    assert marked("long_text", text, reads=["transcript"]) == [("document-not-used", "“Ledger of costs”")]


def test_what_another_block_asks_for_already_is_marked() -> None:
    same = "What the committee discussed and decided, for a member who was not there."
    assert marked("bullets", same) == [("repeats", same)]
    more = f"{same} Name the votes, the amounts and those who spoke against it, in the order of the agenda."
    assert marked("long_text", more) == [("repeats", same)]
    assert advise("long_text", more)[0].other == "summary"


def test_the_same_title_below_one_heading_is_marked_at_the_title() -> None:
    [said] = advise("long_text", "What the treasurer warned of.", title="summary ")
    assert (said.code, said.field, said.other) == ("same-title", "title", "summary")


def test_empty_instructions_are_said_without_a_place() -> None:
    [said] = advise("bullets", "  ")
    assert (said.code, said.start, said.end) == ("empty", 0, 0)
