"""`manage.py load_roles`: makes the groups; safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand

from fillapp.accounts import load_roles


class Command(BaseCommand):
    help = "Make the groups of business users, super users and administrators with their permissions."

    def handle(self, *args: Any, **options: Any) -> None:
        for group in load_roles():
            self.stdout.write(f"{group.name}: {group.permissions.count()} permissions")
