"""My reports: finding them, how far each is, and what can be done with one as a whole."""

from fillapp.pages.reports.rows import Row, add_rights, find_cases, make_rows

__all__ = ["Row", "add_rights", "find_cases", "make_rows"]
