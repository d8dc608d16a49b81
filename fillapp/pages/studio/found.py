"""The template a person may change, for every room of the studio."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from fillapp.pages.accounts import SignedIn
from fillapp.pages.block.found import SOMEONE_ELSE
from templates.models import ReportTemplate

MAY_CHANGE = "templates.change_reporttemplate"
View = TypeVar("View", bound=Callable[..., Any])


def find_editable(user: User) -> QuerySet[ReportTemplate]:
    """The templates the user may change."""
    found = ReportTemplate.objects.editable_by(user)
    return found if user.has_perm(MAY_CHANGE) else found.none()


def find_template(request: SignedIn, slug: str) -> ReportTemplate:
    """A template the user may change. Raises `Http404`."""
    return get_object_or_404(find_editable(request.user).select_related("draft"), slug=slug)


def lock_template(template: ReportTemplate) -> ReportTemplate:
    """The template as it stands now, held until the transaction ends. Raises `Http404`."""
    ReportTemplate.objects.select_for_update().filter(pk=template.pk).first()
    found = ReportTemplate.objects.select_related("draft").filter(pk=template.pk).first()
    if found is None:
        raise Http404
    return found


def changes_draft(view: View) -> View:
    """Answer what a page may not send on: another may have signed in on that browser since it was made."""

    @wraps(view)
    def answer(request: SignedIn, slug: str, **more: Any) -> HttpResponse:
        person = request.POST.get("person", "")
        if request.method == "POST" and person and person != str(request.user.pk):
            # A stranger is not even told that there is such a template.
            find_template(request, slug)
            return JsonResponse({"error": SOMEONE_ELSE}, status=409)
        found: HttpResponse = view(request, slug, **more)
        return found

    return cast(View, answer)
