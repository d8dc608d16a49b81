"""Page headers, footers and page numbers of PDF files."""

from tests.generation.documents.conftest import Read
from tests.generation.documents.drawn_pdf import DrawnPage, Text, draw_pdf

WORDS = ("budget", "lease", "roof", "garden", "library", "heating")


def make_page(number: int, *more: Text) -> DrawnPage:
    body: Text = (60, 600, f"The {WORDS[number - 1]} was agreed.")
    return [(60, 810, "Annual report of the committee"), body, (290, 30, f"Page {number}"), *more], []


def test_a_line_at_the_head_of_every_page_is_kept_once(read: Read) -> None:
    text = read("report.pdf", draw_pdf([make_page(number) for number in range(1, 7)])).text
    assert text.count("Annual report of the committee") == 1
    assert all(f"The {word} was agreed." in text for word in WORDS)


def test_numbers_that_count_the_pages_are_dropped(read: Read) -> None:
    text = read("report.pdf", draw_pdf([make_page(number) for number in range(1, 7)])).text
    assert "Page 2" not in text
    assert "[page 2]" in text


def test_a_line_that_comes_back_within_the_page_stays(read: Read) -> None:
    pages = [make_page(number, (60, 500, "Decision: approved")) for number in range(1, 7)]
    assert read("report.pdf", draw_pdf(pages)).text.count("Decision: approved") == 6


def test_different_lines_at_the_head_of_pages_stay(read: Read) -> None:
    pages: list[DrawnPage] = [
        ([(60.0, 810.0, f"On the {word}"), (60.0, 600.0, "It was agreed.")], []) for word in WORDS
    ]
    text = read("report.pdf", draw_pdf(pages)).text
    assert all(f"On the {word}" in text for word in WORDS)


def test_a_figure_at_the_head_that_does_not_count_stays(read: Read) -> None:
    pages: list[DrawnPage] = [
        ([(60.0, 810.0, f"Total {7 * number * number}"), (60.0, 600.0, "Agreed.")], []) for number in range(6)
    ]
    text = read("report.pdf", draw_pdf(pages)).text
    assert all(f"Total {7 * number * number}" in text for number in range(6))


def test_a_short_file_keeps_all_its_lines(read: Read) -> None:
    text = read("report.pdf", draw_pdf([make_page(number) for number in range(1, 4)])).text
    assert text.count("Annual report of the committee") == 3


def test_a_page_of_nothing_but_a_header_is_not_emptied(read: Read) -> None:
    pages = [make_page(number) for number in range(1, 6)]
    document = read("report.pdf", draw_pdf([*pages, ([(60, 810, "Annual report of the committee")], [])]))
    assert document.pages_with_text == 6
