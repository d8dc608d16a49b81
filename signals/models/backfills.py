"""Work in the background over everything that is kept: reading again, and embedding."""

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from signals.models.teaching import Signal


class Pass(models.Model):
    """One way through everything, from the newest to the oldest, in batches.

    The cursor is written in the same transaction as what the batch found: whoever takes a pass up after a
    process died goes on there. It belongs to whoever holds its token, for as long as the lease lasts.
    """

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"
        # What it was started for has changed meanwhile.
        SUPERSEDED = "superseded", "Superseded"
        FAILED = "failed", "Failed"

    state = models.CharField(max_length=20, choices=State.choices, default=State.RUNNING)
    # Everything with a key below this one is still to come.
    cursor = models.BigIntegerField()
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    # How often somebody took it up; a batch that ends every process is given up one day.
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_running(self) -> bool:
        """Whether it is under way, or waits for a process to take it up."""
        return self.state == self.State.RUNNING

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100."""
        return min(100, 100 * self.done // self.total) if self.total else 100


class Backfill(Pass):
    """Every kept text read again by a signal, as it was when this began; `most` bounds what costs calls."""

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="backfills")
    made_by = models.CharField(max_length=160)
    threshold = models.FloatField()
    most = models.PositiveIntegerField(null=True, blank=True)
    flagged = models.PositiveIntegerField(default=0)
    # Of those read, how many the check did not run on.
    failed = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["signal"], condition=Q(state="running"), name="one_running_backfill_a_signal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.signal}: {self.done} of {self.total}"


class EmbeddingPass(Pass):
    """Every kept sample given its vector by an embedder; `floor`: those up to there have theirs already."""

    embedder = models.CharField(max_length=120)
    floor = models.BigIntegerField(default=0)
    # The newest sample there was when it began.
    top = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "embedding passes"
        constraints = [
            models.UniqueConstraint(
                fields=["embedder"], condition=Q(state="running"), name="one_running_pass_an_embedder"
            )
        ]

    def __str__(self) -> str:
        return f"{self.embedder}: {self.done} of {self.total}"
