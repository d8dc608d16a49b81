"""The offline writer: it picks from the documents, the same every time, and never makes up a word."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from generation.offline import DocumentFinder
from generation.writers import OfflineWriter, Unusable
from templates.blocks.base import WantedColumn
from templates.body import Block
from tests.factories import BLOCKS, TRANSCRIPT, make_body

TABLE = (
    "Spending this year\n\n| Item | Cost in euros | Due date |\n| --- | --- | --- |\n"
    "| Roof | 1,200 | 3 March |\n| Boiler | 300 | 9 May |\n| Paint | 80 | 1 June |\n"
)
WORDS = [
    "roof",
    "lease",
    "Ann",
    "board",
    "agreed",
    "**bold**",
    "__and__",
    "2**3",
    "snake__case",
    "1,200",
    "–",
]
ENDS = [". ", "! ", "\n", "\n- ", " | ", "\n| ", " |\n", "\n# ", ": ", " "]
TEXTS = st.lists(st.sampled_from(WORDS + ENDS), max_size=60).map(" ".join)


def words_of(text: str) -> set[str]:
    """The words of a text, without the marks of emphasis, lists and tables at their edges."""
    return {bare for word in re.split(r"[\s|]+", text) if (bare := word.strip("*_-–#"))}


def wanted(*names: str, **types: str) -> list[WantedColumn]:
    """Columns of these names, text unless a type is given by name."""
    return [WantedColumn(name, type=types.get(name, "text")) for name in names]


def blocks() -> list[Block]:
    return make_body(BLOCKS).fillable


def draft(block: Block, texts: list[str]) -> str:
    """What the offline writer makes of a block, as text; "" when it finds nothing."""
    try:
        value = OfflineWriter(block, DocumentFinder(texts)).write()
    except Unusable:
        return ""
    return block.type.text(value)


@settings(max_examples=30)
@given(st.lists(TEXTS, max_size=3))
def test_no_sentence_holds_a_word_that_is_not_in_the_documents(texts: list[str]) -> None:
    found = DocumentFinder(texts).sentences("the roof and the lease agreed by the board", 5)

    assert words_of(" ".join(found)) <= words_of(" ".join(texts))


@settings(max_examples=30)
@given(st.lists(TEXTS, max_size=3))
def test_no_row_holds_a_word_that_is_not_in_the_documents(texts: list[str]) -> None:
    rows = DocumentFinder(texts).rows(wanted("Roof", "Cost"), "lease agreed", 5)

    assert words_of(" ".join(cell for row in rows for cell in row)) <= words_of(" ".join(texts))
    assert all(len(row) == 2 for row in rows)


@settings(max_examples=30)
@given(st.lists(st.text(max_size=200), max_size=2))
def test_no_document_breaks_the_writer(texts: list[str]) -> None:
    for block in blocks():
        draft(block, texts)


@settings(max_examples=30)
@given(TEXTS)
def test_a_block_is_written_of_the_documents_words_alone(text: str) -> None:
    for block in blocks()[:3]:
        head = {"Action", "Cost"} if block.kind == "table" else set()
        assert words_of(draft(block, [text])) <= words_of(text) | head


def test_the_same_documents_give_the_same_draft() -> None:
    for block in blocks():
        assert draft(block, [TRANSCRIPT, TABLE]) == draft(block, [TRANSCRIPT, TABLE])


def test_sentences_come_in_the_order_of_the_documents_and_none_twice() -> None:
    first = "The lease was deferred by the board."
    second = "The roof needs a second quote before the lease."

    found = DocumentFinder([f"{second} {first}", first]).sentences("lease", 5)

    assert found == [second, first]


def test_the_sentences_nearest_to_what_is_asked_are_found() -> None:
    texts = [
        "The roof needs a second quote soon. The lease of the annex was deferred. Lunch was served at noon."
    ]

    assert DocumentFinder(texts).sentences("lease annex", 1) == ["The lease of the annex was deferred."]


def test_no_more_sentences_come_than_were_asked_for() -> None:
    assert len(DocumentFinder([TRANSCRIPT]).sentences("lease committee roof", 1)) == 1
    assert DocumentFinder([TRANSCRIPT]).sentences("lease", 0) == []


def test_the_name_of_a_speaker_and_marks_are_left_out() -> None:
    texts = ["- Ann Lee: The **lease** was deferred until the summer."]

    assert DocumentFinder(texts).sentences("lease", 1) == ["The lease was deferred until the summer."]


def test_rows_are_matched_by_the_words_of_the_header() -> None:
    rows = DocumentFinder([TRANSCRIPT, TABLE]).rows(wanted("Item", "Due", "Cost"), "spending", 5)

    assert rows == [
        ["Roof", "3 March", "1,200"],
        ["Boiler", "9 May", "300"],
        ["Paint", "1 June", "80"],
    ]


def test_a_column_without_its_like_in_the_header_stays_empty() -> None:
    rows = DocumentFinder([TABLE]).rows(wanted("Item", "Cost", "Owner"), "spending", 2)

    assert rows == [["Roof", "1,200", ""], ["Boiler", "300", ""]]


def test_the_table_whose_header_is_nearest_is_taken() -> None:
    other = "| Colour | Taste |\n| --- | --- |\n| red | sweet |\n"

    assert DocumentFinder([other, TABLE]).rows(wanted("Item", "Cost"), "", 1) == [["Roof", "1,200"]]


def test_without_a_fitting_table_sentences_stand_in_the_first_column() -> None:
    rows = DocumentFinder([TRANSCRIPT]).rows(
        wanted("Decision", "Owner", "Deadline"), "deferring the lease", 1
    )

    assert rows == [["Nobody objected to deferring the lease until the summer meeting.", "", ""]]


def test_the_table_whose_words_are_asked_for_is_taken_of_two_with_like_headers() -> None:
    staff = "Staff\n\n| Item | Cost |\n| --- | --- |\n| Wages | 900 |\n| Training | 40 |\n"
    house = "House\n\n| Item | Cost |\n| --- | --- |\n| Roof | 1,200 |\n| Boiler | 300 |\n"

    found = DocumentFinder([staff + "\n" + house]).rows(wanted("Item", "Cost"), "what the house costs", 5)

    assert found == [["Roof", "1,200"], ["Boiler", "300"]]


PERIODS = (
    "| Section | Line | Year to 31/12/2024 | Year to 31/12/2025 | Change |\n| --- | --- | --- | --- | --- |\n"
    "| Results | Revenue | 100 | 110 | 10 |\n| Results | Profit before tax | 9 | 8 | -11 |\n"
    "| Results | Tax | 2 | 2 | 0 |\n| Segments | Bread | 60 | 70 | 17 |\n| Segments | Cake | 40 | 40 | 0 |\n"
)
YEARS = [
    WantedColumn("Segment"),
    WantedColumn("Previous year", type="money"),
    WantedColumn("Latest year", type="money"),
]


def test_columns_no_header_names_take_the_periods_of_the_table_in_order() -> None:
    rows = DocumentFinder([PERIODS]).rows(YEARS, "revenue", 9)

    assert ["Bread", "60", "70"] in rows


def test_rows_of_the_group_that_the_first_column_is_called_are_taken_alone() -> None:
    assert DocumentFinder([PERIODS]).rows(YEARS, "revenue", 9) == [
        ["Bread", "60", "70"],
        ["Cake", "40", "40"],
    ]


def test_rows_that_are_asked_for_by_name_come_alone_and_in_that_order() -> None:
    measures = [WantedColumn("Measure"), *YEARS[1:]]

    rows = DocumentFinder([PERIODS]).rows(measures, "These rows: Profit before tax, Revenue.", 9, least=2)

    assert rows == [["Profit before tax", "9", "8"], ["Revenue", "100", "110"]]


def test_lines_that_give_a_name_and_an_amount_are_a_table() -> None:
    text = (
        "What comes in\n\nWages, net: 842.00\nChild Benefit £187.60 a month\nRent received: 40\n\nMore below."
    )

    rows = DocumentFinder([text]).rows(wanted("Item", "Amount", Amount="money"), "what comes in", 5)

    assert rows == [["Wages, net", "842.00"], ["Child Benefit", "£187.60"], ["Rent received", "40"]]


def test_a_sentence_in_a_table_gives_its_date_and_who_took_it_on() -> None:
    text = (
        "Ann Lee (secretary): I will ask for a second quote by 3 March 2026.\nBen: That was a long time ago."
    )
    columns = [WantedColumn("Action"), WantedColumn("Owner"), WantedColumn("Due", type="date")]
    text = text.replace("(secretary)", "(Ann Lee, secretary)")

    rows = DocumentFinder([text]).rows(columns, "the second quote", 1)

    assert rows == [["I will ask for a second quote by 3 March 2026.", "Ann Lee", "3 March 2026"]]


def test_a_table_of_names_stays_empty_rather_than_hold_sentences() -> None:
    assert DocumentFinder([TRANSCRIPT]).rows(wanted("Name", "Role"), "the committee", 5) == []


def test_a_sentence_that_is_nearer_to_another_block_is_left_to_it() -> None:
    text = (
        "The roof of the hall leaks badly. The roof needs new slates. The roof was built in 1950. "
        "The lease of the annex ends. The lease was signed by the town. The lease of the annex costs nothing."
    )

    alone = DocumentFinder([text]).sentences("roof and lease", 6)
    shared = DocumentFinder([text], others=["lease"]).sentences("roof and lease of the roof", 6)

    assert len(alone) == 6
    assert shared == [one for one in alone if "roof" in one]


def test_what_is_ruled_out_is_not_looked_for() -> None:
    texts = ["The roof needs a second quote. The weather was good all day. Lunch was served at noon."]

    assert DocumentFinder(texts).sentences("The roof. Nothing on the good weather of the day.", 1) == [
        "The roof needs a second quote."
    ]


def test_lines_broken_by_a_page_are_one_sentence_and_torn_ones_are_none() -> None:
    text = (
        "[page 1]\n\nThe board decided after a long and careful talk to repair the roof of the\n"
        "hall before the winter.\n\nRoof repair and all that goes with it\n"
    )

    assert DocumentFinder([text]).sentences("roof repair", 3) == [
        "The board decided after a long and careful talk to repair the roof of the hall before the winter."
    ]


def test_numbers_of_clauses_and_spaces_of_the_page_are_left_out() -> None:
    texts = [
        "3.2 The lease    may be ended\n     by notice of the tenant.\n(b) The lease is for the annex alone."
    ]

    assert DocumentFinder(texts).sentences("lease", 3) == [
        "The lease may be ended by notice of the tenant.",
        "The lease is for the annex alone.",
    ]


def test_what_a_speaker_goes_on_to_say_in_half_a_sentence_is_left_out() -> None:
    texts = ["Prof C: and so the lease of the annex is.\n\nProf C: The lease of the annex ends in June."]

    assert DocumentFinder(texts).sentences("lease", 3) == ["The lease of the annex ends in June."]


def test_a_sentence_stands_under_the_column_for_what_was_said_beside_its_speaker() -> None:
    texts = ["Ann Lee: The lease of the annex ends in June.\n\nAnn Lee: Thank you all."]

    rows = DocumentFinder(texts).rows(wanted("Subject", "What was said", "Speakers"), "the lease", 1)

    assert rows == [["", "The lease of the annex ends in June.", "Ann Lee"]]


def test_the_option_that_the_documents_speak_of_is_nearest() -> None:
    texts = ["The application was rejected by the board at once. The weather was good that day."]

    scores = DocumentFinder(texts).nearest("what became of the application", ["Approved", "Rejected"])

    assert scores[1] > scores[0] == 0


def test_documents_without_text_give_nothing() -> None:
    finder = DocumentFinder(["", "  \n"])

    assert finder.sentences("lease", 3) == []
    assert finder.rows(wanted("Item", "Cost"), "spending", 3) == []
    assert finder.nearest("lease", ["Yes", "No"]) == [0.0, 0.0]
    assert [draft(block, []) for block in blocks()] == ["", "", "", "Not stated"]
