"""What Word will show of a report: its pages as pictures."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from generation.export import export_word
from generation.models import Report
from generation.review import may_export
from generation.word_pages import Drawing, Failed, Pages, draw_pages, fingerprint, has_libreoffice, look_up

# Of the pictures, in pixels: sharp on a fine screen when a page is as wide as a sheet of paper.
_WIDTH = 1240
_SMALL = 200


@dataclass(frozen=True)
class Preview:
    """How far the pictures are, for `generation/preview/pages.html`."""

    digest: str = ""
    drawn: Pages | None = None
    failed: str = ""

    @property
    def state(self) -> str:
        """Missing (no LibreOffice), failed, ready, or drawing."""
        if not self.digest:
            return "missing"
        if self.failed:
            return "failed"
        return "ready" if self.drawn else "drawing"


@require_http_methods(["GET", "HEAD", "POST"])
@needs("generation.view_report")
def show_preview(request: SignedIn, pk: int) -> HttpResponse:
    """The pages of the report as it stands; posted to, what could not be drawn is tried again."""
    report = _find(request, pk)
    preview = Preview()
    if has_libreoffice():
        docx = export_word(report)
        digest = fingerprint(docx)
        found = look_up(_name(pk, digest))
        if found is None or (request.method == "POST" and isinstance(found, Failed)):
            draw_pages(_name(pk, digest), docx)
            found = look_up(_name(pk, digest)) or Drawing()
        preview = _preview(digest, found)
    if request.method == "POST":
        return redirect("report_preview", pk=pk)
    context = {"report": report, "preview": preview, "may_export": may_export(report), "page": "reports"}
    response = render(request, "generation/preview/preview.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@needs("generation.view_report")
def show_pages(request: SignedIn, pk: int, digest: str) -> HttpResponse:
    """How far the pictures of one state of the report are, as the part of the page that says so."""
    report = _find(request, pk)
    found = look_up(_name(pk, digest))
    if found is None:
        # This process knows nothing of it, or no longer: the page begins anew.
        return redirect("report_preview", pk=pk)
    context = {"report": report, "preview": _preview(digest, found)}
    response = render(request, "generation/preview/pages.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@needs("generation.view_report")
def show_picture(request: SignedIn, pk: int, digest: str, number: int, small: bool = False) -> HttpResponse:
    """One page as PNG."""
    _find(request, pk)
    found = look_up(_name(pk, digest))
    png = found.picture(number, _SMALL if small else _WIDTH) if isinstance(found, Pages) else None
    if png is None:
        raise Http404
    response = HttpResponse(png, content_type="image/png")
    # The address changes with what the page shows.
    response["Cache-Control"] = "private, max-age=3600, immutable"
    return response


def _find(request: SignedIn, pk: int) -> Report:
    reports = Report.objects.visible_to(request.user).select_related("snapshot", "owner")
    return get_object_or_404(reports, pk=pk)


def _name(pk: int, digest: str) -> str:
    """Whoever knows the digest of another report's file does not see it by way of their own."""
    return f"{pk}-{digest}"


def _preview(digest: str, found: Pages | Drawing | Failed) -> Preview:
    return Preview(
        digest,
        found if isinstance(found, Pages) else None,
        found.sentence if isinstance(found, Failed) else "",
    )
