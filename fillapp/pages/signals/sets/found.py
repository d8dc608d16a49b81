"""The sets a person may read, and those they may change."""

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from fillapp.pages.accounts import SignedIn
from signals.models import SampleSet


def find_sets(user: User) -> QuerySet[SampleSet]:
    """Those of the person, and those that are shared with all who teach."""
    return SampleSet.objects.filter(Q(owner=user) | Q(shared=True)).select_related("owner")


def find_set(request: SignedIn, pk: int) -> SampleSet:
    """One that the person may read. Raises `Http404`."""
    return get_object_or_404(find_sets(request.user), pk=pk)


def find_own_set(request: SignedIn, pk: int) -> SampleSet:
    """One that the person brought. Raises `Http404`."""
    return get_object_or_404(SampleSet, pk=pk, owner=request.user)
