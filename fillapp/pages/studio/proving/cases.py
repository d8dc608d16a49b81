"""Changing the cases: new ones, their names, their documents, and taking them away."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.start.form import is_id, is_litter
from fillapp.pages.studio.found import MAY_CHANGE, find_template
from fillapp.pages.studio.proving.found import find_case, go_to_tests
from fillapp.pages.studio.proving.page import show_room
from generation.documents.passages import UnreadableDocument
from generation.examples import (
    add_documents,
    add_example_case,
    remove_case,
    remove_document,
    rename,
    set_slot,
)
from generation.models import Document, ExampleCase
from generation.uploads import refuse_large, store_documents

Files = Sequence["UploadedFile[bytes]"]


@require_POST
@needs(MAY_CHANGE)
def add_case(request: SignedIn, slug: str) -> HttpResponse:
    """A new case, with the files that came with it; none of them can be read, and there is no new case."""
    template = find_template(request, slug)
    files = request.FILES.getlist("files")
    documents, refused = read_files(files, request)
    if refused and not documents:
        return show_room(request, template, refused=refused, status=422)
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
        return _take(request, case, *read_files(request.FILES.getlist("files"), request))
    _read_slots(request, case)
    return go_to_tests(slug, f"case-{case.pk}")


def read_files(files: Files, request: SignedIn) -> tuple[list[Document], list[str]]:
    """The documents in the files, and a sentence for each that is none; one takes no other with it."""
    taken, refused = [], []
    for file in files:
        name = file.name or "file"
        if is_litter(name):
            continue
        try:
            refuse_large(name, file.size or 0)
            taken.append((file.read(), name))
        except UnreadableDocument as refusal:
            refused.append(str(refusal))
    stored = store_documents(taken, owner=request.user)
    refused += [str(one) for one in stored if isinstance(one, UnreadableDocument)]
    return [one for one in stored if isinstance(one, Document)], refused


def _take(
    request: SignedIn, case: ExampleCase, documents: list[Document], refused: list[str]
) -> HttpResponse:
    """Put the documents into the case, and say of which files there are none."""
    added = {row.document_id for row in add_documents(case, documents)}
    refused += [f"“{one.name}” is in “{case.name}” already." for one in documents if one.pk not in added]
    if refused:
        return show_room(request, case.template, refused=refused, status=422)
    return go_to_tests(case.template.slug, f"case-{case.pk}")


def _read_slots(request: SignedIn, case: ExampleCase) -> None:
    """What each document is, wherever the form says something else than what stands."""
    known = {"", *(slot.key for slot in case.template.draft.parsed.documents)}
    for row in case.example_documents.all():
        slot = request.POST.get(f"slot-{row.pk}", row.slot)
        if slot != row.slot and slot in known:
            set_slot(row, slot)
