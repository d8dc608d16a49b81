"""The page of a template's versions: the draft and what is new in it, publishing, and going back."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.reports.rows import Row, add_rights, find_cases, make_rows
from fillapp.pages.studio.found import MAY_CHANGE, find_template, lock_template
from fillapp.pages.studio.guard_signals import find_idle_guards
from fillapp.pages.studio.publishing import find_obstacles
from fillapp.pages.studio.versions.changes import show_changes
from generation.models import Report
from generation.proving.proof import proof_of
from signals.clean import clean_text
from templates.compare import say_changes
from templates.models import ReportTemplate, TemplateVersion
from templates.publish import publish
from templates.rollback import publish_again

_LONGEST_NOTE = 500
_A_PAGE = 20
_CHANGED = "The draft was changed while you looked at it, so nothing was published. This is how it is now."


@dataclass(frozen=True)
class ShownVersion:
    """A published version, and how many reports stand on it."""

    version: TemplateVersion
    reports: int
    is_draft: bool


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
def show_versions(request: SignedIn, slug: str) -> HttpResponse:
    """All versions; a POST publishes the draft as it was seen."""
    template = find_template(request, slug)
    if request.method == "GET":
        return _show(request, template)
    note = read_note(request)
    with transaction.atomic():
        template = lock_template(template)
        if request.POST.get("draft") != template.draft.hash:
            return _show(request, template, refused=_CHANGED, note=note, status=409)
        if find_obstacles(template):
            return _show(request, template, note=note, status=422)
        version = publish(template, note=note, by=request.user)
    messages.success(request, f"Version {version.number} is published. New reports are made with it.")
    return redirect("template_versions", slug=slug)


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
def go_back(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """What going back to a version would change; a POST does it, with the draft as it was seen."""
    template = find_template(request, slug)
    if request.method == "GET":
        return _show_again(request, template, number)
    with transaction.atomic():
        template = lock_template(template)
        if request.POST.get("draft") != template.draft.hash:
            return _show_again(request, template, number, refused=_CHANGED)
        version = find_version(template, number)
        before = template.newest
        # What was published once is published again without another test: it may be urgent.
        newest = publish_again(version, note=read_note(request), by=request.user)
    if newest == before:
        said = f"The draft is as version {number} again."
    else:
        said = f"Version {number} is published again, as version {newest.number}. The draft is the same."
    messages.success(
        request, f"{said} What stood in the draft is kept: Undo on the page Build brings it back."
    )
    return redirect("template_versions", slug=slug)


def find_version(template: ReportTemplate, number: int) -> TemplateVersion:
    """The version of this number. Raises `Http404`."""
    found = template.versions.filter(number=number).select_related("snapshot", "template").first()
    if found is None:
        raise Http404
    return found


def read_note(request: SignedIn) -> str:
    """What is said of a version that is published."""
    return clean_text(request.POST.get("note", "")).strip()[:_LONGEST_NOTE]


def _show(
    request: SignedIn, template: ReportTemplate, *, refused: str = "", note: str = "", status: int = 200
) -> HttpResponse:
    body, newest = template.draft.parsed, template.newest
    differs = newest is None or newest.snapshot_id != template.draft_id
    older = _find_older(request, template, newest)
    pages = Paginator(older, _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "template": template,
        "body": body,
        "room": "versions",
        "newest": newest,
        "differs": differs,
        "changes": say_changes(newest.snapshot.parsed, body) if newest and differs else [],
        "proof": proof_of(template),
        "obstacles": find_obstacles(template) if differs else [],
        "idle_guards": find_idle_guards(body.guards) if differs else [],
        "versions": _find_versions(template),
        "rows": _add_rights(request, list(pages)),
        "pages": pages,
        "refused": refused,
        "note": note,
        "page": "templates",
    }
    return render(request, "templates/studio/versions/versions.html", context, status=status)


def _find_versions(template: ReportTemplate) -> list[ShownVersion]:
    """The newest first, with their reports counted in one query."""
    reports = Report.objects.filter(template=template, purpose=Report.Purpose.CASE, deleted=None)
    counted = dict(reports.order_by().values_list("version").annotate(number=Count("pk")))
    return [
        ShownVersion(one, counted.get(one.pk, 0), one.snapshot_id == template.draft_id)
        for one in template.versions.select_related("published_by")
    ]


def _find_older(
    request: SignedIn, template: ReportTemplate, newest: TemplateVersion | None
) -> QuerySet[Report]:
    """The reports the user may see that stand on what is no longer the newest."""
    cases = find_cases(request.user).filter(template=template).select_related("version")
    return cases.exclude(snapshot=newest.snapshot_id) if newest else cases.none()


def _add_rights(request: SignedIn, reports: list[Report]) -> list[Row]:
    return add_rights(make_rows(reports), request.user)


def _find_unpublished(template: ReportTemplate, newest: TemplateVersion | None) -> list[str]:
    """What stands in the draft alone, and goes out of it."""
    if newest is None or newest.snapshot_id == template.draft_id:
        return []
    return say_changes(newest.snapshot.parsed, template.draft.parsed)


def _show_again(
    request: SignedIn, template: ReportTemplate, number: int, *, refused: str = ""
) -> HttpResponse:
    version, newest = find_version(template, number), template.newest
    old = version.snapshot.parsed
    is_newest = newest is not None and newest.snapshot_id == version.snapshot_id
    context = {
        "template": template,
        "body": template.draft.parsed,
        "room": "versions",
        "version": version,
        "newest": newest,
        "is_newest": is_newest,
        "is_draft": template.draft_id == version.snapshot_id,
        "changes": [] if is_newest or newest is None else show_changes(newest.snapshot.parsed, old),
        "set_aside": _find_unpublished(template, newest),
        "refused": refused,
        "note": read_note(request),
        "page": "templates",
    }
    return render(request, "templates/studio/versions/again.html", context, status=409 if refused else 200)
