"""The app of the site."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from signals.handed import Ask, Embed, Tell


class FillConfig(AppConfig):
    name = "fillapp"
    verbose_name = "Fill"

    def ready(self) -> None:
        """Make Fill's Celery app the one that tasks are sent with, in every kind of process.

        And hand over to signals what they need of a model and of the site.
        """
        from fillapp.celery import app
        from signals.handed import hands

        app.set_default()
        hands.bring = _bring


def _bring() -> "tuple[Ask | None, Embed | None, Tell | None]":
    from fillapp.telling import tell
    from generation.asking import AskModel
    from generation.embeddings import find_embedder

    return AskModel(), find_embedder(), tell
