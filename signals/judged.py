"""What a judge said of texts that people labelled, and how far they agree."""

from signals.agreement import Agreement
from signals.models import Reading, Signal
from signals.teaching.opinions import opinions_on


def find_agreement(signal: Signal) -> Agreement:
    """Over the texts that people said yes or no to and that it has read as it is now, each text once."""
    said = [opinion for opinion in opinions_on(signal) if opinion.counts is not None]
    current = Reading.objects.filter(signal=signal, made_by=signal.made_by, score__isnull=False)
    texts = [opinion.labels[0].sample.text_id for opinion in said]
    flagged = dict(current.filter(text__in=texts).values_list("text", "flagged"))
    return Agreement.of(
        [
            (bool(opinion.counts), flagged[text])
            for opinion, text in zip(said, texts, strict=True)
            if text in flagged
        ]
    )
