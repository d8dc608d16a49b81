"""Fills an organisation's own Word file: its pages, styles, headers and footers stay as they are."""

from templates.word.house.check import LARGEST_HOUSE, HouseFindings, check_house
from templates.word.house.placeholders import CONTENTS, REPORT, WORDS
from templates.word.house.write import write_house
from templates.word.package import UnreadableWord

WORDS_OF_HOUSE = (REPORT, *WORDS, CONTENTS)

__all__ = [
    "LARGEST_HOUSE",
    "WORDS_OF_HOUSE",
    "HouseFindings",
    "UnreadableWord",
    "check_house",
    "write_house",
]
