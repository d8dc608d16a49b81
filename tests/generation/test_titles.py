"""The title that a report's documents suggest."""

from typing import Any

import pytest

from generation.titles import Titled, suggest_title
from tests.factories import make_body

SLOTS: list[dict[str, Any]] = [
    {"key": "agenda", "name": "Agenda"},
    {"key": "transcript", "name": "Transcript", "required": True},
    {"key": "visit", "name": "Visit note"},
]


def suggest(*documents: Titled, name: str = "Meeting minutes") -> str:
    return suggest_title(make_body(name=name, documents=SLOTS), documents)


def subject(text: str, name: str = "scan0001.pdf", slot: str = "transcript") -> str:
    return suggest(Titled(name, text, slot)).removesuffix(" – Meeting minutes")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Library Committee: transcript\n\nBrackwell Town Council", "Library Committee"),
        ("# Visit note: Edwin Tarrow\n\nFlat 3, 40 Millrace Road.", "Edwin Tarrow"),
        ("[page 1]\n\nWexcombe Housing Fund\nApplication form", "Wexcombe Housing Fund"),
        ("TRANSCRIPT\nBoard of 3 February", "Board of 3 February"),
        ("TANNERY COURT BOARD\nRecording", "Tannery Court Board"),
        ("[sheet Summary]\n\nKestrane Pumps Ltd: annual figures", "Kestrane Pumps Ltd"),
        ("Parish council – notes of a talk – Ann", "Parish council – notes of a talk – Ann"),
        ("**Alder Street 9**\n\nThe roof leaks.", "Alder Street 9"),
        ("From: Ann, to Bob\nSubject: the roof", ""),
        ("Dear Ms Hartnoll,\n\nThank you.", ""),
        ("| Item | Cost |\n| --- | --- |\n| Roof | 3 |", ""),
        ("We met on Tuesday and talked for a long time about the roof.", ""),
        ("12.03.2026\n14/07", ""),
        ("", ""),
    ],
)
def test_a_document_is_called_what_it_calls_itself(text: str, wanted: str) -> None:
    assert subject(text) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Hartnoll_application-final (2).pdf", "Hartnoll"),
        ("2026-03-12_Transcript_Alder Street_v2.docx", "Alder Street"),
        ("BrackwellTownCouncil.docx", "Brackwell Town Council"),
        ("scan0001.pdf", ""),
        ("IMG_2041.pdf", ""),
        ("Transcript final.docx", ""),
        ("12-03-2026.txt", ""),
        ("…", ""),
        ("", ""),
    ],
)
def test_where_the_text_has_no_title_the_file_name_speaks(name: str, wanted: str) -> None:
    assert subject("She said that she would come.", name) == wanted


def test_the_name_of_the_template_follows() -> None:
    assert (
        suggest(Titled("a.pdf", "Library Committee", "transcript")) == "Library Committee – Meeting minutes"
    )


def test_it_does_not_follow_where_the_title_says_it_already() -> None:
    assert suggest(Titled("a.pdf", "Minutes of the meeting of 3 May")) == "Minutes of the meeting of 3 May"


def test_a_required_document_speaks_first_whatever_the_order() -> None:
    agenda = Titled("agenda.pdf", "Brackwell Town Council", "agenda")
    transcript = Titled("transcript.docx", "Library Committee", "transcript")
    other = Titled("other.docx", "Something else")

    assert suggest(other, agenda, transcript) == suggest(transcript, agenda, other)
    assert suggest(other, agenda, transcript).startswith("Library Committee")


def test_where_no_document_says_anything_nothing_is_suggested() -> None:
    assert suggest(Titled("scan.pdf", ""), Titled("table.csv", "| a |")) == ""
    assert suggest() == ""


@pytest.mark.parametrize(
    "text", ["\x00" * 50, "#" * 5000, ":" * 5000, "a" * 100_000, "\n" * 9000, " - " * 999]
)
def test_no_text_breaks_it(text: str) -> None:
    assert len(suggest(Titled("x" * 300, text))) < 255
