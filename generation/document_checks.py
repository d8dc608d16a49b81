"""Documents are read by signals as they are uploaded: what to know of one before a report rests on it."""

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from celery import shared_task
from django.conf import settings
from django.db.models import Q

from generation.documents.passages import Passage, describe_place
from generation.engine.schedule import send_task
from generation.models import Document
from signals.kinds import KINDS
from signals.models import Reading, Sample, Signal, Text
from signals.pieces import Piece
from signals.reading import keep_readings
from signals.sentences import split_sentences
from signals.texts import keep_text

CHECK = "generation.check_document"
log = logging.getLogger(__name__)
# Read in half a second; of a longer document people are told that the rest was not looked at.
MOST_SENTENCES = 3_000
_LONGEST_PLACE = 180
_LONGEST_WORDS = 200


@dataclass(frozen=True)
class DocumentNote:
    """What a signal found in a document, or why it did not run: `words` stand at `place`."""

    title: str
    words: str = ""
    place: str = ""
    reason: str = ""
    error: str = ""
    # Only so many sentences were looked at; 0 for all.
    only: int = 0


def check_document(document: Document, passages: Iterable[Passage]) -> None:
    """Keep the document as a text and let the signals read it that read documents; it never fails.

    Those that ask a model do so in a worker.
    """
    try:
        signals = list(Signal.objects.at_work().filter(reads_documents=True))
        if not signals:
            return
        scope = scope_of(document)
        pieces = list(islice(_split(document.text, passages), MOST_SENTENCES))
        text = keep_text(scope, scope, "", pieces, tags={"purpose": "document"})
        slow = {signal for signal in signals if KINDS[signal.kind].is_slow}
        keep_readings([signal for signal in signals if signal not in slow], [text])
        if slow:
            send_task(document.pk, settings.FILL_QUEUE, name=CHECK)
    except Exception:
        log.exception("checking %s", document)


@shared_task(name=CHECK, ignore_result=True)
def check_slowly(document_id: int) -> None:
    """Let the signals that ask a model read a document."""
    texts = list(Text.objects.filter(origin=f"document:{document_id}"))
    signals = Signal.objects.at_work().filter(reads_documents=True)
    keep_readings([signal for signal in signals if KINDS[signal.kind].is_slow], texts)


def scope_of(document: Document) -> str:
    """Whose the text of a document is, and where it came from."""
    return f"document:{document.pk}"


def find_notes(documents: Collection[int]) -> dict[int, list[DocumentNote]]:
    """What is to be known of these documents, by their keys; one query where nothing is, else three."""
    origins = {f"document:{pk}": pk for pk in documents}
    said = Reading.objects.filter(
        Q(flagged=True) | ~Q(error=""),
        text__origin__in=origins,
        signal__reads_documents=True,
        signal__archived=None,
    )
    readings = list(said.select_related("signal", "text").order_by("signal__title"))
    if not readings:
        return {}
    samples = Sample.objects.filter(text__in={one.text_id for one in readings})
    at = samples.filter(address__in={one.piece for one in readings}).values_list("text", "address", "said")
    words = {(text, address): said for text, address, said in at}
    cut = set(samples.filter(number=MOST_SENTENCES).values_list("text", flat=True))
    notes: dict[int, list[DocumentNote]] = {}
    for one in readings:
        note = _note(one, words.get((one.text_id, one.piece), ""), one.text_id in cut)
        notes.setdefault(origins[one.text.origin], []).append(note)
    return notes


def _note(reading: Reading, words: str, is_cut: bool) -> DocumentNote:
    if reading.error:
        return DocumentNote(reading.signal.title, error=reading.error)
    short = " ".join(words.split())
    short = short if len(short) <= _LONGEST_WORDS else f"{short[:_LONGEST_WORDS].rstrip()}…"
    place = reading.piece.rpartition(" · ")[0]
    return DocumentNote(
        reading.signal.title, short, place, reading.reason, only=MOST_SENTENCES if is_cut else 0
    )


def _split(text: str, passages: Iterable[Passage]) -> Iterator[Piece]:
    """The sentences of a document, each with its place and its number there."""
    numbers: Counter[str] = Counter()
    for passage in passages:
        place = describe_place(passage.place)[:_LONGEST_PLACE]
        for sentence in split_sentences(text[passage.start : passage.end]):
            numbers[place] += 1
            yield Piece(f"{place} · {numbers[place]}", sentence)
