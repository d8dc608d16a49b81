"""The app of the site."""

from django.apps import AppConfig


class FillConfig(AppConfig):
    name = "fillapp"
    verbose_name = "Fill"

    def ready(self) -> None:
        """In every kind of process: Fill's Celery app sends the tasks, and judges ask the default model."""
        from fillapp.celery import app
        from generation.asking import AskModel
        from signals.handed import hands

        app.set_default()
        hands.ask = AskModel()
