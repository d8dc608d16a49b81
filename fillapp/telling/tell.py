"""An alert told to everybody it names."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from fillapp.telling.mail import find_reader, send_mail
from fillapp.telling.webhook import post
from fillapp.telling.words import Words, findings_of, word_raising, word_test
from signals.handed import CannotTell
from signals.models import Alert, Raising


def tell(raising: Raising, *, is_cleared: bool) -> str:
    """Tell that it was raised or cleared; who could not be told, empty for nobody. Raises `CannotTell`."""
    alert = raising.alert
    if alert.way == Alert.Way.WEBHOOK:
        post(alert.to.strip(), _as_json(raising, is_cleared=is_cleared))
        return ""
    return _mail_all(alert, lambda user: word_raising(raising, user, is_cleared=is_cleared))


def tell_test(alert: Alert) -> str:
    """Try an alert out: what its addresses would be sent, marked as a test. Raises `CannotTell`."""
    if alert.way == Alert.Way.WEBHOOK:
        post(alert.to.strip(), {"event": "test", **_about(alert)})
        return ""
    return _mail_all(alert, lambda user: word_test(alert, user))


def _mail_all(alert: Alert, word: Callable[[User | None], Words]) -> str:
    """One that cannot be sent keeps no other back; when none can, that is an error and tried again."""
    failures = []
    for address in alert.addresses:
        try:
            send_mail(address, word(find_reader(address)))
        except CannotTell as error:
            failures.append(str(error))
    if failures and len(failures) == len(alert.addresses):
        raise CannotTell(failures[0])
    return " ".join(failures)


def _as_json(raising: Raising, *, is_cleared: bool) -> dict[str, Any]:
    """Counts and a link: nobody knows who reads along at a webhook."""
    flagged = raising.cleared_flagged if is_cleared else raising.flagged
    read = raising.cleared_read if is_cleared else raising.read
    when = raising.cleared if is_cleared and raising.cleared else raising.at
    event = "cleared" if is_cleared else "raised"
    return {"event": event, "flagged": flagged, "read": read, "at": when.isoformat(), **_about(raising.alert)}


def _about(alert: Alert) -> dict[str, Any]:
    return {
        "signal": alert.signal.name,
        "title": alert.signal.title,
        "bound": alert.bound,
        "hours": alert.hours,
        "link": findings_of(alert),
    }
