"""The title and the question of a signal, as a form carries them."""

from fillapp.pages.accounts import SignedIn
from signals.clean import clean_text

LONGEST_TITLE, LONGEST_QUESTION = 120, 500
NO_TITLE = "A signal needs a title. Type what it looks for, such as “Promises an outcome”."


def read_title(request: SignedIn) -> str:
    """On one line."""
    return " ".join(clean_text(request.POST.get("title", "")).split())[:LONGEST_TITLE]


def read_question(request: SignedIn) -> str:
    """On one line."""
    return " ".join(clean_text(request.POST.get("question", "")).split())[:LONGEST_QUESTION]
