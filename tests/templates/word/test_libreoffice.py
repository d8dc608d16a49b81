"""A written file as LibreOffice shows it, and as other programs count it."""

import shutil
from pathlib import Path

import pypdfium2
import pytest

from templates.blocks.long_text import LongText, LongTextSettings
from templates.word.body import Body, Run
from templates.word.write import write_word
from tests.bench.word_export.contenders import write_with_fill
from tests.bench.word_export.content import Size, make_sections, stored_blocks
from tests.templates.word.readers import (
    convert,
    count_by_libreoffice,
    count_by_pandoc,
    count_by_python_docx,
)

SMALL = Size(sections=3, headings=2, paragraphs=4, bullets=11, rows=5)


def rich_sample() -> Body:
    body = Body()
    body.paragraph([Run("Assessment of the library programme")], "Title")
    body.note("Written without a language model.")
    body.heading("Summary")
    body.paragraph([Run("Spending stayed "), Run("below the ceiling", bold=True), Run(".")])
    for start in (1, 7):
        items = body.new_list(ordered=True, start=start)
        body.list_item([Run("Publish the draft")], 0, items)
        body.list_item([Run("Decide")], 0, items)
    rows = [[f"Branch {n}", f"{n * 1000:,}"] for n in range(60)]
    body.table(["Branch", "Readers"], rows, right=[1])
    return body


def pdf_pages(data: bytes, folder: Path) -> list[str]:
    document = pypdfium2.PdfDocument(convert(data, folder, "pdf"))
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.mark.service("libreoffice")
def test_a_rich_sample_opens_with_all_its_text(tmp_path: Path) -> None:
    pages = pdf_pages(write_word(rich_sample(), title="Library programme"), tmp_path)
    text = "\n".join(pages)
    for expected in ("Assessment of the library", "Written without", "below the ceiling", "1.", "7.", "8."):
        assert expected in text
    assert "Page 1 of 2" in pages[0]
    assert "Library programme" in pages[1]
    assert all("Readers" in page for page in pages), "the header row repeats on every page"
    assert "Branch 59" in pages[1]


def small_report() -> bytes:
    return write_with_fill(stored_blocks(make_sections(SMALL)))


def test_python_docx_finds_all_that_was_written() -> None:
    assert count_by_python_docx(small_report()) == SMALL.counts


@pytest.mark.service("libreoffice")
def test_libreoffice_finds_all_that_was_written(tmp_path: Path) -> None:
    assert count_by_libreoffice(small_report(), tmp_path) == SMALL.counts


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed here")
def test_pandoc_finds_all_that_was_written() -> None:
    assert count_by_pandoc(small_report()) == SMALL.counts


@pytest.mark.service("libreoffice")
def test_lists_nest_restart_and_start_where_they_are_told(tmp_path: Path) -> None:
    markdown = """
- bullet
  - bullet below
    - bullet deepest
- bullet again

one

1. first
2. second
   1. inner first
   2. inner second
      1. deepest first
3. third
   1. inner again

two

1. restarted

three

3. from three
4. and four
   - a bullet in four
5. and five
"""
    body = Body()
    long_text = LongText()
    settings = LongTextSettings()
    long_text.write_word(long_text.read_answer(markdown, settings), settings, body)
    text = "\n".join(pdf_pages(write_word(body, title="Lists"), tmp_path))
    seen = [" ".join(line.split()) for line in text.splitlines()]
    wanted = (
        "• bullet, – bullet below, ▪ bullet deepest, • bullet again, one, 1. first, 2. second, "
        "a. inner first, b. inner second, i. deepest first, 3. third, a. inner again, two, 1. restarted, "
        "three, 3. from three, 4. and four, – a bullet in four, 5. and five"
    )
    assert ", ".join(seen).startswith(wanted)
