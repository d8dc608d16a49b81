"""A rule: looks for one thing that can be said exactly, without having been taught."""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator

from signals.kinds.base import SignalKind, SignalSettings
from signals.rules import RULES, CannotLook, RuleSettings
from signals.to_read import TextToRead, Verdict
from signals.vectors import embedder_name

log = logging.getLogger(__name__)
_NOT_SET = "Nobody has said yet what it looks for."
_FAILED = "Fill itself failed to check this; its log has the details."
# A pattern that takes too long on so many texts is not tried on the others.
_MOST_FAILURES = 5


class RuleKindSettings(SignalSettings):
    """Which rule it is, and what that rule is told; without a name, none yet."""

    rule: str = ""
    options: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_a_rule(self) -> Self:
        if self.rule and self.rule not in RULES:
            raise ValueError(f"there is no rule “{self.rule}”")
        if self.rule:
            try:
                RULES[self.rule].Settings.model_validate(self.options)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                where = "".join(f"{part}: " for part in first["loc"])
                raise ValueError(where + first["msg"].removeprefix("Value error, ")) from error
        return self

    @property
    def parsed(self) -> RuleSettings:
        """The options as the rule's own settings."""
        return RULES[self.rule].Settings.model_validate(self.options)


class Rule(SignalKind[RuleKindSettings]):
    """Reads by one of the rules, which are one file each."""

    name = "rule"
    label = "Rule"
    about = "It looks for something that can be said exactly: phrases, a length, a language, personal data."
    Settings = RuleKindSettings

    def made_by(self, settings: RuleKindSettings, learned: Mapping[str, Any] | None) -> str:
        """The rule, and a hash of what it was told; the topic also reads vectors."""
        if not settings.rule:
            return ""
        said = json.dumps(settings.parsed.model_dump(mode="json"), sort_keys=True)
        made = f"rule {settings.rule} {hashlib.sha256(said.encode()).hexdigest()[:12]}"
        return f"{made} {embedder_name()}" if settings.rule == "topic" else made

    def read(
        self, settings: RuleKindSettings, learned: Mapping[str, Any] | None, texts: Sequence[TextToRead]
    ) -> list[Verdict]:
        """Each text by itself."""
        if not settings.rule:
            return [Verdict(None, error=_NOT_SET)] * len(texts)
        rule, told = RULES[settings.rule], settings.parsed
        verdicts: list[Verdict] = []
        failed = ""
        failures = 0
        for text in texts:
            if failures >= _MOST_FAILURES:
                verdicts.append(Verdict(None, error=failed))
                continue
            try:
                verdicts.append(rule.read(told, text))
            except CannotLook as error:
                failures, failed = failures + 1, str(error)
                verdicts.append(Verdict(None, error=failed))
            except Exception:
                log.exception("the rule %s", settings.rule)
                verdicts.append(Verdict(None, error=_FAILED))
        return verdicts
