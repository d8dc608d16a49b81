"""The form of an alert: as it was typed, and what is wrong with it."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict

from fillapp.pages.signals.monitoring.filters import Filters
from fillapp.pages.signals.tag_names import OTHER
from fillapp.telling.webhook import check_address
from signals.clean import clean_text
from signals.models import Alert, Signal

_MOST_HOURS, _MOST_LEAST, _MOST_ADDRESSES = 24 * 90, 100_000, 20


@dataclass
class AlertForm:
    """What the fields hold, as text, and a sentence for each that is wrong."""

    signal: str = ""
    bound: str = "10"
    hours: str = "24"
    least: str = "20"
    way: str = Alert.Way.EMAIL
    to: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, alert: Alert) -> "AlertForm":
        """As it stands."""
        name = alert.signal.name
        return cls(name, f"{100 * alert.bound:g}", str(alert.hours), str(alert.least), alert.way, alert.to)

    @classmethod
    def sent(cls, sent: QueryDict) -> "AlertForm":
        """As somebody typed it."""
        form = cls()
        for name in ("signal", "bound", "hours", "least", "way", "to"):
            setattr(form, name, clean_text(sent.get(name, "")).strip()[:4_000])
        return form

    def write(self, alert: Alert, filters: Filters) -> bool:
        """Put it into the alert; False when something is wrong, which `errors` say."""
        signal = Signal.objects.filter(name=self.signal, archived=None).first()
        bound = _read_share(self.bound)
        hours, least = _read_number(self.hours, _MOST_HOURS), _read_number(self.least, _MOST_LEAST)
        if signal is None:
            self.errors["signal"] = "Choose a signal."
        if bound is None:
            self.errors["bound"] = "Give a rate from 0 to under 100 per cent."
        if hours is None:
            self.errors["hours"] = f"Give a number of hours from 1 to {_MOST_HOURS}."
        if least is None:
            self.errors["least"] = f"Give a number of texts from 1 to {_MOST_LEAST:,}."
        if self.way not in Alert.Way.values:
            self.errors["way"] = "Choose e-mail or webhook."
        elif wrong := _check_to(self.way, self.to):
            self.errors["to"] = wrong
        if signal is None or bound is None or hours is None or least is None or self.errors:
            return False
        alert.signal, alert.bound, alert.hours, alert.least = signal, bound, hours, least
        alert.way, alert.to = self.way, "\n".join(self.to.replace(",", " ").split())
        alert.tags = {tag: value for tag, value in filters.tags.items() if value != OTHER}
        return True


def _read_share(text: str) -> float | None:
    try:
        share = float(text.replace(",", ".").rstrip("% ")) / 100
    except ValueError:
        return None
    return share if 0 <= share < 1 else None


def _read_number(text: str, most: int) -> int | None:
    number = int(text) if text.isdecimal() and len(text) < 9 else 0
    return number if 1 <= number <= most else None


def _check_to(way: str, to: str) -> str:
    addresses = to.replace(",", " ").split()
    if way == Alert.Way.WEBHOOK:
        return check_address(to) if len(addresses) == 1 else "Give one address, which begins with https://."
    if not 1 <= len(addresses) <= _MOST_ADDRESSES:
        return f"Give 1 to {_MOST_ADDRESSES} e-mail addresses, one a line."
    for address in addresses:
        try:
            validate_email(address)
        except ValidationError:
            return f"“{address}” is no e-mail address. Give one a line."
    return ""
