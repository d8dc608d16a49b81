"""Recent texts that a person may read, with what a signal says of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from fillapp.pages.signals.marked import Marked, mark_piece
from fillapp.scopes import texts_open_to
from signals.kinds import Verdict
from signals.models import Reading, Sample, Signal, Text
from signals.pieces import WHOLE
from signals.reading import fires, load_texts, read_texts

MOST = 20


@dataclass(frozen=True)
class Shown:
    """A text with its verdict; None where it has none yet. `says` is what this person said of it."""

    text: Text
    marked: Marked
    verdict: Verdict | None
    flagged: bool
    says: bool | None = None


def find_recent(request: HttpRequest) -> list[Text]:
    """The newest that the person may read, of reports that count."""
    texts = Text.objects.within(texts_open_to(request)).tagged(purpose="case")
    return list(texts.order_by("-at", "-pk")[:MOST])


def read_recent(request: HttpRequest, signal: Signal) -> list[Shown]:
    """As the signal would read them now, also before it is saved; what it flags first."""
    texts = find_recent(request)
    loaded = load_texts(texts)
    shown = [
        Shown(text, mark_piece(one.pieces, verdict.piece), verdict, fires(verdict, signal.threshold))
        for text, one, verdict in zip(texts, loaded, read_texts(signal, loaded), strict=True)
    ]
    return sorted(shown, key=lambda one: -((one.verdict.score if one.verdict else None) or 0))


def show_judged(request: HttpRequest, signal: Signal, texts: Sequence[Text]) -> list[Shown]:
    """With what the judge has said of them as it is now, and what this person says."""
    readings = Reading.objects.filter(signal=signal, made_by=signal.made_by, text__in=texts)
    by_text = {reading.text_id: reading for reading in readings}
    said = dict(
        signal.labels.filter(author=request.user.pk, sample__text__in=texts).values_list(
            "sample__text", "says"
        )
    )
    return [
        Shown(
            text,
            mark_piece(one.pieces, reading.piece if reading else WHOLE),
            Verdict(reading.score, reading.piece, reading.reason, reading.error) if reading else None,
            bool(reading and reading.flagged),
            said.get(text.pk),
        )
        for text, one in zip(texts, load_texts(texts), strict=True)
        for reading in [by_text.get(text.pk)]
    ]


def whole_of(text: Text) -> Sample | None:
    """The sample of the whole text."""
    return text.samples.order_by("number").last()
