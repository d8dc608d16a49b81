"""What signals say of texts."""

from django.db import models

from signals.models.teaching import Signal
from signals.models.texts import Text


class TagSet(models.Model):
    """Tags as many texts carry them together: readings are counted by these few rows."""

    key = models.CharField(max_length=64, unique=True)
    tags = models.JSONField(default=dict)

    def __str__(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in self.tags.items())


class Reading(models.Model):
    """What a signal says of a text now: the score of its strongest piece, which is named.

    One made by an earlier state of the signal stays, and says so by `made_by`, until it is read again.
    """

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="readings")
    text = models.ForeignKey(Text, models.CASCADE, related_name="readings")
    # None when the check did not run; `error` says why.
    score = models.FloatField(null=True)
    flagged = models.BooleanField(default=False)
    # The address of the piece that drove it; empty for the whole text.
    piece = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    error = models.CharField(max_length=500, blank=True)
    made_by = models.CharField(max_length=160)
    # The text's tags and the day it was written, again: an index over them counts a million readings at once.
    tags = models.ForeignKey(TagSet, models.PROTECT, null=True, related_name="+", db_index=False)
    day = models.DateField(null=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["signal", "text"], name="one_reading_a_text")]
        indexes = [
            models.Index(fields=["signal", "flagged"]),
            models.Index(
                fields=["signal", "day", "tags", "flagged"],
                condition=models.Q(score__isnull=False),
                name="readings_counted",
            ),
            # Few: the checks that did not run.
            models.Index(
                fields=["signal", "tags"], condition=models.Q(score__isnull=True), name="readings_not_run"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signal}: {self.score}"
