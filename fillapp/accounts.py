"""Roles: Django groups with the permissions each needs."""

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import Q, QuerySet

BUSINESS, SUPER, ADMINISTRATOR = "Business users", "Super users", "Administrators"

_FILL_REPORTS = (
    "generation.add_report",
    "generation.change_report",
    "generation.view_report",
    "generation.delete_report",
    "generation.add_document",
    "generation.view_document",
)
_BUILD_TEMPLATES = (
    "templates.add_reporttemplate",
    "templates.change_reporttemplate",
    "templates.view_reporttemplate",
    "templates.delete_reporttemplate",
    "templates.add_templateversion",
    "templates.view_templateversion",
)
_TEACH_SIGNALS = (
    "signals.add_signal",
    "signals.change_signal",
    "signals.view_signal",
    "signals.view_reading",
)
# Each look is in the history of the report.
_RELEASE = ("generation.release_withheld",)
# Each use of it is recorded.
_READ_ALL = ("signals.read_all_texts",)
_MANAGE_PEOPLE = (
    "auth.add_user",
    "auth.change_user",
    "auth.view_user",
    "auth.view_group",
)
PERMISSIONS = {
    BUSINESS: _FILL_REPORTS,
    SUPER: _FILL_REPORTS + _BUILD_TEMPLATES + _TEACH_SIGNALS + _RELEASE,
    ADMINISTRATOR: (
        _FILL_REPORTS + _BUILD_TEMPLATES + _TEACH_SIGNALS + _RELEASE + _READ_ALL + _MANAGE_PEOPLE
    ),
}
# What a page says that somebody without the permission wanted to do.
MEANINGS = {
    "generation.add_report": "start a report",
    "generation.change_report": "change reports",
    "generation.view_report": "read reports",
    "generation.delete_report": "delete reports",
    "generation.add_document": "add documents",
    "generation.view_document": "read documents",
    "generation.release_withheld": "release withheld parts",
    "templates.change_reporttemplate": "change templates",
    "signals.view_signal": "see signals",
    "signals.add_signal": "make signals",
    "signals.change_signal": "teach signals",
    "signals.view_reading": "see what signals found",
}
_FEW = 3


@transaction.atomic
def load_roles() -> list[Group]:
    """The groups, each with exactly its permissions; the same however often it runs."""
    permissions = {
        f"{one.content_type.app_label}.{one.codename}": one
        for one in Permission.objects.select_related("content_type")
    }
    groups = []
    for name, wanted in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(permissions[label] for label in wanted)
        groups.append(group)
    return groups


def find_administrators() -> list[User]:
    """A few people who can give others a role."""
    administers = Q(groups__name=ADMINISTRATOR) | Q(is_superuser=True)
    return list(User.objects.filter(administers, is_active=True).distinct().order_by("pk")[:_FEW])


def find_releasers(users: QuerySet[User]) -> list[User]:
    """A few of these people who may release withheld parts."""
    app, codename = _RELEASE[0].split(".")
    given = {"content_type__app_label": app, "codename": codename}
    permission = Permission.objects.get(**given)
    may = Q(groups__permissions=permission) | Q(user_permissions=permission) | Q(is_superuser=True)
    return list(users.filter(may, is_active=True).distinct().order_by("pk")[:_FEW])
