"""Everything that looking at text stores."""

from signals.models.alerts import Alert, Raising
from signals.models.backfills import Backfill, EmbeddingPass, Pass
from signals.models.readings import Reading, TagSet
from signals.models.teaching import Label, Signal
from signals.models.texts import Embedding, ReadAll, Sample, SampleSet, Text, hash_said

__all__ = [
    "Alert",
    "Backfill",
    "Embedding",
    "EmbeddingPass",
    "Label",
    "Pass",
    "Raising",
    "ReadAll",
    "Reading",
    "Sample",
    "SampleSet",
    "Signal",
    "TagSet",
    "Text",
    "hash_said",
]
