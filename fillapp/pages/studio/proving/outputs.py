"""What the two sides of a run wrote in one block of one case, held against each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.differences import show_differences
from fillapp.pages.shown.value import render_value
from fillapp.pages.studio.found import MAY_CHANGE
from fillapp.pages.studio.proving.found import find_run
from fillapp.pages.studio.proving.shown import name_side
from generation.flags import with_values
from generation.models import Fill, TestRun, Trial, VerdictRow
from generation.proving.expecting import say
from templates.blocks.base import UnreadableAnswer
from templates.body import Block, TemplateBody
from templates.compare import name_block

_ICONS = {True: ("accepted", "is-ready", "Met"), False: ("failed", "is-failed", "Missed")}
_UNDECIDED = ("attention", "is-attention", "Undecided")


@dataclass(frozen=True)
class ShownVerdict:
    """What was found on one expectation, and why."""

    words: str
    reason: str
    icon: str
    look: str
    says: str


@dataclass(frozen=True)
class Output:
    """What one side wrote, or why there is nothing, with the verdicts on it."""

    side: str
    html: SafeString | None
    missing: str
    verdicts: list[ShownVerdict]


@dataclass(frozen=True)
class Repetition:
    """What was written side by side; `differences` go from the published version to the draft.

    They are None where two cannot be compared, and empty where both wrote the same.
    """

    number: int
    outputs: list[Output]
    differences: SafeString | None


@require_GET
@needs(MAY_CHANGE)
def show_outputs(request: SignedIn, slug: str, pk: int, number: int, key: str) -> HttpResponse:
    """The block `key` of the case `number` in every repetition of the run."""
    run = find_run(request, slug, pk)
    trials = list(run.trials.filter(case=number).select_related("report__snapshot", "case"))
    block = _find_block(run.draft.parsed, key)
    if not trials or block is None:
        raise Http404
    context = {
        "template": run.template,
        "body": run.template.draft.parsed,
        "run": run,
        "case": trials[0].case,
        "name": name_block(block),
        "kind": block.type.name,
        "repetitions": list(_make(run, trials, key)),
        "page": "templates",
    }
    return render(request, "templates/studio/tests/outputs.html", context)


def _make(run: TestRun, trials: Sequence[Trial], key: str) -> Iterator[Repetition]:
    fills = {
        fill.report_id: fill for fill in with_values(Fill.objects.filter(report__trial__in=trials, block=key))
    }
    found: dict[int, list[ShownVerdict]] = {}
    rows = VerdictRow.objects.filter(trial__in=trials, expectation__block=key)
    for row in rows.select_related("expectation"):
        icon, look, says = _UNDECIDED if row.passed is None else _ICONS[row.passed]
        shown = ShownVerdict(say(row.expectation), row.reason, icon, look, says)
        found.setdefault(row.trial_id, []).append(shown)
    for number in range(1, run.repetitions + 1):
        own = [trial for trial in trials if trial.repetition == number]
        outputs = [_show(run, trial, fills, key, found.get(trial.pk, [])) for trial in own]
        yield Repetition(number, outputs, _compare(own, fills, key))


def _show(
    run: TestRun, trial: Trial, fills: Mapping[int, Fill], key: str, verdicts: list[ShownVerdict]
) -> Output:
    html, missing = None, trial.problem
    fill = fills.get(trial.report_id or 0)
    value = _read(trial, fill, key)
    if value and trial.report:
        html = render_value(*value, 4, trial.report.snapshot.parsed.language)
    elif not missing and trial.report is None:
        missing = "Not written yet." if run.finished is None else "Not written."
    elif not missing:
        missing = fill.error or "Being written." if fill else "This side has no such block."
    return Output(name_side(run, trial.side), html, missing, verdicts)


def _read(trial: Trial, fill: Fill | None, key: str) -> tuple[Block, Any] | None:
    """The block of the trial's own snapshot with its value, where there is one."""
    block = _find_block(trial.report.snapshot.parsed, key) if trial.report else None
    if block is None or fill is None or fill.current_value is None or fill.withheld:
        return None
    try:
        return block, block.type.load_value(fill.current_value)
    except UnreadableAnswer:
        return None


def _compare(trials: Sequence[Trial], fills: Mapping[int, Fill], key: str) -> SafeString | None:
    """The draft against the published version, where both wrote a block of one kind."""
    sides = {trial.side: trial for trial in trials}
    draft, published = sides.get("draft"), sides.get("published")
    if not draft or not published or not draft.report:
        return None
    new, old = (_read(trial, fills.get(trial.report_id or 0), key) for trial in (draft, published))
    if not new or not old or new[0].kind != old[0].kind:
        return None
    values = [fills[trial.report_id or 0].current_value for trial in (published, draft)]
    assert values[1] is not None
    if values[0] == values[1]:
        return SafeString()
    return show_differences(new[0], values[0], values[1], draft.report.snapshot.parsed.language, level=3)


def _find_block(body: TemplateBody, key: str) -> Block | None:
    return next((block for block in body.fillable if block.block == key), None)
