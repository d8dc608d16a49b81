"""Templates in the administration, for superusers: what is immutable can only be read."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from signals.admin import Plain, ReadOnly
from templates.models import (
    DraftChange,
    HouseStyle,
    ReportTemplate,
    Snapshot,
    TemplateShare,
    TemplateVersion,
    WordImport,
)


class Kept(ReadOnly):
    """Rows of which only a few fields may be set right: those that are not in `readonly_fields`."""

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """As for any model."""
        return super(ReadOnly, self).has_change_permission(request, obj)


class ShareAdmin(Plain):
    """Who may see a thing, and who may also change it."""

    list_filter = ["can_edit"]
    search_fields = ["user__username", "group__name"]


@admin.register(ReportTemplate)
class ReportTemplateAdmin(Kept):
    """Owner and archive; the draft is changed in the studio."""

    list_display = ["slug", "owner", "archived", "changed"]
    list_filter = ["archived"]
    list_select_related = ["owner"]
    search_fields = ["slug", "owner__username"]
    autocomplete_fields = ["owner"]
    readonly_fields = ["slug", "draft", "created", "changed"]


@admin.register(TemplateVersion)
class TemplateVersionAdmin(ReadOnly):
    """What was published."""

    list_display = ["template", "number", "note", "published_by", "published"]
    list_select_related = ["template", "published_by"]
    search_fields = ["template__slug", "note"]


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnly):
    """The bodies of templates."""

    list_display = ["short_hash", "created"]
    search_fields = ["hash"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Snapshot]:
        """A list of bodies would be long."""
        return Snapshot.objects.defer("body")

    @admin.display(description="hash")
    def short_hash(self, snapshot: Snapshot) -> str:
        """Its beginning, which tells it from others."""
        return snapshot.hash[:12]


@admin.register(DraftChange)
class DraftChangeAdmin(ReadOnly):
    """What was done to drafts."""

    list_display = ["template", "what", "by", "at"]
    list_select_related = ["template", "by"]
    search_fields = ["template__slug", "what"]
    ordering = ["-pk"]


@admin.register(HouseStyle)
class HouseStyleAdmin(ReadOnly):
    """Which Word documents are kept; not what stands in them."""

    list_display = ["sha256", "created"]
    search_fields = ["sha256"]
    fields = ["sha256", "created"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[HouseStyle]:
        """Without the documents."""
        return HouseStyle.objects.defer("content")


@admin.register(WordImport)
class WordImportAdmin(ReadOnly):
    """Who is making a template of which reports; not what stands in them."""

    list_display = ["name", "owner", "created"]
    list_select_related = ["owner"]
    search_fields = ["name", "owner__username"]
    fields = ["name", "owner", "files", "created"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[WordImport]:
        """Without the documents."""
        return WordImport.objects.defer("house", "proposed")


@admin.register(TemplateShare)
class TemplateShareAdmin(ShareAdmin):
    """Who may fill a template, and who may also change it."""

    list_display = ["template", "user", "group", "can_edit"]
    list_select_related = ["template", "user", "group"]
    search_fields = ["template__slug", *ShareAdmin.search_fields]
    autocomplete_fields = ["template", "user", "group"]
