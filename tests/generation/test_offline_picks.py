"""What the offline writer picks from contracts and transcripts, and what it leaves out."""

import pytest

from generation.offline import DocumentFinder
from generation.offline.fluency import fluency
from generation.offline.periods import find_periods
from templates.blocks.base import UnreadableAnswer, WantedColumn
from templates.blocks.bullets import Bullets, BulletsSettings
from templates.blocks.long_text import LongText, LongTextSettings
from templates.blocks.table import Table
from templates.blocks.table.values import Column, TableSettings

LEASE = (
    "The landlord lets the annex to the tenant for five years. "
    "The tenant shall pay a rent of 900 euros on the first day of each month. "
    "Either side may terminate this lease with three months' written notice. "
    "The garden behind the annex is kept by the neighbours of the landlord. "
    "The lease begins on 1 May 2026. The annex has two floors and a cellar."
)
MEETING = "\n\n".join(
    [
        "Ann Lee (Ann Lee, chair): Good evening to all of you.",
        "Tom Berg: The roof of the hall leaks badly and the slates have to be replaced before the winter.",
        "Ann Lee: What would a new roof for the whole hall cost us this year?",
        "Tom Berg: Nobody has asked the roofers for a price yet.",
        "Ann Lee: The lease of the annex ends in June and we have to find another store for the chairs.",
    ]
)


def sentences(text: str, about: str, limit: int = 9) -> list[str]:
    return DocumentFinder([text]).sentences(about, limit)


def rows(text: str, about: str, *columns: WantedColumn) -> list[list[str]]:
    return DocumentFinder([text]).rows(columns, about, 9)


@pytest.mark.parametrize(
    "line",
    [
        "4. Duties of the Tenant and of the Landlord     ------------------",
        "4. Duties of the Tenant and of the Landlord",
        "Duties of the Tenant 7 Section 5.",
        "4. duties of the tenant and of the landlord ........ 7",
        "4. Pflichten des Mieters und des Vermieters",
        "WHEREAS, the tenant wants to store chairs in the annex.",
    ],
)
def test_headings_contents_and_recitals_are_no_sentences(line: str) -> None:
    assert sentences(f"{line}\n\nThe tenant pays the rent in advance.", "duties of the tenant") == [
        "The tenant pays the rent in advance."
    ]


def test_a_german_sentence_is_no_heading_for_all_its_capitals() -> None:
    text = "Der Mieter zahlt dem Vermieter Miete, Strom und Wasser."

    assert sentences(text, "Miete") == [text]


def test_a_sentence_in_a_script_without_capitals_is_no_heading() -> None:
    text = "המועצה החליטה לתקן את הגג השנה."

    assert sentences(text, "הגג") == [text]


def test_what_an_abbreviation_parted_is_one_sentence() -> None:
    street = "Die Halle in der Mühlstr. 12 ist seit Mai vermietet."
    assert sentences(street, "Halle") == [street]
    text = "The store at 4 Mill Blvd. Suite 9 belongs to the town. It is dry all year round."

    assert sentences(text, "store") == [
        "The store at 4 Mill Blvd. Suite 9 belongs to the town.",
        "It is dry all year round.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "So {vocalsound} the roof {disfmarker} the roof of the hall {disfmarker} leaks .",
        "Uh the the roof is uh w worse than last year .",
        "Yeah , okay , um , the roof leaks .",
        "And the whole roof of the hall, I think, is—",
    ],
)
def test_talk_that_stumbles_or_breaks_off_is_not_quoted(text: str) -> None:
    assert sentences(
        f"{text}\n\nThe weather was good on every day of the month.", "the roof of the hall"
    ) == ["The weather was good on every day of the month."]


def test_a_small_stumble_costs_little_and_stays_as_it_was_said() -> None:
    said = "The roof of the hall leaks , um , in two places and needs new slates before the winter ."

    assert sentences(said, "roof") == [said]


@pytest.mark.parametrize(
    "written",
    [
        "Wir treffen uns um 18 Uhr am Dach, um die Schäden zu prüfen.",
        "The form has [●] for the date and [Name] for the tenant.",
        "The house on the hill is very old, and it is let to nobody.",
    ],
)
def test_a_written_sentence_is_fluent(written: str) -> None:
    assert fluency(written) == 1


def test_a_question_comes_after_statements_unless_questions_are_asked_for() -> None:
    text = "Does the roof of the hall leak again? The roof of the hall leaks again."

    assert sentences(text, "roof of the hall", 1) == ["The roof of the hall leaks again."]
    assert sentences(text, "questions on the roof of the hall", 1) == [
        "Does the roof of the hall leak again?"
    ]


def test_questions_asked_of_documents_that_hold_none_are_looked_for_by_their_words() -> None:
    settings = BulletsSettings()

    value = Bullets().draft_offline("Questions on the rent of 900 euros", settings, DocumentFinder([LEASE]))

    assert [item.text for item in value.items] == [
        "The tenant shall pay a rent of 900 euros on the first day of each month."
    ]


def test_a_word_for_the_form_counts_where_it_is_all_that_is_asked() -> None:
    scores = DocumentFinder(["The table in the hall is broken. The lamp is new."]).nearest(
        "", ["Table", "Roof"]
    )

    assert scores[0] > scores[1] == 0


def test_the_meaning_of_a_term_comes_last() -> None:
    text = '"Roof" means the roof of the hall as it stands now. The roof of the hall needs new slates.'

    assert sentences(text, "roof of the hall", 1) == ["The roof of the hall needs new slates."]


def test_a_document_may_have_another_word_for_what_is_asked() -> None:
    value = Bullets().draft_offline("How it ends", BulletsSettings(), DocumentFinder([LEASE]))

    assert [item.text for item in value.items] == [
        "Either side may terminate this lease with three months' written notice."
    ]


def test_points_that_may_be_none_are_only_what_is_near() -> None:
    settings = BulletsSettings(max_items=6)
    value = Bullets().draft_offline("Payments Who pays whom and when", settings, DocumentFinder([LEASE]))

    assert [item.text for item in value.items] == [
        "The tenant shall pay a rent of 900 euros on the first day of each month."
    ]


def test_points_that_nothing_is_near_are_refused_and_asked_for_points_are_offered() -> None:
    about = "Insurance against fire and flood"

    with pytest.raises(UnreadableAnswer):
        Bullets().draft_offline(about, BulletsSettings(), DocumentFinder([LEASE]))
    assert Bullets().draft_offline(about, BulletsSettings(min_items=1), DocumentFinder([LEASE])).items


def test_a_text_keeps_its_nearest_sentence_when_room_is_short() -> None:
    settings = LongTextSettings(max_words=14)
    kind = LongText()

    value = kind.draft_offline("the written notice to terminate", settings, DocumentFinder([LEASE]))

    assert kind.text(value) == "Either side may terminate this lease with three months' written notice."


@pytest.mark.parametrize("name", ["Party", "Parties", "Role", "Company", "Vertragspartei", "Owner"])
def test_a_column_for_a_name_never_takes_a_sentence(name: str) -> None:
    assert rows(LEASE, "the landlord and the tenant", WantedColumn(name), WantedColumn("Share")) == []
    assert rows(LEASE, "the landlord and the tenant", WantedColumn(name)) == []


def test_a_table_without_a_row_says_so() -> None:
    columns = [Column(name="Party"), Column(name="Role")]
    finder = DocumentFinder([LEASE])
    least = TableSettings(columns=columns, min_rows=2)

    with pytest.raises(UnreadableAnswer):
        Table().draft_offline("the parties", TableSettings(columns=columns), finder)
    assert Table().problems(Table().draft_offline("the parties", least, finder), least)


def test_a_table_of_dates_takes_sentences_that_hold_one_and_gives_it_as_it_stands() -> None:
    found = rows(
        LEASE,
        "Every date and period that binds a side",
        WantedColumn("Matter"),
        WantedColumn("Date or period", about="as the contract says it"),
    )

    assert found == [
        ["The landlord lets the annex to the tenant for five years.", "five years"],
        ["Either side may terminate this lease with three months' written notice.", "three months"],
        ["The lease begins on 1 May 2026.", "1 May 2026"],
    ]


def test_the_date_may_stand_first() -> None:
    found = rows(LEASE, "when the lease begins", WantedColumn("Date", type="date"), WantedColumn("Event"))

    assert found == [["1 May 2026", "The lease begins on 1 May 2026."]]


def test_a_table_of_dates_is_empty_where_no_sentence_holds_one() -> None:
    text = "The landlord lets the annex to the tenant. The dates and periods stand in another letter."

    assert rows(text, "dates and periods", WantedColumn("Matter"), WantedColumn("Due", type="date")) == []


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("It ends after sixty (60) days or on June 1,1999.", ["sixty (60) days", "June 1,1999"]),
        ("A 30-day notice, then another 30-day notice.", ["30-day"]),
        (
            "Die Frist beträgt drei volle Monate zum 31. Dezember 2026.",
            ["drei volle Monate", "31. Dezember 2026"],
        ),
        ("In the second year 3,000 chairs were sold at 10.30 am, 2 of 3 blue.", []),
        ("Within ten (10) business days of the call.", ["ten (10) business days"]),
    ],
)
def test_periods_are_found_in_the_words_of_the_sentence(sentence: str, periods: list[str]) -> None:
    assert find_periods(sentence) == periods


def test_those_who_speak_stand_in_a_table_of_names_with_the_best_of_what_they_say() -> None:
    found = rows(
        MEETING,
        "Everyone who speaks",
        WantedColumn("Name"),
        WantedColumn("Office"),
        WantedColumn("Main point", about="in one short sentence"),
    )

    assert found == [
        [
            "Ann Lee",
            "chair",
            "The lease of the annex ends in June and we have to find another store for the chairs.",
        ],
        [
            "Tom Berg",
            "",
            "The roof of the hall leaks badly and the slates have to be replaced before the winter.",
        ],
    ]


def test_no_speaker_stands_twice_and_no_more_than_were_asked_for() -> None:
    finder = DocumentFinder([MEETING, MEETING])
    name = [WantedColumn("Name")]

    assert finder.rows(name, "Everyone who speaks", 9) == [["Ann Lee"], ["Tom Berg"]]
    assert finder.rows(name, "Everyone who speaks", 1) == [["Ann Lee"]]


def test_names_that_few_lines_begin_with_are_no_speakers() -> None:
    text = (
        LEASE.replace(". ", ".\n\n") + "\n\nNote: none.\n\nNote: see above.\n\nSource: us.\n\nSource: them."
    )

    assert rows(text, "Everyone who speaks", WantedColumn("Name"), WantedColumn("Main point")) == []


def test_speakers_are_not_taken_for_other_people() -> None:
    assert rows(MEETING, "Everyone who lives here", WantedColumn("Name"), WantedColumn("Born")) == []
