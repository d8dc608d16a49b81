r"""Rich text files (.rtf)."""

from contextlib import suppress

import pytest

from generation.documents.passages import UnreadableDocument
from generation.documents.pipe_tables import tables_in
from tests.generation.documents.conftest import Read, quotes

START = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}"


def rtf(text: str) -> bytes:
    return (START + text + "}").encode("latin-1")


def test_headings_are_known_by_their_style(read: Read) -> None:
    styles = r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2 heading 2;}}"
    document = read("a.rtf", rtf(styles + r"\pard\s1 Minutes\par\pard\s2 Actions\par\pard Pay.\par"))
    assert quotes(document) == ["# Minutes", "## Actions", "Pay."]
    assert document.passages[-1].place.headings == ("Minutes", "Actions")


def test_lists_are_lists_whether_native_or_written_out(read: Read) -> None:
    native = r"\pard{\listtext 1.\tab}\ls1\ilvl0 Rent\par\pard{\listtext a.\tab}\ls1\ilvl1 May\par"
    assert read("a.rtf", rtf(native)).text == "- Rent\n  - May"
    assert read("a.rtf", rtf(r"\pard\bullet\tab Rent\par\pard 2.\tab Heat\par")).text == "- Rent\n- Heat"


def test_letters_of_code_pages_fonts_and_unicode_are_read(read: Read) -> None:
    text = r"Gr\'fc\'dfe {\f1 \'cf\'f0\'ee} \u26481 ?\u20140\'3f \uc0\u8364 5 \emdash  \u-10179 ?\u-8704 ?"
    assert read("a.rtf", rtf(text)).text.startswith("Grüße Про 東京 €5 —")


def test_a_letter_beyond_sixteen_bits_is_joined(read: Read) -> None:
    assert read("a.rtf", rtf(r"\u-10179?\u-8704?")).text == "\U0001f600"


def test_hidden_and_deleted_text_and_headers_are_left_out(read: Read) -> None:
    text = r"{\header Draft}Seen{\v secret}{\deleted old}{\*\unknown nothing}{\pict 0102ff}.\par"
    assert read("a.rtf", rtf(text)).text == "Seen."


def test_a_link_is_its_words_and_not_its_address(read: Read) -> None:
    text = r'See {\field{\*\fldinst HYPERLINK "http://example.org"}{\fldrslt the lease}}.'
    assert read("a.rtf", rtf(text)).text == "See the lease."


def test_a_note_follows_its_paragraph(read: Read) -> None:
    assert quotes(read("a.rtf", rtf(r"Rent{\footnote\pard By lease.} is due.\par End\par"))) == [
        "Rent[1] is due.",
        "[1] By lease.",
        "End",
    ]


def test_a_table_is_a_table_with_wide_and_tall_cells_repeated(read: Read) -> None:
    text = (
        r"\trowd\cellx2000\cellx3000\pard\intbl Who\cell When\cell\row"
        r"\trowd\clvmgf\cellx1000\cellx2000\cellx3000\pard\intbl North\cell Ann\cell May\cell\row"
        r"\trowd\clvmrg\cellx1000\cellx2000\cellx3000\pard\intbl\cell Bob\par Eve\cell June\cell\row"
        r"\pard After\par"
    )
    document = read("a.rtf", rtf(text))
    (table,) = tables_in(document.text)
    assert table.header == ("Who", "Who", "When")
    assert table.rows == (("North", "Ann", "May"), ("North", "Bob\nEve", "June"))
    assert quotes(document)[-1] == "After"


def test_a_figure_over_several_columns_stands_once(read: Read) -> None:
    text = (
        r"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl Item\cell May\cell June\cell\row"
        r"\trowd\cellx1000\cellx3000\pard\intbl Rent\cell 1200\cell\row"
    )
    (table,) = tables_in(read("a.rtf", rtf(text)).text)
    assert table.rows == (("Rent", "1200", ""),)


def test_a_table_in_a_cell_is_the_text_of_that_cell(read: Read) -> None:
    nested = (
        r"\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}{\nonesttables\par}"
    )
    start = r"\trowd\cellx1000\cellx2000\pard\intbl a\cell\pard\intbl "
    text = start + nested + r"\pard\intbl\itap1 z\cell\row\pard End\par"
    assert "| a | x \\| y<br>z |" in read("a.rtf", rtf(text)).text


@pytest.mark.parametrize(
    "text", ["{" * 50_000, "}" * 50_000, r"\cell" * 5000, r"\u1 ?" * 5000, r"\itap9 x\par" * 99]
)
def test_senseless_files_end_in_a_text_or_a_sentence(read: Read, text: str) -> None:
    with suppress(UnreadableDocument):
        assert read("a.rtf", rtf(text)).passages
