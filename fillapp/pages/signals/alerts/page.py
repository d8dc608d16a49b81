"""The pages of alerts: all of them, one with its form and history, and what is done with it."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.alerts.form import AlertForm
from fillapp.pages.signals.backfills import MAY_LOOK
from fillapp.pages.signals.found import MAY_CHANGE
from fillapp.pages.signals.monitoring.filters import Filters, read_filters
from fillapp.pages.signals.tag_names import TagNames
from fillapp.telling import tell_test
from signals.handed import CannotTell
from signals.models import Alert, Raising, Signal

_HISTORY = 50


@dataclass(frozen=True)
class Row:
    """An alert in the list: what it looks at in words, and the raising that is open."""

    alert: Alert
    about: str
    open: Raising | None
    last: Raising | None


@require_GET
@needs(MAY_LOOK)
def show_alerts(request: SignedIn) -> HttpResponse:
    """Every alert, and whether it is raised."""
    names = TagNames(request.user)
    alerts = list(Alert.objects.select_related("signal").defer("signal__learned"))
    last: dict[int, Raising] = {}
    for raising in Raising.objects.filter(alert__in=alerts).order_by("pk"):
        last[raising.alert_id] = raising
    rows = []
    for alert in alerts:
        found = last.get(alert.pk)
        rows.append(Row(alert, names.say(alert.tags), found if found and not found.cleared else None, found))
    rows.sort(key=lambda row: row.open is None)
    context = {"rows": rows, "mail": _say_mail(), "page": "signals", "area": "alerts"}
    return render(request, "signals/alerts/list.html", context)


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
def make_alert(request: SignedIn) -> HttpResponse:
    """A new one; the address may say which texts it looks at, as on the page of findings."""
    names = TagNames(request.user)
    is_sent = request.method == "POST"
    filters = read_filters(request.POST if is_sent else request.GET, names)
    form = AlertForm.sent(request.POST) if is_sent else AlertForm(filters.signal, to=request.user.email)
    alert = Alert(author=request.user)
    if is_sent and form.write(alert, filters):
        alert.save()
        messages.success(request, "The alert is set. Send a test to see that it arrives.")
        return redirect("alert", pk=alert.pk)
    return _show_form(request, form, filters, None, status=422 if is_sent else 200)


@require_http_methods(["GET", "POST"])
@needs(MAY_LOOK)
def show_alert(request: SignedIn, pk: int) -> HttpResponse:
    """Its form and its history; a POST changes it."""
    alert = get_object_or_404(Alert.objects.select_related("signal"), pk=pk)
    names = TagNames(request.user)
    if request.method == "POST":
        return _change(request, alert, names)
    filters = read_filters(_as_query(alert), names)
    return _show_form(request, AlertForm.of(alert), filters, alert)


@needs(MAY_CHANGE)
def _change(request: SignedIn, alert: Alert, names: TagNames) -> HttpResponse:
    filters, form = read_filters(request.POST, names), AlertForm.sent(request.POST)
    before = (alert.signal_id, dict(alert.tags), alert.bound, alert.hours, alert.least)
    if not form.write(alert, filters):
        return _show_form(request, form, filters, alert, status=422)
    if before[1].get("template") and not names.sees(before[1]):
        # Whoever does not see the template could not choose it again.
        alert.tags = before[1]
    if before != (alert.signal_id, alert.tags, alert.bound, alert.hours, alert.least):
        # What was raised was another question: it is asked anew, and nobody is told that it is over.
        alert.raisings.filter(cleared=None).delete()
    alert.save()
    messages.success(request, "The alert is changed.")
    return redirect("alert", pk=alert.pk)


@require_POST
@needs(MAY_CHANGE)
def act(request: SignedIn, pk: int) -> HttpResponse:
    """Pause it, let it go on, try it out, or delete it."""
    alert = get_object_or_404(Alert.objects.select_related("signal"), pk=pk)
    wanted = request.POST.get("do")
    if wanted == "delete":
        alert.delete()
        messages.success(request, "The alert is deleted, with its history.")
        return redirect("alerts")
    if wanted == "test":
        _test(request, alert)
    elif wanted in ("pause", "go-on"):
        Alert.objects.filter(pk=pk).update(paused=wanted == "pause")
        messages.success(request, "The alert is paused." if wanted == "pause" else "The alert is on again.")
    return redirect("alert", pk=pk)


def _test(request: SignedIn, alert: Alert) -> None:
    try:
        wrong = tell_test(alert)
    except CannotTell as error:
        messages.error(request, f"The test was not sent. {error}")
        return
    if wrong:
        messages.warning(request, f"Not all were told. {wrong}")
    elif alert.way == Alert.Way.EMAIL and _say_mail():
        messages.success(request, f"The test is written into a file. {_say_mail()}")
    else:
        messages.success(request, "The test is sent.")


def _show_form(
    request: SignedIn, form: AlertForm, filters: Filters, alert: Alert | None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "alert": alert,
        "raisings": alert.raisings.all()[:_HISTORY] if alert else [],
        "signals": Signal.objects.filter(archived=None).defer("learned"),
        "choices": filters.choices,
        "mail": _say_mail(),
        "about": TagNames(request.user).say(alert.tags if alert else filters.tags),
        "may_change": request.user.has_perm(MAY_CHANGE),
        "page": "signals",
        "area": "alerts",
    }
    return render(request, "signals/alerts/alert.html", context, status=status)


def _as_query(alert: Alert) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update({"signal": alert.signal.name, **alert.tags})
    return query


def _say_mail() -> str:
    """Where e-mails go when no server is set; empty when one is."""
    if settings.EMAIL_HOST:
        return ""
    return (
        f"No mail server is set, so e-mails are written into the folder {settings.EMAIL_FILE_PATH.name} of "
        f"this installation's data. Whoever runs Fill sets FILL_EMAIL_HOST."
    )
