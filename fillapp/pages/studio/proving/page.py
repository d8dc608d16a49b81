"""The page of a template's tests: its cases with what is expected of them, and what the last run showed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.start.form import is_id
from fillapp.pages.studio.found import MAY_CHANGE, find_template
from fillapp.pages.studio.proving.shown import show_run
from generation.documents.read import SUFFIXES
from generation.documents.refusals import KINDS
from generation.models import ExampleCase, ExampleDocument, Expectation
from generation.profiles import UnknownProfile, default_profile
from generation.proving.estimate import estimate_repetition
from generation.proving.expecting import say, standing
from generation.proving.proof import proof_of
from generation.proving.run import MOST_REPETITIONS
from templates.body import TemplateBody
from templates.compare import name_block
from templates.models import ReportTemplate

_USUAL_REPETITIONS = 3
_EARLIER = 10
_MARKS = {
    "none": "note",
    "running": "running",
    "outdated": "attention",
    "failed": "failed",
    "passed": "accepted",
}


@dataclass(frozen=True)
class ShownExpectation:
    """What is expected, in words."""

    pk: int
    words: str


@dataclass
class BlockOfCase:
    """A block of which something is expected; `is_gone` where the draft has no such block."""

    key: str
    name: str
    is_gone: bool = False
    expectations: list[ShownExpectation] = field(default_factory=list)


@dataclass(frozen=True)
class Card:
    """One case: its documents, and what is expected of its blocks."""

    case: ExampleCase
    documents: list[ExampleDocument]
    blocks: list[BlockOfCase]


@require_GET
@needs(MAY_CHANGE)
def show_tests(request: SignedIn, slug: str) -> HttpResponse:
    """The whole room."""
    return show_room(request, find_template(request, slug))


def show_room(
    request: SignedIn,
    template: ReportTemplate,
    *,
    cannot_run: str = "",
    refused: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The room, with why the tests cannot be run, or which files were not added."""
    cards, proof, runs = _make_cards(template), proof_of(template), list(template.test_runs.all()[:_EARLIER])
    context = {
        "template": template,
        "body": template.draft.parsed,
        "cards": cards,
        "is_offline": _is_offline(),
        "proof": proof,
        "mark": _MARKS[proof.state],
        "is_running": proof.state == "running",
        "estimate": estimate_repetition(template),
        "repetitions": runs[0].repetitions if runs else _USUAL_REPETITIONS,
        "most_repetitions": MOST_REPETITIONS,
        "can_run": any(card.blocks for card in cards),
        "shown": show_run(runs[0]) if runs else None,
        "earlier": runs[1:],
        "taken_back": _find_taken_back(request, template),
        "cannot_run": cannot_run,
        "refused": refused,
        "suffixes": SUFFIXES,
        "kinds": KINDS,
        "page": "templates",
    }
    return render(request, "templates/studio/tests/page.html", context, status=status)


def _make_cards(template: ReportTemplate) -> list[Card]:
    body = template.draft.parsed
    cases = list(template.example_cases.all())
    documents: dict[int, list[ExampleDocument]] = {}
    rows = ExampleDocument.objects.filter(case__in=cases).select_related("document").defer("document__text")
    for row in rows:
        documents.setdefault(row.case_id, []).append(row)
    expected: dict[int, list[Expectation]] = {}
    for one in standing().filter(case__in=cases).order_by("pk"):
        expected.setdefault(one.case_id, []).append(one)
    return [
        Card(case, documents.get(case.pk, []), list(_group(body, expected.get(case.pk, []))))
        for case in cases
    ]


def _group(body: TemplateBody, expectations: Sequence[Expectation]) -> Iterator[BlockOfCase]:
    """What is expected by block, in the order of the report; blocks that are gone come last."""
    blocks = {block.block: BlockOfCase(block.block, name_block(block)) for block in body.fillable}
    for one in expectations:
        block = blocks.setdefault(one.block, BlockOfCase(one.block, one.block, is_gone=True))
        block.expectations.append(ShownExpectation(one.pk, say(one)))
    yield from (block for block in blocks.values() if block.expectations)


def _is_offline() -> bool:
    try:
        return default_profile().offline
    except UnknownProfile:
        return False


def _find_taken_back(request: SignedIn, template: ReportTemplate) -> ShownExpectation | None:
    """The expectation that was removed a moment ago, to be put back."""
    pk = request.GET.get("removed", "")
    found = Expectation.objects.filter(case__template=template, removed__isnull=False)
    one = found.filter(pk=int(pk)).first() if is_id(pk) else None
    return ShownExpectation(one.pk, say(one)) if one else None
