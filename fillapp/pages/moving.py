"""Moving a report forward to the newest version of its template: what changes in it, shown first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.versions.changes import show_changes
from generation.asked import hash_block
from generation.models import Fill, Report
from generation.moving import Moved, move_report
from templates.body import Block
from templates.compare import name_block
from templates.models import ReportTemplate, TemplateVersion

Fate = Literal["kept", "changed", "new", "back", "gone"]
_CHANGED = (
    "The report or its template was changed while you looked at this, so nothing was moved. Look again."
)


@dataclass(frozen=True)
class Part:
    """A part of the report, and what becomes of it."""

    name: str
    fate: Fate


@require_http_methods(["GET", "POST"])
@needs("generation.change_report")
def move(request: SignedIn, pk: int) -> HttpResponse:
    """What moving changes, part by part; a POST moves the report as it was seen."""
    cases = Report.objects.editable_by(request.user).filter(purpose=Report.Purpose.CASE)
    report = get_object_or_404(cases.select_related("snapshot", "version", "template"), pk=pk)
    version = find_newer(report, request.user)
    if request.method == "POST" and version is None:
        return redirect("report", pk=pk)
    if version is None:
        raise Http404
    if request.method == "GET":
        return _show(request, report, version)
    if request.POST.get("seen") != _seen(report, version):
        return _show(request, report, version, refused=_CHANGED)
    moved = move_report(report, version.snapshot, version)
    messages.success(request, f"The report follows version {version.number} now. {_say(moved)}".strip())
    return redirect("report", pk=pk)


def find_newer(report: Report, user: User) -> TemplateVersion | None:
    """The newest version of the report's template, where the report is on another and the user may see it."""
    if report.template_id is None or report.purpose != Report.Purpose.CASE:
        return None
    template = ReportTemplate.objects.visible_to(user).filter(pk=report.template_id).first()
    newest = template.newest if template else None
    return newest if newest and newest.snapshot_id != report.snapshot_id else None


def _seen(report: Report, version: TemplateVersion) -> str:
    return f"{report.snapshot.hash[:16]}-{version.number}"


def _show(request: SignedIn, report: Report, version: TemplateVersion, *, refused: str = "") -> HttpResponse:
    parts = list(_find_fates(report, version))
    context = {
        "report": report,
        "version": version,
        "groups": show_changes(report.snapshot.parsed, version.snapshot.parsed),
        "parts": parts,
        "is_plain": all(part.fate == "kept" for part in parts),
        "seen": _seen(report, version),
        "refused": refused,
        "page": "reports",
    }
    return render(request, "generation/move.html", context, status=409 if refused else 200)


def _find_fates(report: Report, version: TemplateVersion) -> Iterator[Part]:
    """In the order of the new version; what goes out of sight stands last."""
    old = {block.block: block for block in report.snapshot.parsed.fillable}
    gone = set(Fill.every.filter(report=report, gone=True).values_list("block", "kind"))
    stays = set()
    for block in version.snapshot.parsed.fillable:
        was = old.get(block.block)
        if was and was.kind == block.kind:
            stays.add(block.block)
            yield Part(name_block(block), _compare(was, block))
        else:
            yield Part(name_block(block), "back" if (block.block, block.kind) in gone else "new")
    yield from (Part(name_block(block), "gone") for key, block in old.items() if key not in stays)


def _compare(was: Block, now: Block) -> Fate:
    return "kept" if hash_block(was) == hash_block(now) else "changed"


def _say(moved: Moved) -> str:
    """What there is to do now."""
    said = []
    if count := len(moved.added):
        said.append(f"{count} new {'part is' if count == 1 else 'parts are'} empty: “Try again” writes them.")
    if count := len(moved.changed):
        said.append(f"{count} {'part was' if count == 1 else 'parts were'} written for other instructions.")
    return " ".join(said)
