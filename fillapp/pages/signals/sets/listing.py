"""All sets, and the form that brings another one."""

from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.found import MAY_CHANGE
from fillapp.pages.signals.sets.found import find_sets
from fillapp.tables import LARGEST, MOST_ROWS, BadTable, read_table
from signals.clean import clean_text
from signals.models import SampleSet

_NO_FILE = "Choose a CSV file first."
_LONGEST_NAME = 200


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
def show_sets(request: SignedIn) -> HttpResponse:
    """A POST takes a file, and asks for its columns next."""
    error = ""
    if request.method == "POST":
        try:
            return redirect("signal_set", pk=_take_in(request).pk)
        except BadTable as refusal:
            error = str(refusal)
    context = {
        "sets": find_sets(request.user),
        "error": error,
        "most": f"{MOST_ROWS:,}",
        "megabytes": LARGEST // 2**20,
        "page": "signals",
    }
    return render(request, "signals/sets/list.html", context, status=422 if error else 200)


def _take_in(request: SignedIn) -> SampleSet:
    """The set of an uploaded file, of which no row is taken yet. Raises `BadTable`."""
    file = request.FILES.get("file")
    if file is None:
        raise BadTable(_NO_FILE)
    name = clean_text(file.name or "texts.csv")
    if (file.size or 0) > LARGEST:
        raise BadTable(f"“{name}” is larger than {LARGEST // 2**20} MB: split it into several files.")
    data = file.read()
    table = read_table(data, name)
    kept = default_storage.save("signal-sets/texts.csv", ContentFile(data))
    return SampleSet.objects.create(
        name=PurePath(name).stem[:_LONGEST_NAME] or "Texts",
        owner=request.user,
        file=kept,
        total=len(table.rows),
    )
