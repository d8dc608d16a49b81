"""What runs in the background, and who read what, in the administration: to be read only."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from signals.models import Alert, Backfill, EmbeddingPass, Raising, ReadAll

# Of what it is a list can be said to the type checker only.
if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin


class Plain(_ModelAdmin):
    """A list that stays quick on many rows."""

    list_per_page = 50
    # Counting all rows of a large table takes longer than showing fifty of them.
    show_full_result_count = False


class ReadOnly(Plain):
    """Rows that the product writes and nobody changes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are made by the product alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """They are as they were written."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Others may stand on them, or they go with what they belong to."""
        return False


@admin.register(ReadAll)
class ReadAllAdmin(ReadOnly):
    """Who read the texts of all reports, when, what for, and on which page."""

    list_display = ["at", "by", "what", "where"]
    list_select_related = ["by"]
    search_fields = ["by__username", "what"]
    date_hierarchy = "at"


@admin.register(Backfill)
class BackfillAdmin(ReadOnly):
    """What was read again by which signal, and how far that is."""

    list_display = ["signal", "state", "done", "total", "flagged", "failed", "by", "created", "finished"]
    list_filter = ["state"]
    list_select_related = ["signal", "by"]


@admin.register(EmbeddingPass)
class EmbeddingPassAdmin(ReadOnly):
    """What was embedded by which embedder."""

    list_display = ["embedder", "state", "done", "total", "error", "created", "finished"]
    list_filter = ["state"]


@admin.register(Alert)
class AlertAdmin(ReadOnly):
    """Whom an alert tells of what; it is changed on its page."""

    list_display = ["signal", "bound", "hours", "least", "way", "paused", "author", "created"]
    list_select_related = ["signal", "author"]


@admin.register(Raising)
class RaisingAdmin(ReadOnly):
    """When an alert was raised and cleared, and whether people were told."""

    list_display = ["alert", "at", "flagged", "read", "cleared", "told", "told_cleared", "error"]
    list_select_related = ["alert__signal"]
