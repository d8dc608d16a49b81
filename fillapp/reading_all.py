"""The permission to read the texts of all reports: switched on for an hour with a purpose, each use kept."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from signals.models import ReadAll

PERMISSION = "signals.read_all_texts"
_LASTS = timedelta(hours=1)
_KEY = "read_all"
# Among what is known of a request: this one is written down already.
_KEPT = "fill.read_all_is_kept"
_LONGEST = 200


def turn_on(request: HttpRequest, purpose: str) -> None:
    """For this session and an hour, for somebody who holds the permission."""
    until = timezone.now() + _LASTS
    request.session[_KEY] = {"what": purpose[:_LONGEST], "until": until.isoformat()}


def turn_off(request: HttpRequest) -> None:
    """At once."""
    request.session.pop(_KEY, None)


def reads_all(request: HttpRequest) -> bool:
    """Whether the switch is on; each page that is read so is kept, with who and what for."""
    on = request.session.get(_KEY)
    if not on:
        return False
    is_over = datetime.fromisoformat(on["until"]) < timezone.now()
    if is_over or not request.user.has_perm(PERMISSION):
        turn_off(request)
        return False
    read_all(request, on["what"])
    return True


def read_all(request: HttpRequest, what: str) -> None:
    """Keep that this request reads what its user could not: once, however many texts it shows."""
    if _KEPT not in request.META:
        where = request.get_full_path()[:_LONGEST]
        ReadAll.objects.create(by_id=request.user.pk, what=what[:_LONGEST], where=where)
        request.META[_KEPT] = True
