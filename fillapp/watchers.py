"""Those who have a report's page open: who may still look, and telling workers that somebody does."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import close_old_connections
from django.http import Http404, HttpRequest
from django.utils import timezone

from generation.models import Report

# Longer than between two beats: workers look only now and then whether somebody watches.
_WATCHED = timedelta(seconds=15)

Audience = tuple[int, bool]
"""All who watch one report with the same right: its id, and whether they may edit it."""


@dataclass(frozen=True, eq=False)
class Watcher:
    """One open page of a report: whose it is, and the session it was opened in."""

    report_id: int
    user_id: int
    session: str
    session_hash: str
    can_edit: bool

    @property
    def audience(self) -> Audience:
        """Those who see the same."""
        return self.report_id, self.can_edit


def admit(request: HttpRequest, report_id: int) -> Watcher:
    """Whoever asks, if they may see the report. Raises `Http404`."""
    try:
        user = request.user
        report = Report.objects.filter(pk=report_id)
        if not isinstance(user, User) or not report.visible_to(user).exists():
            raise Http404
        return Watcher(
            report_id=report_id,
            user_id=user.pk,
            session=request.session.session_key or "",
            session_hash=user.get_session_auth_hash(),
            can_edit=report.editable_by(user).exists(),
        )
    finally:
        # The request goes on for as long as the page is open: it must not keep its connection.
        close_old_connections()


def find_rights(watchers: Collection[Watcher]) -> dict[Watcher, bool]:
    """Whether each may also edit the report, for those who may still see it and are signed in."""
    try:
        # The role that the address asks for, and whether the person is active.
        entitled = User.objects.with_perm("generation.view_report")
        users = entitled.in_bulk({watcher.user_id for watcher in watchers})
        hashes = {pk: user.get_session_auth_hash() for pk, user in users.items()}
        sessions = Session.objects.filter(expire_date__gt=timezone.now())
        sessions = sessions.filter(session_key__in={watcher.session for watcher in watchers})
        signed_in = set(sessions.values_list("session_key", flat=True))
        reports = Report.objects.filter(pk__in={watcher.report_id for watcher in watchers})
        rights = reports.rights_of(users.values())
    finally:
        close_old_connections()
    return {
        watcher: rights[watcher.user_id, watcher.report_id]
        for watcher in watchers
        if (watcher.user_id, watcher.report_id) in rights
        and watcher.session in signed_in
        # Whoever changes the password wants all other windows shut.
        and hashes[watcher.user_id] == watcher.session_hash
    }


def mark_watched(report_ids: Collection[int]) -> None:
    """Let workers know that somebody is looking at these reports."""
    try:
        until = timezone.now() + _WATCHED
        Report.objects.filter(pk__in=report_ids).order_by().update(watched_until=until)
    finally:
        close_old_connections()
