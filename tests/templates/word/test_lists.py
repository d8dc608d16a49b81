"""The numbers Word shows before headings and list items, which stand nowhere in the text."""

import pytest

from templates.word.parts import Heading, ListItem, Part
from templates.word.read.document import read_word
from templates.word.read.numerals import write_numeral
from tests.templates.word.files import cell, paragraph, read_xml, table, word_file


def level(n: int, text: str, form: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(n: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{n}">{"".join(levels)}</w:abstractNum>'


def use(n: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{n}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def start(n: int, at: int) -> str:
    return f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="{at}"/></w:lvlOverride>'


OUTLINE = definition(1, level(0, "%1."), level(1, "%1.%2"), level(2, "(%3)", "lowerLetter"))
NUMBERING = OUTLINE + use(1, of=1) + use(2, of=1, overrides=start(0, 10)) + use(3, of=1)


def item(n: int, num: int = 1, text: str = "x") -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="{num}"/></w:numPr>')


def numbers(content: str, numbering: str = NUMBERING) -> list[str]:
    return [number_of(part) for part in read_xml(content, numbering=numbering)]


def number_of(part: Part) -> str:
    return part.number if isinstance(part, (Heading, ListItem)) else "none"


def test_items_are_numbered_as_word_shows_them() -> None:
    assert numbers(item(0) + item(1) + item(1) + item(2) + item(0) + item(1)) == [
        *("1.", "1.1", "1.2", "(a)"),
        *("2.", "2.1"),
    ]


def test_numbering_goes_on_after_other_text() -> None:
    assert numbers(item(0) + paragraph("text") + item(0)) == ["1.", "none", "2."]


def test_lists_of_one_definition_count_on_from_each_other() -> None:
    assert numbers(item(0) + item(0, num=3)) == ["1.", "2."]


def test_a_list_that_says_where_it_starts_starts_there_once() -> None:
    assert numbers(item(0) + item(0, num=2) + item(0, num=2)) == ["1.", "10.", "11."]


def test_a_level_that_was_left_out_counts_from_its_start() -> None:
    assert numbers(item(0) + item(2) + item(1)) == ["1.", "(a)", "1.2"]


def test_legal_numbering_writes_the_levels_above_in_digits() -> None:
    article = level(0, "Article %1.", "upperRoman")
    section = level(1, "Section %1.%2", "decimalZero", "<w:isLgl/>")
    legal = definition(1, article, section) + use(1, of=1)
    assert numbers(item(0) + item(0) + item(1), legal) == ["Article I.", "Article II.", "Section 2.01"]


def test_a_level_may_count_on_whatever_stands_above() -> None:
    through = definition(1, level(0, "%1."), level(1, "§ %2", more='<w:lvlRestart w:val="0"/>')) + use(
        1, of=1
    )
    assert numbers(item(0) + item(1) + item(0) + item(1), through) == ["1.", "§ 1", "2.", "§ 2"]


def test_an_empty_item_counts_though_it_is_not_shown() -> None:
    assert numbers(item(0, text="") + item(0)) == ["2."]


def test_bullets_have_no_number() -> None:
    assert numbers(item(0), definition(1, level(0, "•", "bullet")) + use(1, of=1)) == [""]


def test_headings_numbered_by_their_style_have_their_number() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    linked = definition(1, level(0, "%1"), level(1, "%1.%2", more='<w:pStyle w:val="H2"/>')) + use(1, of=1)
    content = item(0) + paragraph("Costs", '<w:pStyle w:val="H2"/>')
    found = read_word(word_file(content, numbering=linked, styles=styles))[1]
    assert (found, number_of(found)) == (Heading("Costs", 2), "1.1")


def test_a_number_in_a_cell_stands_in_its_text() -> None:
    (found,) = read_xml(
        table(cell(item(0)) + cell("a"), cell(item(0, text="")) + cell("b")), numbering=NUMBERING
    )
    assert found.rows == (("1. x", "a"), ("2.", "b"))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [
        (1999, "upperRoman", "MCMXCIX"),
        (4, "lowerRoman", "iv"),
        (5000, "upperRoman", "5000"),
        (28, "lowerLetter", "bb"),
        (999_999, "upperLetter", "999999"),
        (0, "lowerLetter", "0"),
        (7, "decimalZero", "07"),
        (112, "ordinal", "112th"),
        (22, "ordinal", "22nd"),
        (2, "russianLower", "б"),
        (21, "chineseCountingThousand", "二十一"),
        (10, "japaneseCounting", "十"),
        (3, "hebrew1", "3"),
        (3, "none", ""),
    ],
)
def test_numbers_are_written_in_words_ways_of_counting(count: int, form: str, written: str) -> None:
    assert write_numeral(count, form) == written
