"""`manage.py up`: the whole product in one process, web and worker."""

import logging
import socket
import sys
import threading
import time
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from fillapp.celery import start_worker
from fillapp.demo import LOGINS, PASSWORD, find_demo_report, load_new_demo
from fillapp.hub import hub
from fillapp.progress import follow_report
from generation.engine.schedule import start_report
from generation.export import export_word
from generation.profiles import UnknownProfile, default_profile
from generation.removal import purge
from signals.models import Signal
from signals.starter import load_starters

log = logging.getLogger(__name__)
_DAY = 24 * 60 * 60


class _Server(uvicorn.Server):
    """Ends the streams first: they would never end by themselves, and hold up the shutdown."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        hub.end()
        await super().shutdown(sockets)


class Command(BaseCommand):
    help = "Start the site and its worker in one process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument(
            "--demo",
            action="store_true",
            help="first bring the database up to date; load and fill the demo if it is new",
        )

    def handle(self, *args: Any, port: int, host: str, demo: bool, **options: Any) -> None:
        try:
            profile = default_profile()
        except UnknownProfile as error:
            self.stderr.write(str(error))
            sys.exit(2)
        if demo:
            call_command("migrate", verbosity=0)
            load_new_demo()
            if not Signal.objects.exists():
                # A database of before there were signals.
                load_starters()
        start_worker(settings.FILL_QUEUE)
        if demo:
            self.fill_demo(settings.VAR_DIR / "demo-report.docx")
        threading.Thread(target=purge_daily, name="fill-purge", daemon=True).start()
        writer = "the offline writer (no language model)" if profile.offline else f"the model {profile.model}"
        self.stdout.write(f"Fill is at http://{host}:{port}/ and writes with {writer}.")
        names = [name for name in LOGINS if User.objects.filter(username=name, is_active=True).exists()]
        if names:
            self.stdout.write(f"Demo logins: {', '.join(names)}; password {PASSWORD}.")
        self.stdout.flush()
        config = uvicorn.Config(
            "fillapp.asgi:application",
            host=host,
            port=port,
            log_level="warning",
            timeout_graceful_shutdown=2,
        )
        # Ctrl+C is how one stops it.
        with suppress(KeyboardInterrupt):
            _Server(config).run()

    def fill_demo(self, output: Path) -> None:
        """Fill the demo report and write it as a Word file, the first time or where that broke off."""
        report = find_demo_report()
        if report is None or output.exists():
            return
        self.stdout.write(f"Filling the demo report “{report.title}” …")
        start_report(report)
        follow_report(report, self.stdout)
        report.refresh_from_db()
        output.write_bytes(export_word(report))
        self.stdout.write(f"The demo report as a Word file: {_shown(output)}")


def purge_daily() -> None:
    """What was deleted long enough ago is removed for good, now and every day from now on."""
    while True:
        try:
            purge()
        except Exception:
            log.exception("purging")
        finally:
            connections.close_all()
        time.sleep(_DAY)


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
