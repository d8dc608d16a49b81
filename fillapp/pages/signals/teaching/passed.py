"""The texts that somebody passed over: not asked again before they sign in anew."""

from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from fillapp.pages.accounts import SignedIn
from signals.models import Signal

_MOST = 500


def passed_by(request: SignedIn, signal: Signal) -> list[str]:
    """Their hashes."""
    return [sha for sha, _ in _read(request, signal)]


def pass_over(request: SignedIn, signal: Signal, sha256: str) -> None:
    """Do not ask about this text for now."""
    others = [one for one in _read(request, signal) if one[0] != sha256]
    _write(request, signal, [*others, [sha256, timezone.now().isoformat()]])


def passed_last(request: SignedIn, signal: Signal) -> datetime | None:
    """When the last one was passed over."""
    kept = _read(request, signal)
    return parse_datetime(kept[-1][1]) if kept else None


def ask_again(request: SignedIn, signal: Signal) -> str:
    """Undo the last passing over; the hash of its text."""
    *others, last = _read(request, signal)
    _write(request, signal, others)
    return last[0]


def _read(request: SignedIn, signal: Signal) -> list[list[str]]:
    return list(request.session.get(f"passed-{signal.pk}", []))


def _write(request: SignedIn, signal: Signal, kept: list[list[str]]) -> None:
    request.session[f"passed-{signal.pk}"] = kept[-_MOST:]
