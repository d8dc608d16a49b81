"""PDF files: pages, paragraphs, and what a page without text says."""

import pytest

from generation.documents.passages import UnreadableDocument
from tests.generation.documents.conftest import Read, quotes
from tests.generation.documents.tiny_pdf import write_pdf

PAGES = [["The budget was agreed."], [], ["The lease was deferred."]]


def test_every_passage_knows_its_page(read: Read) -> None:
    document = read("minutes.pdf", write_pdf(PAGES))
    assert [passage.place.page for passage in document.passages] == [1, 3]
    assert quotes(document) == ["The budget was agreed.", "The lease was deferred."]


def test_the_text_shows_where_pages_begin(read: Read) -> None:
    text = read("minutes.pdf", write_pdf(PAGES)).text
    assert text == "[page 1]\n\nThe budget was agreed.\n\n[page 3]\n\nThe lease was deferred."


def test_pages_in_are_compared_with_pages_that_gave_text(read: Read) -> None:
    document = read("minutes.pdf", write_pdf(PAGES))
    assert (document.pages, document.pages_with_text) == (3, 2)
    assert document.warnings == ("Page 2 holds no text; it may be a scan.",)


def test_many_pages_without_text_are_named_in_one_sentence(read: Read) -> None:
    document = read("minutes.pdf", write_pdf([["One."], [], ["Three."], [], [], []]))
    assert document.warnings == ("Pages 2, 4–6 hold no text; they may be scans.",)


def test_a_pdf_of_scans_says_so(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match=r"“scan.pdf” holds no text; it may be a scan"):
        read("scan.pdf", write_pdf([[], []]))


def test_one_bad_page_is_a_warning_and_the_others_are_read(read: Read) -> None:
    document = read("minutes.pdf", write_pdf([["The budget was agreed."]], missing_pages=1))
    assert quotes(document) == ["The budget was agreed."]
    assert document.warnings == ("Page 2 could not be read; the file may be damaged there.",)


def test_a_short_line_that_ends_a_sentence_ends_a_paragraph(read: Read) -> None:
    lines = [
        "The committee met in the town hall to agree",
        "the budget.",
        "It then turned to the lease of the old",
    ]
    assert quotes(read("minutes.pdf", write_pdf([lines]))) == ["\n".join(lines[:2]), lines[2]]


def test_short_list_items_stay_together_in_one_passage(read: Read) -> None:
    lines = ["The following was agreed at the meeting", "1. Pay the rent.", "2. Ask for quotes."]
    assert quotes(read("minutes.pdf", write_pdf([lines]))) == [lines[0], "\n".join(lines[1:])]


def test_a_hyphenated_word_is_joined_where_it_stands_unbroken_elsewhere(read: Read) -> None:
    lines = ["The committee met to agree on an impor-", "tant matter.", "It was important."]
    assert "agree on an important\nmatter." in read("minutes.pdf", write_pdf([lines])).text


def test_a_hyphen_at_a_line_end_stays_where_the_word_is_unknown(read: Read) -> None:
    lines = ["The committee met to agree on a well-", "known matter."]
    assert "a well-\nknown matter." in read("minutes.pdf", write_pdf([lines])).text


def test_what_was_typed_into_a_form_is_read(read: Read) -> None:
    assert "Ann Miller" in read("form.pdf", write_pdf([["Name of the tenant:"]], typed="Ann Miller")).text


def test_a_locked_pdf_asks_for_a_copy_without_password(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match="protected with a password"):
        read("minutes.pdf", write_pdf(PAGES, locked=True))


def test_a_file_that_is_no_pdf_is_called_damaged(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match=r"“minutes.pdf” is damaged or is not what its ending says"):
        read("minutes.pdf", b"%PDF-1.7 and nothing after")


def test_pages_whose_letters_are_not_told_are_named(read: Read) -> None:
    document = read("minutes.pdf", write_pdf([["The budget."], ["\\001\\002 \\003\\004 \\005\\006"]]))
    assert document.warnings == (
        "Page 2 cannot be read reliably: the file does not say which letters it shows.",
    )


def test_a_page_none_of_whose_letters_has_a_name_is_left_out_and_named(read: Read) -> None:
    lost = ["\\001+HUDXVJHEHU\\002*HPHLQGHYHU\\003ZDOWXQJ"]
    document = read("paper.pdf", write_pdf([["The budget."], lost]))
    assert document.text == "[page 1]\n\nThe budget."
    assert document.pages_with_text == 1
    assert document.warnings[0].startswith(
        "Page 2 is left out: the file does not say which letters it shows."
    )


def test_a_file_without_one_named_letter_is_refused_with_what_to_do(read: Read) -> None:
    with pytest.raises(
        UnreadableDocument, match=r"does not say which letters it shows\. Run text recognition"
    ):
        read("paper.pdf", write_pdf([["\\001+HUDXVJHEHU\\002*HPHLQGHYHU\\003ZDOWXQJ"]]))
