"""Test cases: what is expected of the blocks on an example, runs of them, and the verdicts."""

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from generation.models.examples import ExampleCase
from generation.models.reports import Report
from templates.models import ReportTemplate, Snapshot, TemplateVersion


class Expectation(models.Model):
    """What one block must come to on one example. Never changed: one that is reworded is another.

    So a verdict's own expectation says for ever what was expected; `removed` is when it ceased to be.
    """

    case = models.ForeignKey(ExampleCase, models.CASCADE, related_name="expectations")
    block = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    settings = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True)
    removed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["case", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.block} in {self.case}"


class TestRun(models.Model):
    """All test cases of a template, filled several times by its draft and by its newest version.

    `version` is what was published then; where it equals the draft it is not filled a second time.
    `expectations` is all that was expected then, `proves` the hash of all that was tried: the draft, what
    was expected of it, the documents.
    """

    # pytest would take it for tests.
    __test__ = False

    template = models.ForeignKey(ReportTemplate, models.CASCADE, related_name="test_runs")
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    draft = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    version = models.ForeignKey(TemplateVersion, models.SET_NULL, null=True, blank=True, related_name="+")
    repetitions = models.PositiveSmallIntegerField()
    expectations = models.ManyToManyField(Expectation, related_name="runs")
    proves = models.CharField(max_length=64)
    queue = models.CharField(max_length=80)
    created = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)
    cancelled = models.BooleanField(default=False)

    class Meta:
        ordering = ["template", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["template"], condition=Q(finished=None), name="one_run_at_a_time")
        ]

    def __str__(self) -> str:
        return f"run {self.pk} of {self.template}"


class Trial(models.Model):
    """One filling of one case by one side of a run: a report of purpose *test*, and when it was checked.

    `problem` says why there is no report.
    """

    class Side(models.TextChoices):
        """Whose snapshot fills it."""

        DRAFT = "draft"
        PUBLISHED = "published"

    run = models.ForeignKey(TestRun, models.CASCADE, related_name="trials")
    case = models.ForeignKey(ExampleCase, models.CASCADE, related_name="trials")
    side = models.CharField(max_length=10, choices=Side)
    repetition = models.PositiveSmallIntegerField()
    report = models.OneToOneField(Report, models.SET_NULL, null=True, related_name="trial")
    # Whoever checks it holds it until then.
    held_until = models.DateTimeField(null=True)
    checked = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["run", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "case", "side", "repetition"], name="one_trial_of_each")
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.repetition} of {self.run}"


class VerdictRow(models.Model):
    """Whether an expectation was met in one trial, and why; None where nobody could tell."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="verdicts")
    expectation = models.ForeignKey(Expectation, models.CASCADE, related_name="verdicts")
    passed = models.BooleanField(null=True)
    reason = models.TextField()
    # Of the judge's calls, where one was asked.
    cost = models.FloatField(default=0)
    calls = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["trial", "expectation"]
        constraints = [models.UniqueConstraint(fields=["trial", "expectation"], name="one_verdict_on_each")]

    def __str__(self) -> str:
        return f"{self.passed} on {self.expectation}"
