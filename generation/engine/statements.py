"""The statements every block needs, as SQL for SQLite and PostgreSQL: Django would compile each anew."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from generation.models import Fill, Report

# (report's keys of documents, content hashes, slots) in the order of the report.
DocumentKey = tuple[tuple[int, str, str], ...]
# By the clock of the database: one machine's that is ahead would take what others are writing.
_NOW = {
    "postgresql": "statement_timestamp()",
    "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')",
}
_LEASE_END = {
    "postgresql": f"statement_timestamp() + interval '{settings.FILL_LEASE_SECONDS} seconds'",
    "sqlite": f"strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now', '+{settings.FILL_LEASE_SECONDS} seconds')",
}
# SQLite has one writer at a time and needs no such words.
_LOCK = {
    "postgresql": "select 1 from generation_fill where id = %s for update",
    "sqlite": "select 1 from generation_fill where id = %s",
}
_READ = """
    select fill.block, fill.inputs, report.id, report.snapshot_id, report.profile,
        report.released is null, coalesce(report.watched_until > %s, false),
        fill.chosen_id, fill.edit_id, fill.note, fill.wanted, fill.asked_by_id, report.purpose
    from generation_fill fill join generation_report report on report.id = fill.report_id
    where fill.id = %s
"""
# What `_READ` gives of a fill, in the order of the model: its block, what stands there, what is asked for.
_OF_FILL = ("id", "report_id", "block", "inputs", "chosen_id", "edit_id", "note", "wanted", "asked_by_id")
_TAKE = """
    update generation_fill
    set state = 'running', attempt = %s, attempts = attempts + 1, lease_until = {lease_end},
        started = %s, changed = %s, partial = ''
    where id = %s and inputs = %s and (state = 'queued' or state = 'running' and lease_until < {now})
"""
_DOCUMENTS = """
    select document.id, document.sha256, used.slot
    from generation_reportdocument used join generation_document document on document.id = used.document_id
    where used.report_id = %s order by used.position
"""
_LEFT = """
    select distinct state from generation_fill
    where report_id = %s and state in ('waiting', 'queued', 'running')
"""
_QUEUE = """
    update generation_fill set state = 'queued', queued = %s, changed = %s
    where id in ({marks}) and state = 'waiting' returning id
"""
_INSERT = "insert into {table} ({columns}) values {rows} returning id"
_FINISH = """
    update generation_fill
    set lease_until = null, attempt = null, partial = '', note = '', wanted = 1, asked_by_id = null,
        finished = %s, changed = %s, {values}
    where id = %s and attempt = %s and state = 'running'
"""
_NEW_VALUE = "edit_id = null, revision = revision + 1, review = 'not yet'"


def read_fill(fill_id: int) -> tuple[Fill, bool, bool] | None:
    """The fill with its report, no more of either than filling needs; does it lead, and is it watched."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, (_moment(timezone.now()), fill_id))
        row = cursor.fetchone()
    if row is None:
        return None
    block, inputs, report_id, snapshot_id, profile, leads, watched, *asked, purpose = row
    fill = Fill.from_db(connection.alias, _OF_FILL, [fill_id, report_id, block, inputs, *asked])
    fill.report = Report.from_db(
        connection.alias,
        ["id", "purpose", "snapshot_id", "profile"],
        [report_id, purpose, snapshot_id, profile],
    )
    return fill, bool(leads), bool(watched)


def take_fill(fill: Fill, attempt: uuid.UUID) -> bool:
    """Whether the fill was free, is to be written from what was read, and now is this attempt's."""
    now, vendor = _moment(timezone.now()), connection.vendor
    statement = _TAKE.format(lease_end=_LEASE_END[vendor], now=_NOW[vendor])
    with connection.cursor() as cursor:
        cursor.execute(statement, (_token(attempt), now, now, fill.pk, fill.inputs))
        return bool(cursor.rowcount)


def read_documents(report_id: int) -> DocumentKey:
    """The documents of a report."""
    with connection.cursor() as cursor:
        cursor.execute(_DOCUMENTS, (report_id,))
        return tuple(cursor.fetchall())


def lock_fill(fill_id: int) -> bool:
    """Whether there is such a fill, from now on this transaction's."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK[connection.vendor], (fill_id,))
        return cursor.fetchone() is not None


def count_candidates(fill_id: int) -> int:
    """The number of the fill's last candidate; 0 without one."""
    with connection.cursor() as cursor:
        statement = "select coalesce(max(number), 0) from generation_candidate where fill_id = %s"
        cursor.execute(statement, (fill_id,))
        return int(cursor.fetchone()[0])


def insert_rows(rows: Sequence[Model]) -> None:
    """Insert new rows of one table in one statement; each is given its key."""
    if not rows:
        return
    fields = [field for field in rows[0]._meta.concrete_fields if not field.primary_key]
    statement = _INSERT.format(
        table=rows[0]._meta.db_table,
        columns=", ".join(f'"{field.column}"' for field in fields),
        rows=", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows)),
    )
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key


def finish_fill(fill_id: int, attempt: uuid.UUID, result: Mapping[str, Any], *, new_value: bool) -> bool:
    """Whether the fill was still this attempt's, and now is finished; `result` is by column.

    A `new_value` stands in the place of what a person made of the last, and is to be reviewed.
    """
    now = _moment(timezone.now())
    values = ", ".join([f"{column} = %s" for column in result] + ([_NEW_VALUE] if new_value else []))
    statement = _FINISH.format(values=values)
    with connection.cursor() as cursor:
        cursor.execute(statement, (now, now, *result.values(), fill_id, _token(attempt)))
        return bool(cursor.rowcount)


def read_states_left(report_id: int) -> set[str]:
    """The states of the report's fills that are not finished."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, (report_id,))
        return {state for (state,) in cursor.fetchall()}


def queue_fills(fill_ids: Sequence[int]) -> set[int]:
    """Mark those that wait as queued, in one statement; which ones that were."""
    now = _moment(timezone.now())
    statement = _QUEUE.format(marks=", ".join(["%s"] * len(fill_ids)))
    with connection.cursor() as cursor:
        cursor.execute(statement, (now, now, *fill_ids))
        return {fill_id for (fill_id,) in cursor.fetchall()}


def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def _token(attempt: uuid.UUID) -> Any:
    return attempt if connection.features.has_native_uuid_field else attempt.hex
