"""Where a text stands, in words and with a link, for somebody who may read it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse

from generation.models import Document, Report
from signals.models import SampleSet, Text


@dataclass(frozen=True)
class Place:
    """The name of what holds the text, the way there if there is a page of it, and more in words."""

    name: str
    address: str = ""
    more: tuple[str, ...] = ()


def find_places(user: User, texts: Iterable[Text]) -> dict[int, Place]:
    """The place of each text by its key; the queries do not grow."""
    texts = list(texts)
    reports = _in_bulk(texts, "report", user)
    documents = Document.objects.visible_to(user).in_bulk(_keys(texts, "document"))
    sets = SampleSet.objects.in_bulk(_keys(texts, "set"))
    return {text.pk: _place(text, reports, documents, sets) for text in texts}


def _in_bulk(texts: Collection[Text], word: str, user: User) -> dict[int, Report]:
    found = Report.objects.visible_to(user).select_related("snapshot")
    return {report.pk: report for report in found.filter(pk__in=_keys(texts, word))}


def _keys(texts: Collection[Text], word: str) -> set[int]:
    parts = (text.scope.partition(":") for text in texts)
    return {int(key) for kind, _, key in parts if kind == word and key.isdecimal()}


def _place(
    text: Text, reports: dict[int, Report], documents: dict[int, Document], sets: dict[int, SampleSet]
) -> Place:
    word, _, key = text.scope.partition(":")
    number = int(key) if key.isdecimal() else 0
    if word == "report" and number in reports:
        return _in_report(text, reports[number])
    if word == "document" and number in documents:
        return Place(documents[number].name)
    if word == "set" and number in sets:
        return Place(sets[number].name, more=("imported",))
    return Place("Typed as an example" if word == "signal" else "")


def _in_report(text: Text, report: Report) -> Place:
    block = text.about.partition("\n")[0] or text.tags.get("block", "")
    more = tuple(one for one in (block, str(report.snapshot.body.get("name", ""))) if one)
    if report.purpose != Report.Purpose.CASE:
        return Place(f"A {report.get_purpose_display().lower()}", more=more)
    anchor = f"#block-{text.tags['block']}" if "block" in text.tags else ""
    return Place(report.title, reverse("report", args=[report.pk]) + anchor, more)
