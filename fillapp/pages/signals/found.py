"""The signal that an address names, for every room: whoever teaches signals may see them all."""

from django.shortcuts import get_object_or_404

from fillapp.pages.accounts import SignedIn
from signals.kinds.few_shot import FewShot
from signals.models import Signal

MAY_SEE = "signals.view_signal"
MAY_ADD = "signals.add_signal"
MAY_CHANGE = "signals.change_signal"


def find_signal(request: SignedIn, name: str) -> Signal:
    """The signal of this key; asked for behind `needs`. Raises `Http404`."""
    return get_object_or_404(Signal, name=name)


def find_taught(request: SignedIn, name: str) -> Signal:
    """The signal of this key, if it learns from examples. Raises `Http404`."""
    return get_object_or_404(Signal, name=name, kind=FewShot.name)
