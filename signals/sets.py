"""Imported sets: texts that somebody brought along, to mine them or to see how a signal does on them."""

import time
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.fields.json import KT

from signals.clean import clean_text
from signals.models import Reading, Sample, SampleSet, Signal, Text, hash_said
from signals.pieces import split_text, with_whole
from signals.reading import keep_readings
from signals.texts import forget_texts

# A longer text is cut, which the set counts.
LONGEST_TEXT = 20_000
LONGEST_LABEL = 80
_TEXTS_AT_ONCE = 500
_READ_AT_ONCE = 200


@transaction.atomic
def take_rows(sample_set: SampleSet, start: int, rows: Sequence[tuple[str, str]]) -> int:
    """Keep rows of (text, label) as texts, of a file from row `start` on; how far the set is now.

    Rows that another window took meanwhile are left: a row is kept once, however often it is given.
    """
    held = SampleSet.objects.select_for_update().get(pk=sample_set.pk)
    if held.taken != start:
        return held.taken
    cleaned = [(number, clean_text(text).strip(), label) for number, (text, label) in enumerate(rows, start)]
    kept = [row for row in cleaned if row[1]]
    texts = Text.objects.bulk_create(
        [
            Text(origin=f"{held.scope}:{number}", scope=held.scope, tags=_tags(label))
            for number, _, label in kept
        ],
        batch_size=_TEXTS_AT_ONCE,
    )
    Sample.objects.bulk_create(
        [
            Sample(text=text, number=at, address=piece.address, said=piece.text, sha256=hash_said(piece.text))
            for text, (_, said, _) in zip(texts, kept, strict=True)
            for at, piece in enumerate(with_whole(said[:LONGEST_TEXT], split_text(said[:LONGEST_TEXT])), 1)
        ],
        batch_size=_TEXTS_AT_ONCE,
    )
    held.taken = start + len(rows)
    held.empty += len(rows) - len(kept)
    held.cut += sum(len(said) > LONGEST_TEXT for _, said, _ in kept)
    held.save(update_fields=["taken", "empty", "cut"])
    return held.taken


@transaction.atomic
def delete_set(sample_set: SampleSet) -> None:
    """Remove a set with all its texts, their labels and readings."""
    forget_texts(sample_set.scope)
    sample_set.delete()


def labels_in(sample_set: SampleSet) -> list[tuple[str, int]]:
    """The labels its texts carry, the most frequent first, with how many carry each."""
    texts = Text.objects.filter(scope=sample_set.scope, tags__has_key="label").order_by()
    # As text: a label "1" is no number.
    counted = texts.values(label=KT("tags__label")).annotate(n=Count("pk")).order_by("-n", "label")
    return [(row["label"], row["n"]) for row in counted]


def read_some(signal: Signal, scope: str, seconds: float, most: int | None = None) -> int:
    """Read texts of a scope that it has not read as it is now, for about so long; how many are left.

    `most`: no more than so many texts, for what costs calls.
    """
    until = time.monotonic() + seconds
    while texts := list(_unread(signal, scope)[: min(most or _READ_AT_ONCE, _READ_AT_ONCE)]):
        keep_readings([signal], texts)
        if most is not None or time.monotonic() >= until:
            break
    return _unread(signal, scope).count()


def _unread(signal: Signal, scope: str) -> QuerySet[Text]:
    read = Reading.objects.filter(signal=signal, made_by=signal.made_by)
    return Text.objects.filter(scope=scope).exclude(pk__in=read.values("text")).order_by("pk")


def _tags(label: str) -> dict[str, str]:
    label = " ".join(clean_text(label).split())[:LONGEST_LABEL]
    return {"purpose": "set"} | ({"label": label} if label else {})
