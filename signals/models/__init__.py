"""Everything that looking at text stores."""

from signals.models.readings import Reading
from signals.models.teaching import Label, Signal
from signals.models.texts import Embedding, ReadAll, Sample, SampleSet, Text, hash_said

__all__ = ["Embedding", "Label", "ReadAll", "Reading", "Sample", "SampleSet", "Signal", "Text", "hash_said"]
