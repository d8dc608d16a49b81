"""Numbers in the formats spreadsheets give them."""

import pytest

from generation.documents.sheets.number_formats import read_format

ACCOUNTS = '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-'


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0%", 0.07, "7%"),
        ("0.0%", 0.0685, "6.9%"),
        ("0.0%", -0.5, "-50.0%"),
        ("#,##0", 1234567.5, "1,234,568"),
        ("#,##0", -12, "-12"),
        ("#,##0", -0.4, "0"),
        ("0.00", 1.005, "1.01"),
        ("0.##", 1.5, "1.5"),
        ("0.##", 2, "2"),
        ("00000", 123, "00123"),
        ('#,##0.00 "€"', 1234.5, "1,234.50 €"),
        ("[$£-809]#,##0", -1200, "-£1,200"),
        ("$#,##0.00;[Red]($#,##0.00)", -6, "($6.00)"),
        (ACCOUNTS, -1234.5, "-1,234.50 €"),
        (ACCOUNTS, 0, "- €"),
        ('0.0,,"m"', 12_345_678, "12.3m"),
        ("0.00E+00", 123456, "1.23E+05"),
        ('[>=1000]0.0,"k";0', 1500, "1.5k"),
        ('[>=1000]0.0,"k";0', 20, "20"),
        ('0" {a}"', 3, "3 {a}"),
    ],
)
def test_a_number_is_shown_as_its_cell_shows_it(code: str, value: float, shown: str) -> None:
    show = read_format(code)
    assert show
    assert show(value) == shown


@pytest.mark.parametrize("code", ["General", "@", "yyyy-mm-dd", "[h]:mm", "# ?/?", "000-00-0000", ""])
def test_other_formats_leave_the_number_to_the_reader(code: str) -> None:
    assert read_format(code) is None


@pytest.mark.parametrize("code", [";;;", '"-"', "[Red]"])
def test_a_format_that_hides_its_number_does_not_lose_it(code: str) -> None:
    show = read_format(code)
    assert show is None or "12" in show(12)
