"""How wide the columns of a table are."""

from hypothesis import given
from hypothesis import strategies as st

from templates.word.columns import USUAL_SIZE, lay_out_columns


def column_widths(
    header: list[str], rows: list[list[str]], count: int, text_width: int, padding: int
) -> list[int]:
    return lay_out_columns(header, rows, count, text_width, padding).widths


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
    # Measured in Arial Bold, 9 points.
    assert owner - 160 >= 560
    assert due - 160 >= 340


def test_october_stays_whole_among_twelve_months() -> None:
    """Seen in LibreOffice: its wide capital was counted as a letter."""
    widths = column_widths(["October", *["September"] * 11], [], 12, 13_000, 100)
    assert widths[0] - 100 >= 690


def test_a_date_or_an_amount_stays_on_one_line_beside_long_words() -> None:
    rows = [["Rechtsbehelfsbelehrungsverordnungsentwurf", "30 September 2026", "€ 1,234,567.50", "x" * 40]]
    widths = column_widths(["", "", "", ""], rows, 4, 9072, 200)
    assert widths[1] - 200 >= 1_500
    assert widths[2] - 200 >= 1_200


def test_a_long_word_stays_whole_where_there_is_room() -> None:
    rows = [["Rechtsbehelfsbelehrungsverordnungsentwurf", "text " * 60]]
    assert column_widths(["", ""], rows, 2, 9072, 200)[0] - 200 >= 41 * 100


def test_the_text_of_a_wide_table_gets_smaller_before_a_figure_is_broken() -> None:
    months = ["January", "February", "March", "April", "May", "June", "July", "August", "Sept."]
    wide = lay_out_columns([*months, "October", "November", "December"], [["123,456"] * 12], 12, 9072, 100)
    assert wide.size < USUAL_SIZE
    digits_and_comma = (6 * 100 + 50) * wide.size // USUAL_SIZE
    assert all(width - 100 >= digits_and_comma for width in wide.widths)
    assert lay_out_columns(months[:3], [["123,456"] * 3], 3, 9072, 200).size == USUAL_SIZE
