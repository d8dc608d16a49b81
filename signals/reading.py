"""Reading: what signals say of texts, told at once to a guard or kept as rows."""

from collections.abc import Iterable, Sequence

from signals.kinds import KINDS, TextToRead, Verdict
from signals.models import Reading, Sample, Signal, Text
from signals.pieces import Piece

# As long as fits into the columns.
_LONGEST_REASON, _LONGEST_ERROR = 1000, 500


def read_texts(signal: Signal, texts: Sequence[TextToRead]) -> list[Verdict]:
    """What a signal says of each text. It raises nothing: what goes wrong is in the verdicts."""
    kind = KINDS[signal.kind]
    return kind.read(kind.Settings.model_validate(signal.settings), signal.learned, texts)


def load_texts(texts: Sequence[Text]) -> list[TextToRead]:
    """Kept texts with their samples, as signals read them."""
    pieces: dict[int, list[Piece]] = {text.pk: [] for text in texts}
    for sample in Sample.objects.filter(text__in=texts).order_by("text", "number"):
        pieces[sample.text_id].append(Piece(sample.address, sample.said))
    return [TextToRead(tuple(pieces[text.pk]), text.about, text.language) for text in texts]


def keep_readings(signals: Iterable[Signal], texts: Sequence[Text]) -> list[Reading]:
    """Read kept texts by each signal, and keep what it says in the place of what it said before."""
    loaded = load_texts(texts)
    readings = [
        _reading(signal, text, verdict)
        for signal in signals
        for text, verdict in zip(texts, read_texts(signal, loaded), strict=True)
    ]
    said = ("score", "flagged", "piece", "reason", "error", "made_by", "at")
    return Reading.objects.bulk_create(
        readings, update_conflicts=True, unique_fields=("signal", "text"), update_fields=said, batch_size=500
    )


def fires(verdict: Verdict, threshold: float) -> bool:
    """Whether a verdict is a yes."""
    return verdict.score is not None and verdict.score >= threshold


def _reading(signal: Signal, text: Text, verdict: Verdict) -> Reading:
    return Reading(
        signal=signal,
        text=text,
        score=verdict.score,
        flagged=fires(verdict, signal.threshold),
        piece=verdict.piece,
        reason=verdict.reason[:_LONGEST_REASON],
        error=verdict.error[:_LONGEST_ERROR],
        made_by=signal.made_by,
    )
