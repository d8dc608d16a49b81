"""The app of templates: what a report is made of."""

from django.apps import AppConfig


class TemplatesConfig(AppConfig):
    name = "templates"
    verbose_name = "Templates"
