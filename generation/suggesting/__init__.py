"""Better instructions for a block, suggested by the model; whoever asked takes them or leaves them."""

from generation.suggesting.asking import (
    CannotSuggest,
    ask_for_all,
    ask_for_suggestion,
    cancel_suggestion,
    say_why_not,
)
from generation.suggesting.waiting import find_waiting, look_up_suggestion, settle_suggestion

__all__ = [
    "CannotSuggest",
    "ask_for_all",
    "ask_for_suggestion",
    "cancel_suggestion",
    "find_waiting",
    "look_up_suggestion",
    "say_why_not",
    "settle_suggestion",
]
