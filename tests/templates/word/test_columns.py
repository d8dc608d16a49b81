"""How wide the columns of a table are."""

from hypothesis import given
from hypothesis import strategies as st

from templates.word.columns import column_widths


def test_a_column_of_figures_is_narrower_than_one_of_sentences() -> None:
    rows = [["1", "A sentence that needs a good part of the page to be read with ease."]]
    number, sentence = column_widths(["No.", "Remark"], rows, 2, 9000, 200)
    assert number * 4 < sentence


def test_a_column_has_room_for_its_longest_word() -> None:
    rows = [["Rechtsbehelfsbelehrung", "text " * 200]]
    assert column_widths(["", ""], rows, 2, 9000, 200)[0] > 22 * 100


def test_a_short_cell_stays_on_one_line() -> None:
    rows = [["1 200 000 €", "text " * 200, "text " * 200]]
    assert column_widths(["", "", ""], rows, 3, 9000, 200)[0] >= 11 * 100 + 200


def test_equal_columns_share_the_width_equally() -> None:
    assert column_widths(["a", "b", "c"], [], 3, 9000, 200) == [3000, 3000, 3000]


@given(st.lists(st.lists(st.text(max_size=60), max_size=12), max_size=5), st.integers(1, 12))
def test_widths_sum_to_the_text_width_and_leave_no_column_out(rows: list[list[str]], count: int) -> None:
    widths = column_widths(["x"], rows, count, 9072, 200)
    assert len(widths) == count
    assert sum(widths) == 9072
    assert min(widths) > 150


def test_a_bold_heading_over_empty_cells_stays_whole() -> None:
    """Seen in LibreOffice: “Owner” and “Due” were broken inside the word beside a long first column."""
    _, owner, due = column_widths(["Action", "Owner", "Due"], [["word " * 30, "", ""]], 3, 9072, 160)
    bold_letter = 125
    assert owner - 160 >= len("Owner") * bold_letter
    assert due - 160 >= len("Due") * bold_letter
