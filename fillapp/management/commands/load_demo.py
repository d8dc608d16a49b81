"""`manage.py load_demo`: loads the demo people and templates, once."""

from typing import Any

from django.core.management.base import BaseCommand

from fillapp.demo import load_demo


class Command(BaseCommand):
    help = "Load the demo people and templates; what is there already is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        load_demo()
