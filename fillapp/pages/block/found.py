"""Finding the block that is meant, reading what was posted, and answering as whoever asks can use it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Annotated, Any, TypeVar

import orjson
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from pydantic import AfterValidator, BaseModel, ConfigDict

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.shown.block import show_block
from fillapp.pages.shown.report import levels, withheld_keys
from fillapp.pages.stream import block_data, summary_data
from generation.engine.schedule import CannotGenerate
from generation.flags import load_fills
from generation.models import Candidate, Edit, Fill, Report
from generation.profiles import UnknownProfile
from generation.review import CannotChange, EditConflict
from signals.clean import clean_json
from templates.blocks.base import Json
from templates.body import Block, TemplateBody

P = TypeVar("P", bound="Posted")
_CHANGED = "This part has changed since you looked at it. Look once more, then decide."
_GONE = "That version is not there. Reload the page."
SOMEONE_ELSE = (
    "Someone else has signed in on this browser. Sign in as yourself in another tab, then try again."
)
_UNUSABLE = "The page sent something that cannot be used. Reload it and try again."


def _within_a_day(seconds: float) -> float:
    """Whatever a clock says; nothing for what is no number."""
    return min(max(seconds, 0.0), 86_400.0) if seconds == seconds else 0.0


Seconds = Annotated[float, AfterValidator(_within_a_day)]


class Posted(BaseModel):
    """What a page sends; `seconds` is how long the block was in view since the last time.

    `person` is whom the page was made for: another may have signed in on that browser since.
    """

    model_config = ConfigDict(extra="ignore")
    seconds: Seconds = 0
    person: int | None = None


class Unusable(ValueError):
    """What was posted has not the form it should; the message says what to do."""


@dataclass
class Found:
    """One block of a report, open to whoever asks."""

    report: Report
    fill: Fill
    can_edit: bool

    @cached_property
    def body(self) -> TemplateBody:
        """The template as it was when the report was made."""
        return self.report.snapshot.parsed

    @cached_property
    def block(self) -> Block:
        """What the template says of the block."""
        return self.body.block(self.fill.block)

    @property
    def level(self) -> int:
        """Of the block's heading on the page."""
        return levels(self.body)[self.fill.block]


def find_block(request: SignedIn, pk: int, key: str, *, to_change: bool) -> Found:
    """The block, if the user may see the report, or change it. Raises `Http404`."""
    reports = (
        Report.objects.editable_by(request.user) if to_change else Report.objects.visible_to(request.user)
    )
    # In one query: a report may be moved to another version of its template at any time.
    fills = Fill.objects.filter(report__in=reports.filter(pk=pk), block=key)
    fill = get_object_or_404(fills.select_related("chosen", "edit", "report__snapshot"))
    can_edit = to_change or Report.objects.editable_by(request.user).filter(pk=pk).exists()
    return Found(fill.report, fill, can_edit)


def read_posted(request: SignedIn, form: type[P]) -> P:
    """What was posted, cleaned: half an emoji is no reason to lose a text. Raises `Unusable`."""
    try:
        data = json.loads(request.body) if is_script(request) else request.POST.dict()
        posted = form.model_validate(clean_json(data))
    except (ValueError, RecursionError) as error:
        raise Unusable(_UNUSABLE) from error
    if posted.person not in (None, request.user.pk):
        raise Unusable(SOMEONE_ELSE)
    return posted


def is_script(request: SignedIn) -> bool:
    """Whether a script asks, which reads JSON."""
    return request.content_type == "application/json"


def answer_report(
    request: SignedIn, report: Report, keys: list[str], at: str = "", **more: Any
) -> HttpResponse:
    """These blocks and the whole as the stream would send them now; a form goes back to the page."""
    if not is_script(request):
        return redirect(reverse("report", args=[report.pk]) + (f"#block-{at}" if at else ""))
    fills = load_fills(report)
    body, at_level = report.snapshot.parsed, levels(report.snapshot.parsed)
    shown = [
        show_block(
            body,
            body.block(key),
            fills[key],
            level=at_level[key],
            can_edit=True,
            withheld=withheld_keys(fills.values()),
        )
        for key in keys
        if key in fills
    ]
    data = {
        "blocks": [block_data(one) for one in shown],
        "summary": summary_data(report, list(fills.values()), can_edit=True),
    }
    return answer_json(data | more)


def answer_block(request: SignedIn, found: Found, **more: Any) -> HttpResponse:
    """The block as it is now."""
    return answer_report(request, found.report, [found.fill.block], at=found.fill.block, **more)


def answer_refusal(
    request: SignedIn, report: Report, sentence: str, status: int, **more: Any
) -> HttpResponse:
    """Why it was not done."""
    if is_script(request):
        return answer_json({"error": sentence} | more, status)
    messages.error(request, sentence)
    return redirect("report", pk=report.pk)


def answer_json(data: Json, status: int = 200) -> HttpResponse:
    """Data for a script, kept by nobody."""
    response = HttpResponse(orjson.dumps(data), content_type="application/json", status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def changes_block(change: Callable[[SignedIn, Found], None]) -> Callable[..., HttpResponse]:
    """A door to `change`: it is given the block, which is answered as it is then, or why it was not done."""

    @require_POST
    @needs("generation.change_report")
    @wraps(change)
    def answer(request: SignedIn, pk: int, key: str) -> HttpResponse:
        found = find_block(request, pk, key, to_change=True)
        try:
            change(request, found)
        except EditConflict:
            return answer_refusal(request, found.report, _CHANGED, 409)
        except (Candidate.DoesNotExist, Edit.DoesNotExist):
            return answer_refusal(request, found.report, _GONE, 422)
        except (Unusable, CannotChange, CannotGenerate, UnknownProfile) as refusal:
            return answer_refusal(request, found.report, str(refusal), 422)
        return answer_block(request, found)

    return answer
