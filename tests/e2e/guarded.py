"""A template with guards, taught signals, and a model that says what they look for."""

from django.contrib.auth.models import User

from tests.simulated_llm import Asked
from tests.taught import PLAIN, PROMISE, teach

BODY = {
    "name": "Letter of advice",
    "blocks": [
        {"block": "summary", "kind": "long_text", "title": "Summary", "instructions": "What happened."},
        {"block": "advice", "kind": "long_text", "title": "Advice", "instructions": "What to do."},
        {"block": "outlook", "kind": "long_text", "title": "Outlook", "instructions": "What to expect."},
        {"block": "close", "kind": "long_text", "title": "Close", "after": ["outlook"]},
    ],
    "guards": [
        {"signal": "promises", "blocks": ["summary"]},
        {"signal": "promises", "blocks": ["advice"], "action": "resample"},
        {"signal": "promises", "blocks": ["outlook"], "action": "withhold"},
    ],
}


def prepare() -> None:
    """The signal, and the template for everybody who starts reports."""
    from templates.body import read_body
    from templates.models import TemplateShare
    from templates.publish import publish, save_draft

    teach()
    template = save_draft(read_body(BODY), slug="letter-of-advice", owner=User.objects.get(username="author"))
    publish(template)
    TemplateShare.objects.create(template=template, user=User.objects.get(username="demo"))


def answer(asked: Asked) -> str | None:
    """A promise, everywhere but in the close; taken back where the model is told of it."""
    whole = str(asked)
    if "The check “" in whole or "only the part “Close”" in whole:
        return PLAIN
    return f"{PLAIN} {PROMISE}"
