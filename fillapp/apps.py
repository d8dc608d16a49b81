"""The app of the site."""

from django.apps import AppConfig


class FillConfig(AppConfig):
    name = "fillapp"
    verbose_name = "Fill"

    def ready(self) -> None:
        """Make Fill's Celery app the one that tasks are sent with, in every kind of process.

        And hand over to signals what they need of a model and of the site.
        """
        from fillapp.celery import app
        from fillapp.telling import tell
        from generation.asking import AskModel
        from generation.embeddings import find_embedder
        from signals.handed import hands

        app.set_default()
        hands.tell = tell
        hands.ask = AskModel()
        hands.embed = find_embedder()
