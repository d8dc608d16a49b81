"""The app of the site."""

from django.apps import AppConfig


class FillConfig(AppConfig):
    name = "fillapp"
    verbose_name = "Fill"

    def ready(self) -> None:
        """Make Fill's Celery app the one that tasks are sent with, in every kind of process."""
        from fillapp.celery import app

        app.set_default()
