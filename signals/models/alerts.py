"""Alerts: a bound on how often a signal flags, and each time it was passed."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from signals.models.teaching import Signal


class Alert(models.Model):
    """Tells somebody when a signal flags more than a share of the texts of the last hours."""

    class Way(models.TextChoices):
        EMAIL = "email", "E-mail"
        WEBHOOK = "webhook", "Webhook"

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="alerts")
    # Tags the texts must carry, such as a template or a block; empty for all.
    tags = models.JSONField(default=dict, blank=True)
    bound = models.FloatField(validators=[MinValueValidator(0), MaxValueValidator(1)])
    hours = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    # Fewer texts than this say nothing of a rate.
    least = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    way = models.CharField(max_length=10, choices=Way.choices)
    # One e-mail address a line, or the address of the webhook.
    to = models.TextField()
    paused = models.BooleanField(default=False)
    checked = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["signal__title", "pk"]

    def __str__(self) -> str:
        return f"{self.signal} above {self.bound:.0%}"

    @property
    def window(self) -> timedelta:
        """How far back it looks."""
        return timedelta(hours=self.hours)

    @property
    def addresses(self) -> list[str]:
        """Whom it tells."""
        return self.to.split()


class Raising(models.Model):
    """Once that an alert was raised, until it was cleared; the examples are keys of texts, never copies."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="raisings")
    at = models.DateTimeField(auto_now_add=True)
    read = models.PositiveIntegerField()
    flagged = models.PositiveIntegerField()
    examples = models.JSONField(default=list)
    cleared = models.DateTimeField(null=True, blank=True)
    cleared_read = models.PositiveIntegerField(null=True)
    cleared_flagged = models.PositiveIntegerField(null=True)
    # When people were told that it was raised, and that it was cleared.
    told = models.DateTimeField(null=True, blank=True)
    told_cleared = models.DateTimeField(null=True, blank=True)
    # Whoever sends raises the number first, so that nobody sends it beside him.
    tries = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alert"], condition=Q(cleared=None), name="one_open_raising_an_alert"
            )
        ]

    def __str__(self) -> str:
        return f"{self.alert}: {self.flagged} of {self.read}"
