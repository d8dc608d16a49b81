"""Starting a report on one page: a template, the documents of the case, and Generate."""

from fillapp.pages.start.page import start
from fillapp.pages.start.upload import upload

__all__ = ["start", "upload"]
