"""Delimited text: delimiters, encodings and row numbers."""

import pytest

from generation.documents.passages import Place
from generation.documents.pipe_tables import tables_in
from tests.generation.documents.conftest import Read


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read: Read, delimiter: str) -> None:
    rows = [["Name", "Town"], ["Ann", "Basel"], ["Bob", "Bern"]]
    document = read("people.csv", "\r\n".join(delimiter.join(row) for row in rows))
    assert document.text == "| Name | Town |\n| --- | --- |\n| Ann | Basel |\n| Bob | Bern |"


def test_a_european_export_with_decimal_commas_keeps_its_columns(read: Read) -> None:
    table = tables_in(read("a.csv", "Posten;Betrag\nMiete;1.200,50\nStrom;80,10\n").text)[0]
    assert table.rows == (("Miete", "1.200,50"), ("Strom", "80,10"))


def test_a_line_that_names_the_delimiter_is_not_a_row(read: Read) -> None:
    document = read("a.csv", "sep=;\r\nItem;Cost\r\nRent;5\r\n")
    assert tables_in(document.text)[0].header == ("Item", "Cost")
    assert document.passages[0].place == Place(first_row=2, last_row=3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(read: Read, encoding: str) -> None:
    assert "Müller – 5 €" in read("a.csv", "Name,Note\nMüller – 5 €,x\n".encode(encoding)).text


def test_a_guessed_encoding_is_told(read: Read) -> None:
    assert "Windows-1252" in read("a.csv", "Name,Town\nMüller,Köln\n".encode("cp1252")).warnings[0]


def test_a_quoted_field_may_hold_delimiters_and_line_breaks(read: Read) -> None:
    table = tables_in(read("a.csv", 'Name,Note\nAnn,"first, then\nsecond"\n').text)[0]
    assert table.rows == (("Ann", "first, then\nsecond"),)


def test_a_field_longer_than_the_usual_limit_is_read(read: Read) -> None:
    assert len(read("a.csv", f"Name,Note\nAnn,{'long ' * 40_000}\n").text) > 190_000


def test_rows_of_unequal_length_are_filled_up(read: Read) -> None:
    table = tables_in(read("a.csv", "a,b,c\n1,2\n1,2,3\n").text)[0]
    assert table.rows == (("1", "2", ""), ("1", "2", "3"))


def test_a_short_row_stays_in_its_columns_where_others_are_dropped(read: Read) -> None:
    document = read("a.csv", ",Name,Town\n,Ann\n,Bob,Bern\n")
    assert tables_in(document.text)[0].rows == (("Ann", ""), ("Bob", "Bern"))


def test_tab_separated_files_are_accepted(read: Read) -> None:
    assert read("a.tsv", "Name\tTown\nAnn\tBasel, Bern\n").tables == 1


def test_lines_that_end_with_a_return_alone_are_rows(read: Read) -> None:
    assert tables_in(read("a.csv", b"Item,Cost\rRent,5\rHeat,6\r").text)[0].rows == (
        ("Rent", "5"),
        ("Heat", "6"),
    )


def test_a_long_table_stays_one_and_keeps_the_columns_that_begin_late(read: Read) -> None:
    rows = [f"{number},a,,{'late' if number == 4990 else ''}" for number in range(5000)]
    document = read("a.csv", "\n".join(["Number,Letter,None,Note", *rows]))
    (table,) = tables_in(document.text)
    assert len(table.rows) == 5000
    assert table.rows[4990] == ("4990", "a", "", "late")
    assert document.passages[-1].place == Place(first_row=5001, last_row=5001)
