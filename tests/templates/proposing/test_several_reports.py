"""What several reports of one form propose: the same in all is static, what differs is a block."""

import pytest

from templates.proposing import propose_template
from templates.word.house import UnreadableWord
from tests.templates.proposing.reports import heading, outline, points, propose, report, table, text

HARBOUR = "The harbour wall leaks in three places and should be mended before the winter storms."
LIBRARY = "Readers asked for longer hours, and the council found the money in the reserve fund."
MARKET = "Stalls were moved to the square while the hall is painted; nobody lost a day of trade."
FIXED = "This report follows the rules of the council on assessments."


def test_a_paragraph_that_never_changes_is_static_and_one_that_does_is_a_block() -> None:
    proposed = propose(
        report(heading("Findings"), text(FIXED), text(HARBOUR)),
        report(heading("Findings"), text(FIXED), text(LIBRARY)),
    )
    assert outline(proposed.proposals) == [("heading", "Findings"), ("text", FIXED), ("long_text", "")]
    fixed, block = proposed.proposals[1:]
    assert fixed.reason == "the same in all 2 reports"
    assert block.reason == "running text of 15 words; differs in the 2 reports"
    assert block.examples == [HARBOUR, LIBRARY]


def test_a_section_that_one_report_lacks_is_found_in_its_place() -> None:
    proposed = propose(
        report(heading("Findings"), text(HARBOUR), heading("End"), text(LIBRARY)),
        report(
            heading("Findings"), text(MARKET), heading("Risks"), text(FIXED), heading("End"), text(HARBOUR)
        ),
    )
    assert outline(proposed.proposals) == [
        ("long_text", "Findings"),
        ("long_text", "Risks"),
        ("long_text", "End"),
    ]
    assert proposed.proposals[1].reason.endswith("only in 1 of the 2 reports")


def test_answers_that_come_again_are_the_options_of_a_selection() -> None:
    proposed = propose(
        *(report(heading("Outcome"), text(f"Decision: {one}")) for one in ("Agreed", "Refused", "Agreed"))
    )
    assert outline(proposed.proposals) == [("heading", "Outcome"), ("text", "Decision:"), ("selection", "")]
    assert proposed.proposals[2].settings["options"] == ["Agreed", "Refused"]
    assert proposed.proposals[2].value == {"chosen": ["Agreed"]}


def test_a_table_keeps_its_columns_and_room_for_the_longest() -> None:
    long = table(("Item", "Owner"), *[(f"item {n}", "Ada") for n in range(9)])
    proposed = propose(
        report(heading("Actions"), table(("Item", "Owner"), ("Mend", "Bob"))),
        report(heading("Actions"), long),
    )
    block = proposed.proposals[0]
    assert (block.kind, block.settings["max_rows"]) == ("table", 18)
    assert block.value["rows"] == [["Mend", "Bob"]]


def test_a_first_column_that_never_changes_is_asked_for() -> None:
    proposed = propose(
        report(heading("Facts"), table(("Name:", "Ada"), ("Town:", "Ely"))),
        report(heading("Facts"), table(("Name:", "Bob"), ("Town:", "Bath"))),
    )
    assert "in this order, with its name in the first column: Name:; Town:." in (
        proposed.proposals[0].instructions
    )


def test_a_form_of_words_with_gaps_is_kept() -> None:
    words = "The assessment of {} was made by the council on the day named above and is valid for a year."
    proposed = propose(
        report(heading("Base"), text(words.format("Harbour Ltd"))),
        report(heading("Base"), text(words.format("Market Hall"))),
    )
    assert "mostly the same words" in proposed.proposals[0].reason
    assert "Keep the wording of the examples" in proposed.proposals[0].instructions


def test_headings_that_differ_in_the_same_place_are_one_and_say_so() -> None:
    proposed = propose(
        report(heading("Harbour Ltd"), text(FIXED), points("a", "b")),
        report(heading("Market Hall"), text(FIXED), points("c", "d")),
    )
    assert outline(proposed.proposals) == [("heading", "Harbour Ltd"), ("text", FIXED), ("bullets", "")]
    assert "“Harbour Ltd”; “Market Hall”" in proposed.proposals[0].reason


def test_the_name_is_what_the_titles_have_in_common() -> None:
    files = [report(text(f"Minutes of {month}", "Title"), text(HARBOUR)) for month in ("March", "April")]
    assert propose(*files).name == "Minutes of"


def test_reports_too_long_to_compare_are_refused() -> None:
    long = report(*[text(f"Paragraph {n}") for n in range(3100)])
    with pytest.raises(UnreadableWord, match="too long to be compared"):
        propose_template([("a.docx", long), ("b.docx", long)])
