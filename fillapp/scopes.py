"""Which of the texts that signals keep a person may read: those of reports they may open."""

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import CharField, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest

from fillapp.reading_all import reads_all
from generation.models import Document, Report
from signals.models import SampleSet, Signal


def texts_open_to(request: HttpRequest) -> Q:
    """A condition on `scope`: what a page may show to whoever asks for it.

    That is more where the permission to read all texts is switched on, which is kept for each page.
    """
    own = readable_texts(request.user)
    if not reads_all(request):
        return own
    reports = _scopes("report", Report.objects.filter(deleted=None))
    return own | reports | _scopes("document", Document.objects.exclude(_only_in_deleted()))


def _only_in_deleted() -> Q:
    """A condition on documents: they stand in reports that are out of everybody's sight, and in no other."""
    shown = Report.objects.filter(deleted=None).values("documents")
    hidden = Report.objects.exclude(deleted=None).values("documents")
    return Q(pk__in=hidden) & ~Q(pk__in=shown)


def readable_texts(user: User | AnonymousUser) -> Q:
    """A condition on `scope`: what the user may open, and what was brought in to teach with."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=[])
    found = _scopes("report", Report.objects.visible_to(user))
    found |= _scopes("document", Document.objects.visible_to(user))
    if user.has_perm("signals.view_signal"):
        found |= _scopes("signal", Signal.objects.all())
        found |= _scopes("set", SampleSet.objects.filter(Q(owner=user) | Q(shared=True)))
    return found


def _scopes(word: str, rows: QuerySet[Model]) -> Q:
    named = Concat(Value(f"{word}:"), Cast("pk", CharField()), output_field=CharField())
    return Q(scope__in=rows.order_by().values_list(named, flat=True))
