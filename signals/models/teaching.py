"""Signals, and what people taught them."""

from django.contrib.auth.models import User
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone

from signals.models.texts import Sample

_IS_KEY = RegexValidator(r"^[a-z][a-z0-9_-]*$", "Small letters, digits and hyphens, a letter first.")


class SignalQuerySet(models.QuerySet["Signal"]):
    """Signals, by whether they are at work."""

    def at_work(self) -> "SignalQuerySet":
        """Those that read every new text: not archived, and ready to."""
        return self.filter(archived=None).exclude(made_by="")


class Signal(models.Model):
    """Something to look for in a text: a rule, a few-shot classifier or a judge, named by the guards."""

    name = models.CharField(max_length=60, unique=True, validators=[_IS_KEY])
    title = models.CharField(max_length=120)
    # What it answers with yes or no, for people and for a judge.
    question = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=20)
    settings = models.JSONField(default=dict)
    # What a few-shot signal has learnt, as it is downloaded; None before it was taught.
    learned = models.JSONField(null=True)
    # What its own examples say of it (`signals.teaching.worth`); None before they were asked.
    worth = models.JSONField(null=True)
    # How many texts that nobody labelled it learnt beside: from them it knows how rare a yes is.
    surveyed = models.PositiveIntegerField(default=0)
    # What its readings are made by; another one makes them those of an earlier signal. Empty: not ready.
    made_by = models.CharField(max_length=160, blank=True)
    # From here on it fires, unless a guard says otherwise.
    threshold = models.FloatField(default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)])
    # Whether documents are read by it as soon as they are uploaded.
    reads_documents = models.BooleanField(default=False)
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    archived = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    objects = SignalQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def scope(self) -> str:
        """Whose the texts are that were typed as examples for it."""
        return f"signal:{self.pk}"


class Label(models.Model):
    """One person's yes or no on a sample; undoing brings back what it said before, and its place in time."""

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="labels")
    sample = models.ForeignKey(Sample, models.CASCADE, related_name="labels")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    says = models.BooleanField()
    was = models.BooleanField(null=True)
    was_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["signal", "sample", "author"], name="one_label_a_person")
        ]

    def __str__(self) -> str:
        return f"{'yes' if self.says else 'no'}: {self.sample}"
