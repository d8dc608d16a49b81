"""`manage.py load_signals`: loads the signals that ship, once."""

from typing import Any

from django.core.management.base import BaseCommand

from signals.starter import load_starters


class Command(BaseCommand):
    help = "Load the signals that ship with Fill; those that are there already are left as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        for signal in load_starters():
            self.stdout.write(f"{signal.name}: loaded")
