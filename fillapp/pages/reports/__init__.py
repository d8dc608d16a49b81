"""My reports: finding them, how far each is, and what can be done with one as a whole."""

from fillapp.pages.reports.rows import Row, find_cases, make_rows, rights_to

__all__ = ["Row", "find_cases", "make_rows", "rights_to"]
