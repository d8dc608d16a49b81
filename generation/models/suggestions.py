"""Suggestions: better instructions for a block, asked of the model by whoever writes them."""

from django.contrib.auth.models import User
from django.db import models

from templates.models import ReportTemplate, Snapshot


class Suggestion(models.Model):
    """Better instructions for one block, and how far the model has come with them."""

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    template = models.ForeignKey(ReportTemplate, models.CASCADE, related_name="suggestions")
    # The draft it is made for; its block has the instructions as they were typed.
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    block = models.CharField(max_length=60)
    instructions = models.TextField(blank=True)
    # What earlier reports say in this place. It goes when somebody has taken or left the suggestion.
    passages = models.JSONField(default=list)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    text = models.TextField(blank=True)
    # What may still be wrong with the text, a sentence each.
    problems = models.JSONField(default=list)
    # Taken or left: it is shown no more.
    settled = models.BooleanField(default=False)
    error_code = models.CharField(max_length=40, blank=True)
    error = models.TextField(blank=True)
    profile = models.CharField(max_length=80)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    cost = models.FloatField(default=0)
    # Of the model's own work, without the wait for its turn.
    seconds = models.FloatField(default=0)
    created = models.DateTimeField(auto_now_add=True)
    # A process that writes it says so again and again: one that has ended says nothing more.
    alive = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["template", "-pk"]

    def __str__(self) -> str:
        return f"suggestion for {self.block} of {self.template}"
