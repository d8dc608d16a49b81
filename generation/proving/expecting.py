"""Saying what is expected of a block on an example, and taking it back."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from generation.models import Document, ExampleCase, Expectation
from generation.proving.expectations import EXPECTATIONS
from templates.blocks.base import Json
from templates.models import ReportTemplate


def expect(case: ExampleCase, block: str, kind: str, settings: Json) -> Expectation:
    """A new expectation; the one that stands already where it is the same. The settings are valid."""
    same = standing().filter(case=case, block=block, kind=kind, settings=settings).first()
    return same or Expectation.objects.create(case=case, block=block, kind=kind, settings=settings)


@transaction.atomic
def reword(expectation: Expectation, settings: Json) -> Expectation:
    """The expectation with other settings: another, which stands in its place."""
    if expectation.settings == settings:
        return expectation
    take_back(expectation)
    return expect(expectation.case, expectation.block, expectation.kind, settings)


def take_back(expectation: Expectation) -> None:
    """Expect it no more; what was found on it stays."""
    Expectation.objects.filter(pk=expectation.pk, removed=None).update(removed=timezone.now())


def put_back(expectation: Expectation) -> None:
    """Expect it again."""
    Expectation.objects.filter(pk=expectation.pk).update(removed=None)


def standing() -> QuerySet[Expectation]:
    """What is expected now."""
    return Expectation.objects.filter(removed=None)


def find_test_cases(template: ReportTemplate) -> list[ExampleCase]:
    """The examples of which anything is expected."""
    cases = standing().filter(case__template=template).values("case")
    return list(template.example_cases.filter(pk__in=cases))


def documents_of(case: ExampleCase) -> list[tuple[Document, str]]:
    """The case's documents with their slots, in their order."""
    return [(row.document, row.slot) for row in case.example_documents.select_related("document")]


def settings_of(expectation: Expectation) -> Any:
    """The settings as the kind's own model."""
    return EXPECTATIONS[expectation.kind].Settings.model_validate(expectation.settings)


def say(expectation: Expectation) -> str:
    """What is expected, as it goes on after the block's name."""
    return EXPECTATIONS[expectation.kind].say(settings_of(expectation))


def is_judged(expectation: Expectation) -> bool:
    """Whether a model decides on it."""
    return bool(EXPECTATIONS[expectation.kind].question(settings_of(expectation)))


def count_judged(expectations: Sequence[Expectation]) -> int:
    """How many of them a model decides on."""
    return sum(is_judged(one) for one in expectations)
