"""Fills: the row of one block of one report, its candidates, edits and decisions."""

from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from generation.guards.said import GuardReading
from generation.models.reports import Report


class PresentFills(models.Manager["Fill"]):
    """The fills of the blocks that a report's template has now."""

    def get_queryset(self) -> models.QuerySet["Fill"]:
        """Without those of blocks that are gone."""
        return super().get_queryset().filter(gone=False)


class Fill(models.Model):
    """One block of one report. The row is the truth; tasks and processes come and go."""

    class State(models.TextChoices):
        """How far the fill is."""

        WAITING = "waiting"
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    class Review(models.TextChoices):
        """What a person decided on it."""

        NOT_YET = "not yet"
        ACCEPTED = "accepted"
        EDITED = "edited"
        REJECTED = "rejected"

    report = models.ForeignKey(Report, models.CASCADE, related_name="fills")
    block = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # A result is written only while `attempt` is still the writer's own token.
    attempt = models.UUIDField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    queued = models.DateTimeField(null=True)
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    inputs = models.CharField(max_length=64, blank=True)
    # The report has moved to a template without this block, or where it is of another kind: out of sight,
    # and kept, for the block may come back.
    gone = models.BooleanField(default=False)
    # Of one that is gone, or stale because its block was changed: the hash of the block it was right for.
    fits = models.CharField(max_length=64, blank=True)
    # Of a preview that is being written: the hash of what the model is asked.
    asked = models.CharField(max_length=64, blank=True)
    partial = models.TextField(blank=True)
    chosen = models.ForeignKey("Candidate", models.SET_NULL, null=True, related_name="+")
    # The edit that stands in the chosen candidate's place, if one does.
    edit = models.ForeignKey("Edit", models.SET_NULL, null=True, related_name="+")
    # What the next writing is for: what the reviewer said, how many versions, and who wants them.
    note = models.TextField(blank=True)
    wanted = models.PositiveSmallIntegerField(default=1)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # Numbers of the candidates that wait for somebody to choose among them.
    offered = models.JSONField(default=list)
    error_code = models.CharField(max_length=40, blank=True)
    error = models.TextField(blank=True)
    stale = models.BooleanField(default=False)
    withheld = models.BooleanField(default=False)
    locked = models.BooleanField(default=False)
    review = models.CharField(max_length=10, choices=Review, default=Review.NOT_YET)
    # Counts the changes of the current value: who saves on an older one has not seen the newest.
    revision = models.PositiveIntegerField(default=0)
    changed = models.DateTimeField(auto_now=True)

    objects = PresentFills()
    every = models.Manager["Fill"]()

    class Meta:
        ordering = ["report", "position"]
        permissions = [("release_withheld", "Can look at withheld parts and release them")]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "block"], condition=Q(gone=False), name="one_fill_a_block"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(chosen__isnull=False) | Q(edit__isnull=False),
                name="done_has_a_value",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "lease_until"]),
            models.Index(fields=["report", "changed"]),
        ]

    def __str__(self) -> str:
        return f"{self.block} of {self.report}"

    @property
    def has_value(self) -> bool:
        """Whether anything stands there, written by a model or a person."""
        return self.edit_id is not None or self.chosen_id is not None

    @property
    def current_value(self) -> dict[str, Any] | None:
        """The edit that stands, else the chosen candidate's value; None while there is neither."""
        current = self.edit or self.chosen
        return dict(current.value) if current else None


UNFINISHED = (Fill.State.WAITING, Fill.State.QUEUED, Fill.State.RUNNING)


# How the outcome of a request begins that asked a judge, and wrote nothing.
CHECK = "check:"


class Candidate(models.Model):
    """One generated value, never overwritten, always kept."""

    fill = models.ForeignKey(Fill, models.CASCADE, related_name="candidates")
    number = models.PositiveIntegerField()
    value = models.JSONField()
    problems = models.JSONField(default=list)
    # What the guards said of it when it was written; one `GuardReading` each.
    readings = models.JSONField(default=list)
    # Of a preview: the hash of the guards that read it, and of what their signals were.
    read_by = models.CharField(max_length=64, blank=True)
    # A guard keeps it out of sight until somebody with the permission releases it.
    withheld = models.BooleanField(default=False)
    profile = models.CharField(max_length=80)
    attempt = models.UUIDField()
    # Of a preview: the hashes of the block's own part, and of all that the model was asked for it.
    own = models.CharField(max_length=64, blank=True)
    asked = models.CharField(max_length=64, blank=True)
    # Nobody was asked: the answer was known.
    from_cache = models.BooleanField(default=False)
    # What a reviewer asked for, and who that was; neither for a first writing.
    note = models.TextField(blank=True)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    # Whether its text is kept for signals; not that of a copy, which says nothing new.
    looked = models.BooleanField(default=False)

    class Meta:
        ordering = ["fill", "number"]
        constraints = [models.UniqueConstraint(fields=["fill", "number"], name="one_candidate_a_number")]
        indexes = [models.Index(fields=["created"], condition=Q(looked=False), name="not_looked_at")]

    def __str__(self) -> str:
        return f"candidate {self.number} for {self.fill}"

    @property
    def guard_readings(self) -> list[GuardReading]:
        """What the guards said of it."""
        return [GuardReading.from_json(one) for one in self.readings]


class Request(models.Model):
    """One call of the model, billed whether its answer was used or not."""

    fill = models.ForeignKey(Fill, models.CASCADE, related_name="requests")
    candidate = models.ForeignKey(Candidate, models.SET_NULL, null=True, related_name="requests")
    attempt = models.UUIDField()
    profile = models.CharField(max_length=80)
    model = models.CharField(max_length=200, blank=True)
    input_tokens = models.PositiveIntegerField(default=0)
    # Both are among the input tokens.
    cached_tokens = models.PositiveIntegerField(default=0)
    cache_write_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    # By the profile's prices of that day.
    cost = models.FloatField(default=0)
    seconds = models.FloatField()
    first_token_seconds = models.FloatField(null=True)
    outcome = models.CharField(max_length=40)
    late = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["fill", "created"]

    def __str__(self) -> str:
        return f"{self.outcome} for {self.fill}"


class CachedAnswer(models.Model):
    """What a model wrote in a preview, by the hash of exactly what it was asked and of which model it was."""

    asked = models.CharField(max_length=64, unique=True)
    value = models.JSONField()
    problems = models.JSONField(default=list)
    profile = models.CharField(max_length=80)
    # Of all calls that the value took.
    input_tokens = models.PositiveIntegerField(default=0)
    cached_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    cost = models.FloatField(default=0)
    seconds = models.FloatField(default=0)
    created = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"answer to {self.asked[:8]}"


class Edit(models.Model):
    """What a person made of a block in one sitting, based on a candidate or on an earlier edit.

    Each save of the sitting renews its value; `window` is the page it was typed in.
    """

    fill = models.ForeignKey(Fill, models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    value = models.JSONField()
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    based_on_candidate = models.ForeignKey(Candidate, models.SET_NULL, null=True, related_name="+")
    based_on_edit = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    window = models.CharField(max_length=36, blank=True)
    saved = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["fill", "number"]
        constraints = [models.UniqueConstraint(fields=["fill", "number"], name="one_edit_a_number")]

    def __str__(self) -> str:
        return f"edit {self.number} of {self.fill}"


class Decision(models.Model):
    """What a person decided on a fill, and how."""

    class How(models.TextChoices):
        """Whether the person looked at this one alone."""

        ONE = "one by one"
        BULK = "in bulk"
        TICKED = "pre-ticked"

    fill = models.ForeignKey(Fill, models.CASCADE, related_name="decisions")
    # The sitting that is decided by having been typed.
    edit = models.OneToOneField(Edit, models.SET_NULL, null=True, related_name="decision")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decision = models.CharField(max_length=10, choices=Fill.Review)
    how = models.CharField(max_length=12, choices=How, default=How.ONE)
    seconds_in_view = models.FloatField(default=0)
    value_before = models.JSONField(null=True)
    value_after = models.JSONField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["fill", "at"]

    def __str__(self) -> str:
        return f"{self.decision}: {self.fill}"


class GuardAct(models.Model):
    """What a person with the permission did about a candidate that guards keep out of sight."""

    class What(models.TextChoices):
        """Looking at its text is noted, too."""

        LOOKED = "looked"
        RELEASED = "released"
        REJECTED = "rejected"

    fill = models.ForeignKey(Fill, models.CASCADE, related_name="guard_acts")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["fill", "at"]

    def __str__(self) -> str:
        return f"{self.what}: {self.candidate}"
