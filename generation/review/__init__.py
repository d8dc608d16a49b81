"""Review: what people make of a filled block, and what they decide on it. Nothing anybody wrote is lost."""

from generation.review.changing import BeingWritten, CannotChange, EditConflict
from generation.review.decisions import (
    accept_unflagged,
    decide,
    find_unsettled,
    may_accept_at_once,
    may_export,
    set_lock,
)
from generation.review.edits import save_edit
from generation.review.versions import choose_candidate, keep_current, restore_edit

__all__ = [
    "BeingWritten",
    "CannotChange",
    "EditConflict",
    "accept_unflagged",
    "choose_candidate",
    "decide",
    "find_unsettled",
    "keep_current",
    "may_accept_at_once",
    "may_export",
    "restore_edit",
    "save_edit",
    "set_lock",
]
