"""Guessing which of a template's documents a file is, by its name, else by its first lines."""

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from generation.guesses import guess_slots
from templates.body import TemplateBody, read_body
from tests.factories import make_body

DEMO = Path(__file__).parents[2] / "fillapp" / "demo"
SETS = [path.parent for path in sorted(DEMO.glob("*/*/set.yaml"))]
MINUTES: list[dict[str, Any]] = [
    {"key": "transcript", "name": "Transcript", "required": True},
    {"key": "agenda", "name": "Agenda", "hint": "the notice of the meeting"},
    {"key": "papers", "name": "Budget or spending sheet"},
]


def guess(*names: str, documents: list[dict[str, Any]] = MINUTES) -> list[str]:
    return guess_slots(make_body(documents=documents), names)


def guess_texts(*files: tuple[str, str], documents: list[dict[str, Any]] = MINUTES) -> list[str]:
    names, texts = zip(*files, strict=True)
    return guess_slots(make_body(documents=documents), names, texts)


def body_of(template: Path) -> TemplateBody:
    return read_body(yaml.safe_load(template.read_text(encoding="utf-8")))


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_the_files_of_a_demo_set_are_guessed_right_in_any_order(folder: Path) -> None:
    body = body_of(folder.parent / "template.yaml")
    said = yaml.safe_load((folder / "set.yaml").read_text(encoding="utf-8"))["documents"]
    wanted = {
        name: slot for slot, files in said.items() for name in (files if isinstance(files, list) else [files])
    }

    for names in permutations(wanted):
        assert dict(zip(names, guess_slots(body, names), strict=True)) == wanted


@pytest.mark.parametrize(
    ("name", "slot"),
    [
        ("transcript.docx", "transcript"),
        ("2026-03-12_Transcripts_final.txt", "transcript"),
        ("AGENDA 12 March.pdf", "agenda"),
        ("CommitteeAgenda2026.pdf", "agenda"),
        ("budget2026.xlsx", "papers"),
        ("Notice.html", "agenda"),
    ],
)
def test_a_name_that_speaks_for_a_document_is_that_document(name: str, slot: str) -> None:
    documents = [one | {"required": False} for one in MINUTES]

    assert guess(name, documents=documents) == [slot]


def test_one_file_of_any_name_is_the_one_required_document() -> None:
    assert guess("scan0001.pdf") == ["transcript"]


def test_a_required_document_takes_what_only_a_hint_speaks_for() -> None:
    assert guess("meeting.docx") == ["transcript"]


def test_a_file_that_nothing_speaks_for_is_left_open() -> None:
    assert guess("transcript.txt", "scan0001.pdf") == ["transcript", ""]


def test_the_stronger_match_wins_whatever_the_order() -> None:
    documents = [{"key": "a", "name": "Annual figures"}, {"key": "b", "name": "Figures of the market"}]

    assert guess("market-figures.pdf", "figures-annual.csv", documents=documents) == ["b", "a"]


def test_several_files_may_be_one_document() -> None:
    assert guess("transcript-1.txt", "transcript-2.txt") == ["transcript", "transcript"]


def test_words_that_any_name_may_hold_speak_for_nothing() -> None:
    documents = [{"key": "supporting", "name": "Supporting documents", "hint": "and the several files"}]

    assert guess("the document and file final.pdf", documents=documents) == [""]


@pytest.mark.parametrize("names", [[], [""], ["."], ["…"], ["a" * 5000], ["\ufffd\n"]])
def test_no_name_breaks_the_guess(names: list[str]) -> None:
    assert len(guess(*names)) == len(names)


def test_where_the_name_says_nothing_the_first_lines_do() -> None:
    files = (
        (
            "scan0001.pdf",
            "[page 1]\n\nBrackwell Town Council\nLibrary Committee: agenda\nMembers are summoned",
        ),
        ("scan0002.pdf", "Library Committee: transcript\n\nCouncil Chamber, Thursday 12 March 2026"),
        ("Book1.xlsx", "[sheet Tabelle1]\n\nLibrary budget 2026/27\nAmounts in pounds."),
    )

    assert guess_texts(*files) == ["agenda", "transcript", "papers"]


def test_a_name_that_speaks_is_believed_before_any_text() -> None:
    files = (("scan0001.pdf", "Agenda"), ("agenda.pdf", "Transcript of the meeting"))
    documents = [one | {"required": False} for one in MINUTES]

    assert guess_texts(*files, documents=documents) == ["", "agenda"]


def test_a_file_whose_text_says_that_it_is_another_document_is_not_the_required_one() -> None:
    assert guess_texts(("scan0001.pdf", "Agenda of the meeting")) == ["agenda"]


def test_one_word_of_a_hint_in_a_text_says_nothing() -> None:
    documents = [{"key": "a", "name": "Annex", "hint": "the notice of the meeting"}]

    assert guess_texts(("scan.pdf", "We met at a meeting"), documents=documents) == [""]
    assert guess_texts(("scan.pdf", "Notice of meeting"), documents=documents) == ["a"]


def test_what_stands_further_down_in_a_text_says_nothing() -> None:
    lines = "\n".join(f"Line {number} of a letter" for number in range(20))
    documents = [one | {"required": False} for one in MINUTES]

    assert guess_texts(("scan.pdf", f"{lines}\nagenda"), documents=documents) == [""]


def test_a_template_without_documents_has_nothing_to_guess() -> None:
    assert guess("transcript.txt", documents=[]) == [""]
