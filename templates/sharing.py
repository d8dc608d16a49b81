"""Sharing: the rows that let a user or a group see or change a thing, and the one query over them."""

from collections import defaultdict
from collections.abc import Collection
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

    def owned_by(self, user: User | AnonymousUser) -> Self:
        """Those the user may share: their own; a superuser all."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self._present() if user.is_superuser else self._present().filter(owner=user)

    def rights_of(self, users: Collection[User]) -> dict[tuple[int, int], bool]:
        """What `visible_to` and `editable_by` say of many users at once, in three queries.

        Whether a user may also change a thing, by (user, thing), for those who may see it.
        """
        active = {user.pk: user for user in users if user.is_active}
        owners = dict(self._present().values_list("pk", "owner"))
        rights = {
            (pk, thing): True
            for pk, user in active.items()
            for thing, owner in owners.items()
            if user.is_superuser or owner == pk
        }
        members: dict[int, list[int]] = defaultdict(list)
        for group, pk in Group.user_set.through.objects.filter(user__in=active).values_list("group", "user"):
            members[group].append(pk)
        share: Any = self.model._meta.get_field("shares")
        rows = share.related_model.objects.filter(**{f"{share.field.name}__in": list(owners)})
        for thing, one, group, can_edit in rows.values_list(share.field.name, "user", "group", "can_edit"):
            for pk in active.keys() & ({one} if one else members[group]):
                rights[pk, thing] = rights.get((pk, thing), False) or can_edit
        return rights

    def _shared(self, user: User | AnonymousUser, how: Q) -> Self:
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self._present() if user.is_superuser else self._present().filter(self._rule(user, how))

    def _rule(self, user: User | AnonymousUser, how: Q) -> Q:
        """What holds of a thing that the user owns or was shown."""
        share: Any = self.model._meta.get_field("shares")
        rows = share.related_model.objects.filter(how & (Q(user=user) | Q(group__in=user.groups.all())))
        return Q(owner=user) | Q(pk__in=rows.values(share.field.name))

    def _present(self) -> Self:
        """Those that anybody may see at all."""
        return self
