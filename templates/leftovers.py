"""Snapshots that nothing is made of: what stood in a draft between two keystrokes."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, ManyToOneRel, OuterRef, ProtectedError, QuerySet
from django.utils import timezone

from templates.models import Snapshot

# Whoever was about to make something of one has done so long before.
KEPT = timedelta(days=1)


def drop_leftovers() -> int:
    """Drop the snapshots older than `KEPT` that nothing names; how many that were."""
    return sum(map(_drop, _find_leftovers().values_list("pk", flat=True)))


def _find_leftovers() -> QuerySet[Snapshot]:
    found = Snapshot.objects.filter(created__lt=timezone.now() - KEPT)
    for relation in Snapshot._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            names = {relation.field.name: OuterRef("pk")}
            found = found.filter(~Exists(relation.related_model._base_manager.filter(**names)))
    return found.order_by("pk")


def _drop(pk: int) -> bool:
    """Whether it is dropped: one that something was made of in between stays."""
    try:
        with transaction.atomic():
            return bool(Snapshot.objects.filter(pk=pk).delete()[0])
    except (ProtectedError, IntegrityError):
        return False
