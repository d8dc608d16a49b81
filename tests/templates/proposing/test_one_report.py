"""What a single report proposes."""

import pytest

from templates.proposing import propose_template
from templates.word.house import LARGEST_HOUSE, UnreadableWord
from tests.templates.proposing.reports import heading, outline, points, propose, report, table, text
from tests.templates.word.files import paragraph, run, word_file

LONG = "The committee met on Tuesday and agreed the budget after a long debate about the roof."


def test_headings_with_text_become_blocks_and_those_that_only_group_stay() -> None:
    proposed = propose(report(heading("Work"), heading("Findings", 2), text(LONG)))
    assert outline(proposed.proposals) == [("heading", "Work"), ("long_text", "Findings")]
    assert proposed.proposals[0].reason == "a heading that groups those below it"
    assert proposed.proposals[1].examples == [LONG]


def test_text_list_and_table_under_one_heading_are_blocks_in_order_titled_once() -> None:
    proposed = propose(
        report(heading("Costs"), text(LONG), points("Roof", "Lease"), table(("Item", "Due"), ("a", "b")))
    )
    assert outline(proposed.proposals) == [("long_text", "Costs"), ("bullets", ""), ("table", "")]
    assert [one.reason for one in proposed.proposals] == [
        "running text of 16 words",
        "a list of 2 points",
        "a table with 2 columns and 2 rows",
    ]


def test_a_label_and_a_line_over_a_text_are_static() -> None:
    proposed = propose(report(heading("Who"), text("Present:"), text(LONG), text("Apologies"), text(LONG)))
    assert outline(proposed.proposals) == [
        ("heading", "Who"),
        ("text", "Present:"),
        ("long_text", ""),
        ("text", "Apologies"),
        ("long_text", ""),
    ]
    assert proposed.proposals[2].subject == "Present"


def test_many_short_lines_below_a_heading_are_one_text() -> None:
    steps = [step for n in range(5) for step in (text(f"Line {n}"), text(LONG))]
    assert outline(propose(report(heading("Notes"), *steps)).proposals) == [("long_text", "Notes")]


def test_a_date_beside_its_label_is_a_date_below_a_static_label() -> None:
    proposed = propose(report(heading("When"), text("Date: 3 March 2026"), text(LONG)))
    assert outline(proposed.proposals)[1:3] == [("text", "Date:"), ("date_or_duration", "")]


def test_a_drop_down_becomes_a_selection_with_its_options() -> None:
    items = "".join(f'<w:listItem w:displayText="{one}" w:value="{one}"/>' for one in ("Yes", "No"))
    control = (
        f"<w:sdt><w:sdtPr><w:dropDownList>{items}</w:dropDownList></w:sdtPr>"
        f"<w:sdtContent>{run('No')}</w:sdtContent></w:sdt>"
    )
    data = word_file(paragraph("Agreed?") + f"<w:p>{control}</w:p>").getvalue()
    selection = propose(data).proposals[-1]
    assert (selection.kind, selection.settings["options"]) == ("selection", ["Yes", "No"])
    assert selection.value == {"chosen": ["No"]}


def test_the_title_names_the_template_and_is_no_part_of_it() -> None:
    proposed = propose(report(text("Minutes of March", "Title"), heading("Findings"), text(LONG)))
    assert proposed.name == proposed.title == "Minutes of March"
    assert outline(proposed.proposals) == [("long_text", "Findings")]


def test_without_a_title_the_file_names_the_template() -> None:
    assert propose(report(text(LONG))).name == "report 1"


def test_what_is_left_out_is_said() -> None:
    notes = propose(report(text(LONG), *(heading(f"H{n}", n) for n in range(1, 6)))).notes
    assert "Headings below level 4 become headings of level 4." in notes


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "damaged or not a Word file"),
        (b"PK\x03\x04 nothing", "damaged or not a Word file"),
        (b"0" * (LARGEST_HOUSE + 1), "larger than 20 MB"),
        (report(), "holds no text"),
    ],
)
def test_what_cannot_be_imported_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableWord, match=words) as refusal:
        propose_template([("march.docx", data)])
    assert "“march.docx”" in str(refusal.value)
