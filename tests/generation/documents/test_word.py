"""Word files: headings, lists and tables as Markdown, under their headings."""

from io import BytesIO

import docx
import pytest

from generation.documents.passages import UnreadableDocument, describe_place
from generation.documents.pipe_tables import tables_in
from tests.generation.documents.conftest import Read, quotes
from tests.templates.word.files import paragraph, word_file


def write_docx(rows: int = 2) -> bytes:
    document = docx.Document()
    document.add_heading("Minutes", 1)
    document.add_paragraph("The committee met.")
    document.add_heading("Actions", 2)
    document.add_paragraph("Pay the rent", style="List Bullet")
    document.add_paragraph("Ask Bob", style="List Bullet")
    table = document.add_table(rows, 2)
    for row in table.rows:
        row.cells[0].text, row.cells[1].text = "Item", "a|b"
    document.add_paragraph("End.")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_word_file_becomes_markdown(read: Read) -> None:
    assert quotes(read("a.docx", write_docx())) == [
        "# Minutes",
        "The committee met.",
        "## Actions",
        "- Pay the rent\n- Ask Bob",
        "| Item | a\\|b |\n| --- | --- |\n| Item | a\\|b |",
        "End.",
    ]


def test_a_passage_knows_the_headings_over_it(read: Read) -> None:
    places = [describe_place(passage.place) for passage in read("a.docx", write_docx()).passages]
    assert places[1] == "Minutes"
    assert places[-1] == "Minutes › Actions"


def test_a_long_table_is_several_passages_and_one_table(read: Read) -> None:
    document = read("a.docx", write_docx(rows=90))
    (table,) = tables_in(document.text)
    assert (len(table.rows), document.tables, len(document.passages)) == (89, 1, 8)


def test_merged_cells_are_not_repeated_along_their_row(read: Read) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, texts in zip(
        table.rows, [("Item", "May", "June"), ("Rent", "5", "5"), ("", "", "")], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(2, 0).merge(table.cell(2, 2)).text = "A remark that runs along the whole row of the table"
    file = BytesIO()
    document.save(file)
    (found,) = tables_in(read("a.docx", file.getvalue()).text)
    assert found.rows == (("Rent", "5", "5"), ("A remark that runs along the whole row of the table", "", ""))


def test_a_column_that_repeats_the_one_before_is_left_out(read: Read) -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    for row in range(2):
        table.cell(row, 0).merge(table.cell(row, 1)).text = f"Name {row}"
        table.cell(row, 2).text = f"Role {row}"
    file = BytesIO()
    document.save(file)
    (found,) = tables_in(read("a.docx", file.getvalue()).text)
    assert (found.header, found.rows) == (("Name 0", "Role 0"), (("Name 1", "Role 1"),))


def test_a_locked_office_file_asks_for_a_copy_without_password(read: Read) -> None:
    locked = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    for name in ("a.docx", "a.xlsx"):
        with pytest.raises(UnreadableDocument, match=f"“{name}” is protected with a password"):
            read(name, locked)


def test_a_broken_word_file_is_called_damaged(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match=r"“a.docx” cannot be read\. The file is damaged"):
        read("a.docx", write_docx()[:2000])


def write_merged(rows: list[list[str]], *merges: tuple[int, int, int, int]) -> bytes:
    """A table of these rows; each merge is a first row and column and a last row and column."""
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for top, left, bottom, right in merges:
        kept = rows[top][left]
        table.cell(top, left).merge(table.cell(bottom, right)).text = kept
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_merged_figure_is_not_multiplied(read: Read) -> None:
    file = write_merged(
        [["Item", "May", "June"], ["Rent", "500", ""], ["Heat", "80", ""]], (1, 1, 1, 2), (1, 0, 2, 0)
    )
    (found,) = tables_in(read("a.docx", file).text)
    assert found.rows == (("Rent", "500", ""), ("Rent", "80", ""))


def test_equal_figures_in_cells_of_their_own_are_kept(read: Read) -> None:
    (found,) = tables_in(read("a.docx", write_merged([["A", "B"], ["0", "0"], ["7", "7"]])).text)
    assert (found.header, found.rows) == (("A", "B"), (("0", "0"), ("7", "7")))


def test_a_title_over_the_whole_table_stands_once(read: Read) -> None:
    file = write_merged([["Costs", "", ""], ["Rent", "5", "6"]], (0, 0, 0, 2))
    assert read("a.docx", file).text.count("Costs") == 1


def test_a_heading_is_found_by_the_number_word_shows(read: Read) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="4"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="§ %1"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    list_place = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    heading = paragraph("Costs", f'{list_place}<w:outlineLvl w:val="0"/>')
    file = word_file(heading + paragraph("Rent", list_place), numbering=numbering).getvalue()
    document = read("a.docx", file)
    assert quotes(document) == ["# § 4 Costs", "§ 5 Rent"]
    assert document.passages[1].place.headings == ("§ 4 Costs",)


def test_what_was_left_out_is_a_warning(read: Read) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
    document = read("a.docx", word_file(paragraph("seen") + f"<w:p>{hidden}</w:p>").getvalue())
    assert document.warnings == ("The file holds hidden text, which was left out.",)
