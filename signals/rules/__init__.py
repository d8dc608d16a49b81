"""The rules there are. To add one: a file, and its line here."""

from typing import Any

from signals.rules.base import CannotLook, Found, Rule, RuleSettings
from signals.rules.expression import Expression
from signals.rules.language import Language
from signals.rules.length import Length
from signals.rules.personal import Personal
from signals.rules.phrases import Phrases
from signals.rules.placeholder import Placeholder
from signals.rules.refusing import Refusing
from signals.rules.repetition import Repetition
from signals.rules.topic import Topic

RULES: dict[str, Rule[Any]] = {
    rule.name: rule
    for rule in (
        *(Phrases(), Expression(), Length(), Placeholder(), Refusing(), Repetition()),
        *(Language(), Personal(), Topic()),
    )
}

__all__ = ["RULES", "CannotLook", "Found", "Rule", "RuleSettings"]
