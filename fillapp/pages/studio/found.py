"""The template a person may change, for every room of the studio."""

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from fillapp.pages.accounts import SignedIn
from templates.models import ReportTemplate

MAY_CHANGE = "templates.change_reporttemplate"


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
