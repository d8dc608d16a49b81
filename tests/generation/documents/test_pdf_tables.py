"""Tables in PDF files: found by ruling lines or by columns, and prose left alone."""

from generation.documents.passages import ReadDocument
from generation.documents.pipe_tables import tables_in
from tests.generation.documents.conftest import Read
from tests.generation.documents.drawn_pdf import Text, draw_grid, draw_pdf, lay_rows

ROWS = (
    ("Item", "Owner", "Amount"),
    ("Rent of the hall", "Miller", "1,200"),
    ("New chairs", "Jones", "340"),
    ("Heating", "Smith", "2,015"),
)
COLUMNS = (60, 220, 360)
PROSE = (
    "The committee met in the old town hall",
    "to agree the budget and to talk about",
    "the lease of the rooms over the library",
    "which had been asked for by the council",
    "in the spring and was put off until now",
    "because nobody knew what it would cost",
)


def rows_of(document: ReadDocument) -> list[tuple[tuple[str, ...], ...]]:
    return [(table.header, *table.rows) for table in tables_in(document.text)]


def test_columns_of_figures_without_rules_are_a_table(read: Read) -> None:
    document = read("budget.pdf", draw_pdf([(lay_rows(ROWS, COLUMNS), [])]))
    assert rows_of(document) == [ROWS]
    assert document.tables == 1
    assert [passage.place.page for passage in document.passages] == [1]


def test_text_before_and_after_a_table_keeps_its_place(read: Read) -> None:
    texts = [(60.0, 760.0, "The budget is:"), *lay_rows(ROWS, COLUMNS), (60.0, 600.0, "It was agreed.")]
    text = read("budget.pdf", draw_pdf([(texts, [])])).text
    assert text.index("The budget is:") < text.index("| Item |") < text.index("It was agreed.")


def test_a_table_written_column_by_column_is_read_by_rows(read: Read) -> None:
    texts = sorted(lay_rows(ROWS, COLUMNS))
    texts.sort(key=lambda text: text[0])
    assert rows_of(read("budget.pdf", draw_pdf([(texts, [])]))) == [ROWS]


def test_ruling_lines_keep_a_cell_of_two_lines_together(read: Read) -> None:
    texts = lay_rows((("Task", "Note"), ("Lease", "ask the owner"), ("", "for a new term")), (60, 220))
    grid = draw_grid((50, 210, 400), (714, 696, 660))
    found = rows_of(read("tasks.pdf", draw_pdf([(texts, grid)])))
    assert found == [(("Task", "Note"), ("Lease", "ask the owner\nfor a new term"))]


def test_a_missing_ruling_line_merges_cells(read: Read) -> None:
    texts = lay_rows((("Actions of the year", ""), ("Rent", "12"), ("Chairs", "7")), (60, 220))
    lines = [line for line in draw_grid((50, 210, 400), (714, 696, 680, 664)) if line[0] != 210]
    found = rows_of(read("tasks.pdf", draw_pdf([(texts, [*lines, (210, 696, 210, 664)])])))
    assert found == [(("Actions of the year", ""), ("Rent", "12"), ("Chairs", "7"))]


def test_prose_in_two_columns_is_no_table_and_stays_in_order(read: Read) -> None:
    left = [(60.0, 700.0 - 14 * number, line) for number, line in enumerate(PROSE)]
    right = [(310.0, y, line) for (_, y, line) in left]
    document = read("paper.pdf", draw_pdf([([*left, *right], [])]))
    assert document.tables == 0
    assert document.text.index(PROSE[-1]) < document.text.rindex(PROSE[0])


def test_a_list_is_no_table(read: Read) -> None:
    texts: list[Text] = []
    for number, line in enumerate(PROSE):
        texts += [(60, 700 - 14 * number, f"{number + 1}."), (100, 700 - 14 * number, line)]
    assert read("list.pdf", draw_pdf([(texts, [])])).tables == 0


def test_names_under_a_contract_are_no_table(read: Read) -> None:
    rows = (("By: Ann", "By: Ben"), ("Name: Ann Lee", "Name: Ben Low"), ("Title: CEO", "Title: CFO"))
    assert read("contract.pdf", draw_pdf([(lay_rows((*rows, *rows), (60, 300)), [])])).tables == 0


def test_a_frame_around_paragraphs_is_no_table(read: Read) -> None:
    texts = [(60.0, 700.0 - 14 * number, line) for number, line in enumerate(PROSE)]
    frame = draw_grid((50, 400), (720, 600))
    assert read("note.pdf", draw_pdf([(texts, frame)])).tables == 0


def test_dots_between_a_label_and_its_figure_are_left_out(read: Read) -> None:
    rows = (
        ("Outlays ........................", "1,300", "1,319"),
        ("Medicare .......................", "480", "485"),
        ("Receipts .......................", "2,303", "2,469"),
    )
    document = read("budget.pdf", draw_pdf([(lay_rows(rows, (60, 260, 360)), [])]))
    assert rows_of(document) == [
        (("Outlays", "1,300", "1,319"), ("Medicare", "480", "485"), ("Receipts", "2,303", "2,469"))
    ]


def test_a_table_written_along_the_long_side_is_read_upright(read: Read) -> None:
    document = read("budget.pdf", draw_pdf([(lay_rows(ROWS, COLUMNS, top=500), [])], turned=True))
    assert rows_of(document) == [ROWS]


def test_a_bar_in_a_cell_does_not_split_it(read: Read) -> None:
    rows = (("Item", "Owner", "Amount"), ("a|b", "Lee", "1"), ("c", "Low", "2"), ("d", "May", "3"))
    assert rows_of(read("budget.pdf", draw_pdf([(lay_rows(rows, COLUMNS), [])]))) == [rows]


def test_no_word_of_a_page_is_lost_beside_its_tables(read: Read) -> None:
    texts = [
        *lay_rows(ROWS, COLUMNS),
        (60.0, 760.0, "Budget of the hall"),
        (200.0, 692.0, "late"),
        (480.0, 650.0, "x"),
    ]
    text = read("budget.pdf", draw_pdf([(texts, draw_grid((50, 210, 350), (714, 696)))])).text
    assert all(word in text for _, _, words in texts for word in words.split())
