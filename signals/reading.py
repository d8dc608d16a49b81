"""Reading: what signals say of texts, told at once to a guard or kept as rows."""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils import timezone

from signals.kinds import KINDS, TextToRead, Verdict
from signals.models import Reading, Sample, Signal, TagSet, Text
from signals.pieces import Piece
from signals.writing import write_readings

log = logging.getLogger(__name__)
_BROKEN = "Fill itself failed on it; its log has the details."
# As long as fits into the columns.
_LONGEST_REASON, _LONGEST_ERROR = 1000, 500


def read_texts(signal: Signal, texts: Sequence[TextToRead]) -> list[Verdict]:
    """What a signal says of each text. It raises nothing: what goes wrong is in the verdicts."""
    try:
        kind = KINDS[signal.kind]
        return kind.read(kind.Settings.model_validate(signal.settings), signal.learned, texts)
    except Exception:
        # One that fails takes neither the texts nor the other signals with it.
        log.exception("reading by %s", signal.name)
        return [Verdict(None, error=_BROKEN)] * len(texts)


def load_texts(texts: Sequence[Text]) -> list[TextToRead]:
    """Kept texts with their samples, as signals read them."""
    pieces: dict[int, list[Piece]] = {text.pk: [] for text in texts}
    rows = Sample.objects.filter(text__in=list(pieces)).order_by("text", "number")
    for text, address, said in rows.values_list("text", "address", "said"):
        pieces[text].append(Piece(address, said))
    return [TextToRead(tuple(pieces[text.pk]), text.about, text.language) for text in texts]


def keep_readings(signals: Iterable[Signal], texts: Sequence[Text]) -> list[Reading]:
    """Read kept texts by each signal, and keep what it says in the place of what it said before."""
    readings = make_readings(signals, texts)
    write_readings(readings)
    return readings


def make_readings(signals: Iterable[Signal], texts: Sequence[Text]) -> list[Reading]:
    """What each signal says of kept texts, signal by signal, not yet written."""
    loaded, tag_sets = load_texts(texts), find_tag_sets([text.tags for text in texts])
    days = [timezone.localdate(text.at) for text in texts]
    return [
        _reading(signal, text, tag_set, day, verdict)
        for signal in signals
        for text, tag_set, day, verdict in zip(texts, tag_sets, days, read_texts(signal, loaded), strict=True)
    ]


def find_tag_sets(tags: Sequence[Mapping[str, str]]) -> list[int]:
    """The key of the row that stands for each of these maps of tags, made where there is none yet."""
    keys = [_hash_tags(one) for one in tags]
    wanted = dict(zip(keys, tags, strict=True))
    known = _known_tag_sets(wanted)
    if len(known) < len(wanted):
        missing = [TagSet(key=key, tags=dict(one)) for key, one in wanted.items() if key not in known]
        # Another process may make them at the same time.
        TagSet.objects.bulk_create(missing, ignore_conflicts=True)
        known = _known_tag_sets(wanted)
    return [known[key] for key in keys]


def _known_tag_sets(keys: Iterable[str]) -> dict[str, int]:
    return dict(TagSet.objects.filter(key__in=list(keys)).values_list("key", "pk"))


def _hash_tags(tags: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(tags, sort_keys=True).encode()).hexdigest()


def fires(verdict: Verdict, threshold: float) -> bool:
    """Whether a verdict is a yes."""
    return verdict.score is not None and verdict.score >= threshold


def _reading(signal: Signal, text: Text, tag_set: int, day: date, verdict: Verdict) -> Reading:
    return Reading(
        signal_id=signal.pk,
        text_id=text.pk,
        score=verdict.score,
        flagged=fires(verdict, signal.threshold),
        piece=verdict.piece,
        reason=verdict.reason[:_LONGEST_REASON],
        error=verdict.error[:_LONGEST_ERROR],
        made_by=signal.made_by,
        tags_id=tag_set,
        day=day,
    )
