"""Fills an organisation's own Word file: its pages, styles, headers and footers stay as they are."""

from templates.word.house.check import LARGEST_HOUSE, HouseFindings, check_house
from templates.word.house.looks import HouseLooks, RoleLook, StyleChoice, describe_styles
from templates.word.house.placeholders import CONTENTS, REPORT, WORDS
from templates.word.house.roles import ROLES, Role
from templates.word.house.write import write_house
from templates.word.package import UnreadableWord

WORDS_OF_HOUSE = (REPORT, *WORDS, CONTENTS)

__all__ = [
    "LARGEST_HOUSE",
    "ROLES",
    "WORDS_OF_HOUSE",
    "HouseFindings",
    "HouseLooks",
    "Role",
    "RoleLook",
    "StyleChoice",
    "UnreadableWord",
    "check_house",
    "describe_styles",
    "write_house",
]
