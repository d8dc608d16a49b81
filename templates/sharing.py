"""Sharing: the rows that let a user or a group see or change a thing, and the one query over them."""

from typing import Any, Self, TypeVar

from django.contrib.auth.models import AnonymousUser, Group, User
from django.db import models
from django.db.models import Q

Shared = TypeVar("Shared", bound=models.Model)


class Share(models.Model):
    """Lets a user or a group see a thing, or also change it. Subclasses add the thing, as `shares`."""

    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True, related_name="+")
    can_edit = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(group__isnull=True), name="%(class)s_user_or_group"
            )
        ]

    def __str__(self) -> str:
        return f"for {self.user or self.group}"


class SharedQuerySet(models.QuerySet[Shared]):
    """Things with an `owner` and `shares`, by what a person may do with them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those the user owns or was shown."""
        return self._shared(user, Q())

    def editable_by(self, user: User | AnonymousUser) -> Self:
        """Those the user owns or may change."""
        return self._shared(user, Q(can_edit=True))

    def _shared(self, user: User | AnonymousUser, how: Q) -> Self:
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        share: Any = self.model._meta.get_field("shares")
        rows = share.related_model.objects.filter(how & (Q(user=user) | Q(group__in=user.groups.all())))
        return self.filter(Q(owner=user) | Q(pk__in=rows.values(share.field.name)))
