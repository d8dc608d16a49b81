"""The form of one expectation: which block, which kind, and what exactly."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.found import MAY_CHANGE
from fillapp.pages.studio.proving.found import find_case, find_expectation, go_to_tests
from fillapp.settings_form import Field, find_errors, make_fields, read_fields
from generation.models import ExampleCase, Expectation
from generation.proving.expectations import EXPECTATIONS, ExpectationType, find_fitting
from generation.proving.expecting import expect, put_back, reword, take_back
from templates.blocks.base import Json
from templates.body import Block, TemplateBody
from templates.compare import name_block


@dataclass
class Form:
    """What is chosen so far; without a kind, the kinds that fit the block are offered."""

    case: ExampleCase
    block: Block | None = None
    kind: ExpectationType[Any] | None = None
    settings: Json = field(default_factory=dict)
    errors: dict[tuple[str | int, ...], list[str]] = field(default_factory=dict)
    expectation: Expectation | None = None

    @property
    def fields(self) -> list[Field]:
        """The inputs of the kind."""
        return make_fields(self.kind.Settings, self.settings, self.errors) if self.kind else []

    @property
    def described(self) -> str:
        """What the kind says about this block."""
        return self.kind.describe(self.block) if self.kind and self.block else ""

    @property
    def general(self) -> list[str]:
        """What is wrong with no input in particular."""
        return self.errors.get((), [])

    @property
    def body(self) -> TemplateBody:
        """The draft."""
        return self.case.template.draft.parsed


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
def add_expectation(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Choose a block and a kind, then say what; a POST keeps it."""
    asked = request.POST if request.method == "POST" else request.GET
    form = Form(find_case(request, slug, pk))
    form.block = _find_block(form.body, asked.get("block", ""))
    form.kind = _find_kind(form.block, asked.get("kind", ""))
    if request.method == "GET" or not form.kind or not form.block:
        return _show(request, form)
    if not _read(request, form):
        return _show(request, form, status=422)
    expect(form.case, form.block.block, form.kind.kind, form.settings)
    return go_to_tests(slug, f"case-{form.case.pk}")


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
def change_expectation(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Reword it, take it back, or put it back."""
    found = find_expectation(request, slug, pk)
    place = f"case-{found.case_id}"
    if request.method == "POST" and request.POST.get("do") == "remove":
        take_back(found)
        return go_to_tests(slug, removed=found.pk)
    if request.method == "POST" and request.POST.get("do") == "put-back":
        put_back(found)
        return go_to_tests(slug, place)
    form = Form(found.case, settings=found.settings, kind=EXPECTATIONS[found.kind], expectation=found)
    form.block = _find_block(form.body, found.block)
    if form.block is None:
        # Its block is gone: all that can be done is to remove it.
        raise Http404
    if request.method == "GET":
        return _show(request, form)
    if not _read(request, form):
        return _show(request, form, status=422)
    reword(found, form.settings)
    return go_to_tests(slug, place)


def _find_block(body: TemplateBody, key: str) -> Block | None:
    return next((block for block in body.fillable if block.block == key), None)


def _find_kind(block: Block | None, kind: str) -> ExpectationType[Any] | None:
    fitting = find_fitting(block) if block else []
    return next((one for one in fitting if one.kind == kind), None)


def _read(request: SignedIn, form: Form) -> bool:
    """Whether what was typed can be expected of the block."""
    assert form.kind
    assert form.block
    form.settings = read_fields(form.kind.Settings, request.POST)
    form.errors = find_errors(form.kind.Settings, form.settings)
    if not form.errors:
        mistake = form.kind.find_mistake(form.block, form.kind.Settings.model_validate(form.settings))
        form.errors = {(): [mistake]} if mistake else {}
    return not form.errors


def _show(request: SignedIn, form: Form, status: int = 200) -> HttpResponse:
    context = {
        "template": form.case.template,
        "body": form.body,
        "form": form,
        "blocks": [(block.block, name_block(block)) for block in form.body.fillable],
        "name": name_block(form.block) if form.block else "",
        "kinds": [(one, one.say(one.example())) for one in find_fitting(form.block)] if form.block else [],
        "page": "templates",
    }
    return render(request, "templates/studio/tests/expectation.html", context, status=status)
