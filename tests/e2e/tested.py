"""Templates with test cases: one whose tests have been run, one whose tests are running."""

from django.conf import settings
from django.contrib.auth.models import User

from generation.engine.schedule import advance_report
from generation.models import ExampleCase, ExampleDocument, TestRun
from generation.proving.expecting import expect, take_back
from generation.proving.run import prove, start_run
from templates.models import ReportTemplate, TemplateShare, take_snapshot
from templates.publish import publish, save_draft
from tests.factories import VALUES, finish, make_body, make_document


def prepare_tests(queue: str) -> dict[str, int]:
    """Make them for the demo's author, on a queue that nobody serves; the ids that addresses need."""
    served, settings.FILL_QUEUE = settings.FILL_QUEUE, queue
    try:
        tested, testing = _make_template("tested"), _make_template("testing")
        _fill(start_run(tested, 2))
        run = start_run(tested, 3)
        _fill(run)
        start_run(testing, 3)
    finally:
        settings.FILL_QUEUE = served
    case = tested.example_cases.get()
    kept, gone = case.expectations.earliest("pk"), case.expectations.latest("pk")
    take_back(gone)
    return {"test_run": run.pk, "test_case": case.pk, "expectation": kept.pk, "taken_back": gone.pk}


def _make_template(slug: str) -> ReportTemplate:
    template = save_draft(make_body(name=f"Minutes, {slug}"), slug=slug)
    TemplateShare.objects.create(template=template, user=User.objects.get(username="author"), can_edit=True)
    publish(template)
    template.draft = take_snapshot(make_body(name=f"Minutes, {slug}", tone="warm", require={"tests": True}))
    template.save()
    case = ExampleCase.objects.create(template=template, name="The meeting that deferred the lease")
    ExampleDocument.objects.create(case=case, document=make_document(), slot="transcript", position=0)
    expect(case, "summary", "mention", {"words": "lease | tenancy"})
    expect(case, "summary", "rubric", {"rubric": "The text says why the lease was deferred."})
    expect(case, "actions", "count", {"least": 1, "most": 3})
    expect(case, "outcome", "choose", {"options": ["Deferred"]})
    expect(case, "closing", "no_mention", {"words": "regards"})
    return template


def _fill(run: TestRun) -> None:
    """What never, what sometimes, and what always meets what is expected."""
    while trial := run.trials.filter(checked=None, report__isnull=False).select_related("report").first():
        report = trial.report
        assert report
        for block in VALUES:
            is_odd = block == "outcome" and (trial.side == "published" or trial.repetition == 2)
            finish(report, block, {"chosen": ["Approved"]} if is_odd else None)
        advance_report(report.pk)
        prove(report.pk)
