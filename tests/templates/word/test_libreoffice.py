"""A written file as LibreOffice shows it."""

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from templates.word.body import Body, Run
from templates.word.write import write_word


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
    (folder / "sample.docx").write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "sample.docx",
        ],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=120,
    )
    document = pypdfium2.PdfDocument(folder / "sample.pdf")
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.mark.service("libreoffice")
def test_a_rich_sample_opens_with_all_its_text(tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed.")
    pages = pdf_pages(write_word(rich_sample(), title="Library programme"), tmp_path)
    text = "\n".join(pages)
    for expected in ("Assessment of the library", "Written without", "below the ceiling", "1.", "7.", "8."):
        assert expected in text
    assert "Page 1 of 2" in pages[0]
    assert "Library programme" in pages[1]
    assert all("Readers" in page for page in pages), "the header row repeats on every page"
    assert "Branch 59" in pages[1]
