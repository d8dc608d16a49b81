"""Better instructions for a block, suggested by the model; whoever asked takes them or leaves them."""

from generation.suggesting.asking import (
    CannotSuggest,
    ask_for_suggestion,
    cancel_suggestion,
    look_up_suggestion,
)

__all__ = ["CannotSuggest", "ask_for_suggestion", "cancel_suggestion", "look_up_suggestion"]
