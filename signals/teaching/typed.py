"""Examples that somebody types or pastes for one signal: texts of its own scope, labelled at once."""

from django.contrib.auth.models import User
from django.db import transaction

from signals.clean import clean_text
from signals.models import Signal, hash_said
from signals.teaching.saying import say
from signals.texts import keep_text

MOST, LONGEST = 200, 5_000
# How the scopes of such texts begin.
TYPED = "signal:"


def split_typed(typed: str) -> list[str]:
    """An example a line, each once, without the bullets of a list; cut at `MOST` and `LONGEST`."""
    lines = (line.strip().lstrip("-•*–").strip()[:LONGEST] for line in clean_text(typed).splitlines())
    return list(dict.fromkeys(line for line in lines if line))[:MOST]


@transaction.atomic
def add_examples(signal: Signal, texts: list[str], author: User, says: bool) -> int:
    """Keep them and say yes or no to each; how many that were."""
    for text in texts:
        origin = f"{signal.scope}:{hash_said(text)[:32]}"
        kept = keep_text(origin, signal.scope, text, [], tags={"purpose": "example"})
        say(signal, kept.samples.get(), author, says)
    return len(texts)
