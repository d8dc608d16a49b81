"""Changing the cases: new ones, their names, their documents, and taking them away."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.start.form import is_id
from fillapp.pages.studio.found import MAY_CHANGE, find_template
from fillapp.pages.studio.proving.found import find_case, go_to_tests
from fillapp.pages.studio.proving.page import show_room
from fillapp.pages.uploads import read_uploads
from generation.examples import (
    add_documents,
    add_example_case,
    remove_case,
    remove_document,
    rename,
    set_slot,
)
from generation.models import Document, ExampleCase


@require_POST
@needs(MAY_CHANGE)
def add_case(request: SignedIn, slug: str) -> HttpResponse:
    """A new case, with the files that came with it; none of them can be read, and there is no new case."""
    template = find_template(request, slug)
    documents, refused = read_uploads(request)
    if refused and not documents:
        return show_room(request, template, refused=[why for _, why in refused], status=422)
    case = add_example_case(template, request.POST.get("name", ""))
    return _take(request, case, documents, refused)


@require_POST
@needs(MAY_CHANGE)
def change_case(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Rename it, add files to it, say what its documents are, take one out, or remove it all."""
    case = find_case(request, slug, pk)
    do, _, number = request.POST.get("do", "").partition("-")
    if do == "remove":
        remove_case(case)
        return go_to_tests(slug, "cases")
    if do == "rename":
        rename(case, request.POST.get("name", ""))
    elif do == "take" and is_id(number):
        remove_document(get_object_or_404(case.example_documents, pk=int(number)))
    elif do == "add":
        return _take(request, case, *read_uploads(request))
    _read_slots(request, case)
    return go_to_tests(slug, f"case-{case.pk}")


def _take(
    request: SignedIn, case: ExampleCase, documents: list[Document], refused: list[tuple[str, str]]
) -> HttpResponse:
    """Put the documents into the case, and say of which files there are none."""
    added = {row.document_id for row in add_documents(case, documents)}
    said = [why for _, why in refused]
    said += [f"“{one.name}” is in “{case.name}” already." for one in documents if one.pk not in added]
    if said:
        return show_room(request, case.template, refused=said, status=422)
    return go_to_tests(case.template.slug, f"case-{case.pk}")


def _read_slots(request: SignedIn, case: ExampleCase) -> None:
    """What each document is, wherever the form says something else than what stands."""
    known = {"", *(slot.key for slot in case.template.draft.parsed.documents)}
    for row in case.example_documents.all():
        slot = request.POST.get(f"slot-{row.pk}", row.slot)
        if slot != row.slot and slot in known:
            set_slot(row, slot)
