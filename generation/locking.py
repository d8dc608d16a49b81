"""Holding a report, so that two who change several of its parts take turns."""

from django.db import connection

from generation.models import Report


def lock_report(pk: int) -> None:
    """Hold a report until the transaction ends, before any of its fills.

    PostgreSQL ends one of two that wait for each other's rows; SQLite has one writer at a time. In a query
    of its own: PostgreSQL drops a row it waited for where the row joined to it is another by then.
    """
    if connection.features.has_select_for_update:
        list(Report.objects.select_for_update(no_key=True).order_by().filter(pk=pk).values_list("pk"))
