"""`manage.py purge`: removes for good what was deleted 30 days ago; safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand

from generation.removal import KEPT, purge


class Command(BaseCommand):
    help = f"Remove reports deleted more than {KEPT.days} days ago, and documents as old that no report has."

    def handle(self, *args: Any, **options: Any) -> None:
        reports, documents = purge()
        self.stdout.write(f"Removed for good: {_count(reports, 'report')}, {_count(documents, 'document')}.")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
