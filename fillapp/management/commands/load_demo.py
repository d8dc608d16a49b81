"""`manage.py load_demo`: loads the demo once and fills its first report."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from fillapp.celery import IN_PROCESS, start_worker
from fillapp.demo import create_demo_report, load_demo
from fillapp.progress import follow_report
from generation.engine.schedule import start_report
from generation.export import export_word


class Command(BaseCommand):
    help = "Load the demo people and templates, and fill the demo report the first time."

    def handle(self, *args: Any, **options: Any) -> None:
        load_demo()
        report = create_demo_report()
        if report is None:
            return
        start_worker(report.queue, broker=IN_PROCESS)
        self.stdout.write(f"Filling the demo report “{report.title}” …")
        start_report(report)
        follow_report(report, self.stdout)
        report.refresh_from_db()
        output = settings.VAR_DIR / "demo-report.docx"
        output.write_bytes(export_word(report))
        self.stdout.write(f"The demo report as a Word file: {_shown(output)}")


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
