"""Editing a draft: its parts by name, one function for each thing a person does to it, and taking it back."""

from templates.editing.drafts import CannotUndo, PartChanged, change_draft, undo_change
from templates.editing.operations import (
    add_part,
    duplicate_part,
    make_free_key,
    make_key,
    move_part,
    remove_part,
    replace_part,
)
from templates.editing.parts import ABOUT, NoSuchPart, find_part, name_parts, stamp_of, stamp_of_about

__all__ = [
    "ABOUT",
    "CannotUndo",
    "NoSuchPart",
    "PartChanged",
    "add_part",
    "change_draft",
    "duplicate_part",
    "find_part",
    "make_free_key",
    "make_key",
    "move_part",
    "name_parts",
    "remove_part",
    "replace_part",
    "stamp_of",
    "stamp_of_about",
    "undo_change",
]
