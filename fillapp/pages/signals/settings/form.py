"""The settings of a rule or a judge as a form, and back."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from pydantic import BaseModel

from fillapp.settings_form import Errors, Field, find_errors, make_fields, read_fields
from signals.kinds import KINDS
from signals.models import Signal
from signals.rules import RULES, Rule

_NO_THRESHOLD = "Enter a number from 0 to 1."


@dataclass
class SettingsForm:
    """What stands in the form of a signal: as it is kept, or as it was typed."""

    kind: str
    rule: Rule[Any] | None
    data: dict[str, Any]
    threshold: str
    errors: Errors
    threshold_error: str = ""

    @property
    def model(self) -> type[BaseModel] | None:
        """The settings' own model; None for a rule that is not chosen yet."""
        if self.kind == "rule":
            return self.rule.Settings if self.rule else None
        return KINDS[self.kind].Settings

    @property
    def is_chosen(self) -> bool:
        """Whether it is known what there is to set."""
        return self.model is not None

    @cached_property
    def fields(self) -> list[Field]:
        """Its inputs, with what is wrong with each."""
        return make_fields(self.model, self.data, self.errors) if self.model else []

    @property
    def mistakes(self) -> list[str]:
        """What is wrong with the whole rather than with one of its inputs."""
        return self.errors.get((), [])

    @property
    def has_threshold(self) -> bool:
        """Whether its scores are shades rather than yes or no."""
        return bool(self.rule and self.rule.is_graded)

    @property
    def is_fit(self) -> bool:
        """Whether it can be kept and tried."""
        return self.model is not None and not self.threshold_error and not find_errors(self.model, self.data)

    def apply(self, signal: Signal) -> None:
        """Put it into the signal, which is not saved yet."""
        signal.settings = {"rule": self.rule.name, "options": self.data} if self.rule else self.data
        if self.has_threshold:
            signal.threshold = float(self.threshold)


def form_of(signal: Signal, rule: str = "") -> SettingsForm:
    """What is kept, or another rule to begin with."""
    kept = signal.settings.get("rule", "")
    chosen = RULES.get(rule or kept) if signal.kind == "rule" else None
    data = signal.settings
    if signal.kind == "rule":
        data = signal.settings.get("options", {}) if chosen and chosen.name == kept else {}
    return SettingsForm(signal.kind, chosen, data, f"{signal.threshold:g}", {})


def read_form(signal: Signal, post: QueryDict) -> SettingsForm:
    """What was typed, with what is wrong with it."""
    form = form_of(signal, post.get("rule", ""))
    if form.model is None:
        return form
    form.data = read_fields(form.model, post)
    form.errors = find_errors(form.model, form.data)
    if form.has_threshold:
        form.threshold = post.get("threshold", form.threshold).strip()
        form.threshold_error = "" if _is_share(form.threshold) else _NO_THRESHOLD
    return form


def _is_share(typed: str) -> bool:
    try:
        return 0 <= float(typed) <= 1
    except ValueError:
        return False
