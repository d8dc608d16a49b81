"""Fills an organisation's own Word file: its pages, styles, headers and footers stay as they are."""

from templates.word.house.check import HouseFindings, check_house
from templates.word.house.write import write_house
from templates.word.package import UnreadableWord

__all__ = ["HouseFindings", "UnreadableWord", "check_house", "write_house"]
