"""The things of a template's tests that an address names, for whoever may change the template."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.found import find_template
from generation.models import ExampleCase, Expectation, TestRun


def find_case(request: SignedIn, slug: str, pk: int) -> ExampleCase:
    """An example case of a template the user may change. Raises `Http404`."""
    template = find_template(request, slug)
    return get_object_or_404(ExampleCase.objects.select_related("template__draft"), pk=pk, template=template)


def find_expectation(request: SignedIn, slug: str, pk: int) -> Expectation:
    """An expectation of a template the user may change, also one that was taken back. Raises `Http404`."""
    template = find_template(request, slug)
    found = Expectation.objects.select_related("case__template__draft")
    return get_object_or_404(found, pk=pk, case__template=template)


def find_run(request: SignedIn, slug: str, pk: int) -> TestRun:
    """A run of a template the user may change. Raises `Http404`."""
    template = find_template(request, slug)
    runs = TestRun.objects.select_related("template__draft", "draft", "version__snapshot", "by")
    return get_object_or_404(runs, pk=pk, template=template)


def go_to_tests(slug: str, at: str = "", **query: object) -> HttpResponse:
    """Back to the room of the tests, to the place of this id."""
    return redirect(reverse("template_tests", args=[slug], query=query or None, fragment=at or None))
