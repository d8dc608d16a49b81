"""One set: its columns chosen, its rows taken step by step, then shared, looked at, or deleted."""

from functools import lru_cache

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.found import MAY_CHANGE
from fillapp.pages.signals.sets.found import find_own_set, find_set
from fillapp.tables import Table, read_table
from signals.models import SampleSet, Signal, Text
from signals.sets import delete_set, labels_in, take_rows

_SHOWN = 10
_SHOWN_OF_CELL = 200
# Rows of one step: a second or two.
_STEP = 2_000
_TEXT_NAMES = ("text", "texts", "sentence", "content", "message", "body", "comment", "said")
_LABEL_NAMES = ("label", "labels", "class", "category", "target", "is")


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
def show_set(request: SignedIn, pk: int) -> HttpResponse:
    """The page of a set as it stands; a POST of its owner's chooses columns, shares or deletes."""
    if request.method == "POST":
        return _change(request, find_own_set(request, pk))
    found = find_set(request, pk)
    is_own = found.owner_id == request.user.pk
    context: dict[str, object] = {"set": found, "is_own": is_own, "page": "signals"}
    if found.text_column is None and not found.is_complete:
        if not is_own:
            raise Http404
        return render(request, "signals/sets/columns.html", context | _show_columns(found))
    context |= {
        "labels": labels_in(found)[:_SHOWN],
        "texts": [
            (text.samples.order_by("number").last(), text.tags.get("label", ""))
            for text in Text.objects.filter(scope=found.scope).order_by("pk")[:_SHOWN]
        ],
        "signals": Signal.objects.at_work(),
    }
    return render(request, "signals/sets/one.html", context)


@require_POST
@needs(MAY_CHANGE)
def take_next(request: SignedIn, pk: int) -> HttpResponse:
    """The next rows of the file. A script asks again until there are none; any time later it goes on."""
    found = find_own_set(request, pk)
    if found.text_column is None:
        raise Http404
    if not found.is_complete:
        text, label = found.text_column, found.label_column
        rows = _table(found.file).rows[found.taken : found.taken + _STEP]
        cells = [(row[text], "" if label is None else row[label]) for row in rows]
        found.taken = take_rows(found, found.taken, cells)
    if found.is_complete:
        _drop_file(found)
    if "json" not in request.headers.get("Accept", ""):
        return redirect("signal_set", pk=pk)
    return JsonResponse({"done": found.taken, "total": found.total, "go_on": not found.is_complete})


def _change(request: SignedIn, found: SampleSet) -> HttpResponse:
    do = request.POST.get("do")
    if do == "delete":
        _drop_file(found)
        delete_set(found)
        messages.success(request, f"“{found.name}” is deleted with all its texts.")
        return redirect("signal_sets")
    if do in ("share", "keep"):
        SampleSet.objects.filter(pk=found.pk).update(shared=do == "share")
    elif do == "columns" and found.text_column is None and found.file:
        width = len(_table(found.file).columns)
        text, label = (_number(request.POST.get(name, "")) for name in ("text", "label"))
        if text is not None and text < width and text != label:
            found.text_column, found.label_column = text, label if label is None or label < width else None
            found.save(update_fields=["text_column", "label_column"])
    return redirect("signal_set", pk=found.pk)


def _show_columns(found: SampleSet) -> dict[str, object]:
    """The columns with what stands in their first rows, and which are likely meant."""
    table = _table(found.file)
    columns = [
        (number, name, [row[number][:_SHOWN_OF_CELL] for row in table.rows[:3]])
        for number, name in enumerate(table.columns)
    ]
    longest = max(range(len(columns)), key=lambda at: sum(len(row[at]) for row in table.rows[:100]))
    text = table.find(*_TEXT_NAMES)
    return {
        "columns": columns,
        "text": longest if text is None else text,
        "label": table.find(*_LABEL_NAMES),
        "warnings": table.warnings,
    }


@lru_cache(maxsize=2)
def _table(file: str) -> Table:
    """Read once for all steps: a file that is kept never changes. Raises `Http404` for one that is gone."""
    try:
        with default_storage.open(file) as kept:
            return read_table(kept.read(), file)
    except FileNotFoundError as error:
        raise Http404 from error


def _drop_file(found: SampleSet) -> None:
    if found.file:
        default_storage.delete(found.file)
        # A large file is hundreds of megabytes of strings.
        _table.cache_clear()
        SampleSet.objects.filter(pk=found.pk).update(file="")


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < 6 else None
