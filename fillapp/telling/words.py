"""What is said of an alert, to one person who may know some templates and read some texts."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse

from fillapp.pages.signals.monitoring.texts import Shown, show_readings
from fillapp.pages.signals.tag_names import TagNames
from fillapp.scopes import readable_texts
from signals.intervals import find_interval
from signals.models import Alert, Raising, Reading, Text

_MOST_EXAMPLES = 3


@dataclass(frozen=True)
class Words:
    """A message: its subject and its paragraphs."""

    subject: str
    paragraphs: list[str]

    @property
    def text(self) -> str:
        """As plain text."""
        return "\n\n".join(self.paragraphs) + "\n"


def word_raising(raising: Raising, user: User | None, *, is_cleared: bool) -> Words:
    """The message on a raising; without a `user` it holds counts and a link, and no text."""
    alert, names = raising.alert, TagNames(user)
    if is_cleared:
        return _word_cleared(raising, names)
    counted = _count(raising.flagged, raising.read)
    subject = f"“{alert.signal.title}” flags more than {_percent(alert.bound)}"
    paragraphs = [
        f"The signal “{alert.signal.title}” flagged {counted} written in the last {_hours(alert.hours)}. "
        f"You are told because that is more than {_percent(alert.bound)}.",
        *_about(alert, names),
    ]
    if examples := _examples(raising, user, names):
        paragraphs.append("For example:\n" + "\n".join(f"- {_example(one)}" for one in examples))
    paragraphs += [f"See when and where: {findings_of(alert)}", "You are told again when it is over."]
    return Words(subject, paragraphs)


def _word_cleared(raising: Raising, names: TagNames) -> Words:
    alert, title = raising.alert, raising.alert.signal.title
    counted = _count(raising.cleared_flagged or 0, raising.cleared_read or 0)
    return Words(
        f"“{title}” is back under {_percent(alert.bound)}",
        [
            f"The signal “{title}” flagged {counted} written in the last {_hours(alert.hours)}: "
            f"the alert is over.",
            *_about(alert, names),
            f"See when and where: {findings_of(alert)}",
        ],
    )


def word_test(alert: Alert, user: User | None) -> Words:
    """The message of the button that tries an alert out."""
    title = alert.signal.title
    said = (
        f"This is a test. You would be told here when the signal “{title}” flags more than "
        f"{_percent(alert.bound)} of the texts written within {_hours(alert.hours)}."
    )
    about = _about(alert, TagNames(user))
    return Words(f"Test: alert on “{title}”", [said, *about, f"The alert: {findings_of(alert)}"])


def findings_of(alert: Alert) -> str:
    """The address of the page that shows what the alert looks at."""
    query = urlencode({"signal": alert.signal.name, **alert.tags, "by": "day"})
    return f"{settings.FILL_ADDRESS}{reverse('signals_monitoring')}?{query}"


def _about(alert: Alert, names: TagNames) -> list[str]:
    said = names.say(alert.tags)
    return [f"It looks at: {said}."] if said else []


def _examples(raising: Raising, user: User | None, names: TagNames) -> list[Shown]:
    """Of what was flagged then, what is still flagged and this person may read now."""
    if user is None or not user.has_perm("signals.view_reading"):
        return []
    open_texts = Text.objects.within(readable_texts(user)).filter(pk__in=raising.examples).order_by()
    signal = raising.alert.signal
    flagged = Reading.objects.filter(signal=signal, flagged=True, text__in=open_texts)
    newest = flagged.select_related("text").order_by("-day", "-text_id")[:_MOST_EXAMPLES]
    return show_readings(list(newest), signal, names)


def _example(one: Shown) -> str:
    where = f" ({one.where})" if one.where else ""
    link = f"\n  {settings.FILL_ADDRESS}{one.address}" if one.address else ""
    return f"{' '.join(one.said.split())}{where}{link}"


def _count(flagged: int, read: int) -> str:
    if not read:
        return "none of the texts"
    low, high = find_interval(flagged, read)
    rate = f"{_percent(flagged / read)}, between {_percent(low)} and {_percent(high)}"
    return f"{flagged} of {read} texts ({rate})"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def _hours(hours: int) -> str:
    if hours % 24 == 0 and hours > 24:
        return f"{hours // 24} days"
    return "hour" if hours == 1 else f"{hours} hours"
