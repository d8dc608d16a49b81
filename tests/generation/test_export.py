"""The Word file of a report, read back: its parts, its values, and what is not finished."""

import re
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from docx import Document as WordDocument
from docx.oxml.ns import qn

from generation.export import export_word
from generation.models import Fill, Report
from generation.offline import OFFLINE_NOTICE
from generation.review import decide, save_edit
from templates.models import keep_style
from templates.word.parts import Heading, Paragraph, Part, Table
from templates.word.read.document import read_word
from tests.factories import BLOCKS, finish, finish_all, make_profile, make_report, make_snapshot
from tests.templates.word.house.files import house, saved

pytestmark = pytest.mark.django_db
NOT_REVIEWED = "Not reviewed yet."
GERMAN_MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]


@pytest.fixture
def report() -> Report:
    return make_report(profile=make_profile("http://x"), title="March")


def parts_of(report: Report) -> list[Part]:
    return read_word(BytesIO(export_word(report)))


def texts_of(report: Report) -> list[str]:
    return [part.text for part in parts_of(report) if not isinstance(part, Table) and hasattr(part, "text")]


def below(report: Report, title: str) -> list[str]:
    """The texts between a heading and the next one."""
    texts, inside = [], False
    for part in parts_of(report):
        if isinstance(part, Heading):
            inside = part.text == title
        elif inside and not isinstance(part, Table) and hasattr(part, "text"):
            texts.append(part.text)
    return texts


def test_every_part_stands_in_the_order_of_the_template(report: Report) -> None:
    finish_all(report)

    texts = texts_of(report)

    wanted = [
        "March",
        "Minutes",
        "Drafted from the transcript.",
        "Summary",
        "All went well.",
        "Actions",
        "Risks",
        "The tenant may leave.",
        "Outcome",
        "Deferred",
    ]
    assert [text for text in texts if text in wanted] == ["March", "Minutes", *wanted[1:]]


def test_a_table_is_a_table_with_its_header(report: Report) -> None:
    finish_all(report)

    [table] = [part for part in parts_of(report) if isinstance(part, Table)]

    assert table.rows == (("Action", "Cost"), ("Mend the roof", "€ 1,200"))


def test_titles_of_blocks_stand_one_level_below_the_heading_before() -> None:
    summary = BLOCKS[2]
    blocks = [
        summary | {"block": "a", "title": "Before"},
        {"heading": "One"},
        summary | {"block": "b", "title": "Under one"},
        {"heading": "Deep", "level": 3},
        summary | {"block": "c", "title": "Under deep"},
        {"heading": "Deepest", "level": 4},
        summary | {"block": "d", "title": "Under deepest"},
        {"heading": "Two"},
        summary | {"block": "e", "title": "Under two"},
    ]
    parts = parts_of(make_report(make_snapshot(blocks)))

    assert [(part.text, part.level) for part in parts if isinstance(part, Heading)] == [
        ("Before", 1),
        ("One", 1),
        ("Under one", 2),
        ("Deep", 3),
        ("Under deep", 4),
        ("Deepest", 4),
        ("Under deepest", 4),
        ("Two", 1),
        ("Under two", 2),
    ]


def test_a_block_without_title_has_no_heading() -> None:
    report = make_report(make_snapshot([BLOCKS[2] | {"title": ""}]))
    finish(report, "summary")

    assert not [part for part in parts_of(report) if isinstance(part, Heading)]
    assert "All went well." in texts_of(report)


@pytest.mark.parametrize("state", [Fill.State.FAILED, Fill.State.CANCELLED])
def test_a_block_that_could_not_be_filled_says_so_and_why(report: Report, state: Fill.State) -> None:
    report.fills.filter(block="risks").update(state=state, error="The answer was cut off.")

    assert below(report, "Risks") == ["This part could not be filled. The answer was cut off."]


@pytest.mark.parametrize("state", [Fill.State.WAITING, Fill.State.QUEUED, Fill.State.RUNNING])
def test_a_block_not_filled_yet_says_so(report: Report, state: Fill.State) -> None:
    report.fills.filter(block="risks").update(state=state)

    assert below(report, "Risks") == ["This part is not filled yet."]


def test_what_nobody_reviewed_is_marked_in_its_place_and_on_top(report: Report) -> None:
    fills = finish_all(report)
    decide(fills["risks"], Fill.Review.ACCEPTED, by=None)

    assert below(report, "Risks") == ["The tenant may leave."]
    assert below(report, "Outcome") == [NOT_REVIEWED, "Deferred"]
    assert "Draft: 3 of 4 parts are not reviewed yet." in texts_of(report)


def test_a_report_reviewed_in_full_bears_no_marks(report: Report) -> None:
    for fill in finish_all(report).values():
        decide(fill, Fill.Review.ACCEPTED, by=None)

    assert not [text for text in texts_of(report) if "review" in text or "Draft:" in text]


def test_a_rejected_part_says_so(report: Report) -> None:
    decide(finish(report, "risks"), Fill.Review.REJECTED, by=None)

    assert below(report, "Risks") == ["This part was rejected in review.", "The tenant may leave."]


def test_problems_are_said_to_be_checked(report: Report) -> None:
    finish(report, "risks", problems=("“9,900” stands in none of the documents.",))

    assert below(report, "Risks") == [
        NOT_REVIEWED,
        "Check: “9,900” stands in none of the documents.",
        "The tenant may leave.",
    ]


def test_an_edited_value_is_exported_and_its_old_problems_are_not(report: Report) -> None:
    fill = finish(report, "risks", problems=("Too long.",))
    save_edit(fill, {"items": [{"text": "The tenant stays.", "items": []}]}, author=None, revision=0)

    assert below(report, "Risks") == ["The tenant stays."]


def test_nothing_of_a_withheld_part_is_in_the_file(report: Report) -> None:
    finish(report, "risks", problems=("The tenant may leave.",))
    report.fills.filter(block="risks").update(withheld=True)

    assert below(report, "Risks") == ["This part is withheld until someone with the permission releases it."]
    assert not [text for text in texts_of(report) if "tenant" in text]


def test_a_report_written_offline_says_so_on_top() -> None:
    texts = texts_of(make_report(title="March"))

    assert texts[2] == OFFLINE_NOTICE


def test_a_report_written_by_a_model_does_not_say_that_none_was_used(report: Report) -> None:
    assert OFFLINE_NOTICE not in texts_of(report)


@pytest.mark.parametrize(
    "title", ['Müller & <Söhne> "2026"', "会議 🏠", "a\u0007b\u2028c", "x" * 255, "=1+1"]
)
def test_a_title_with_odd_characters_is_written_as_it_is(title: str) -> None:
    report = make_report(title=title)

    assert texts_of(report)[0] == report.title


def test_a_report_without_a_title_of_its_own_is_described_below_its_name() -> None:
    report = make_report(make_snapshot(description="Minutes of a committee"))

    assert texts_of(report)[:2] == ["Minutes", "Minutes of a committee"]


def test_no_empty_line_stands_below_a_title_that_says_it_all() -> None:
    parts = parts_of(make_report())

    assert [part for part in parts if isinstance(part, Paragraph)][1].text == OFFLINE_NOTICE


def test_the_file_names_its_title_and_its_author(report: Report) -> None:
    report.owner = User.objects.create_user("ann", first_name="Ann", last_name="Lee")

    properties = WordDocument(BytesIO(export_word(report))).core_properties

    assert (properties.title, properties.author) == ("March", "Ann Lee")


def test_a_report_is_written_in_the_house_style_it_was_pinned_to() -> None:
    first = keep_style(saved(house("First letterhead", "{{ report }}")))
    snapshot = make_snapshot(word={"style": "house.docx", "sha256": first})
    keep_style(saved(house("Second letterhead")))

    texts = texts_of(make_report(snapshot, title="March"))

    assert texts[:2] == ["First letterhead", "March"]


def test_a_house_style_gets_values_lines_notes_and_the_day() -> None:
    style = keep_style(saved(house("Outcome: {{ outcome }}.", "{{ summary }}", "On {{ date }}")))
    report = make_report(make_snapshot(word={"style": "house.docx", "sha256": style}, language="de"))
    finish_all(report)

    texts = texts_of(report)

    at = texts.index("Outcome: Deferred.")
    assert texts[at + 1 : at + 4] == [NOT_REVIEWED, NOT_REVIEWED, "All went well."]
    assert next(text for text in texts if text.startswith("On ")).split()[2] in GERMAN_MONTHS
    assert "Draft: 4 of 4 parts are not reviewed yet." in texts


@pytest.mark.parametrize(
    ("language", "spelt"),
    [("en", r"\d+ \w{3,} \d{4}"), ("en-US", r"\w{3,} \d+, \d{4}"), ("fr", r"\d+ \w{3,} \d{4}")],
)
def test_the_day_is_written_out_as_the_language_does(language: str, spelt: str) -> None:
    style = keep_style(saved(house("On {{ date }}")))
    look = {"style": "house.docx", "sha256": style}
    [line] = [
        one for one in texts_of(make_report(make_snapshot(word=look, language=language))) if "On " in one
    ]

    assert re.fullmatch(f"On {spelt}", line)


def test_what_is_withheld_is_in_no_sentence_of_a_house_style() -> None:
    style = keep_style(saved(house("Outcome: {{ outcome }}.")))
    report = make_report(make_snapshot(word={"style": "house.docx", "sha256": style}))
    finish_all(report)
    report.fills.filter(block="outcome").update(withheld=True)

    texts = texts_of(report)

    assert "Outcome: […]." in texts
    assert "Deferred" not in " ".join(texts)
    assert "This part is withheld until someone with the permission releases it." in texts


def test_a_style_that_was_never_kept_is_said_in_the_report() -> None:
    report = make_report(make_snapshot(word={"style": "house.docx"}))
    assert any("“house.docx” was never kept" in text for text in texts_of(report))


def test_a_table_of_contents_names_the_headings() -> None:
    report = make_report(make_snapshot(word={"toc": True}))
    document = WordDocument(BytesIO(export_word(report)))
    [contents] = document.element.body.iter(qn("w:sdt"))
    assert {"Summary", "Actions"} <= set(contents.itertext())


def test_a_kept_style_that_cannot_be_filled_costs_nobody_the_report() -> None:
    style = keep_style(b"kept when files were checked less")
    texts = texts_of(make_report(make_snapshot(word={"style": "house.docx", "sha256": style})))
    assert any("“house.docx” cannot be filled" in text for text in texts)
