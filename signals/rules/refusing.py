"""A text that declines to answer."""

from signals.refusal import is_refusal
from signals.rules.base import Found, RuleSettings, WholeRule


class RefusingSettings(RuleSettings):
    """Nothing to set."""


class Refusing(WholeRule[RefusingSettings]):
    """Flags a text that is a refusal; one that regrets something in passing is none."""

    name = "refusal"
    label = "Refusal"
    about = "Flags a text that declines instead of answering: “I'm sorry, but I can't …”."
    Settings = RefusingSettings

    def look(self, settings: RefusingSettings, said: str) -> Found | None:
        """By how the whole begins: within it, “we cannot” is what a report may say."""
        return Found(1.0, "It begins by declining.") if is_refusal(said) else None
