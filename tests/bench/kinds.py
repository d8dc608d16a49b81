"""How often each kind's answer is right at once, after the re-ask, or never.

Run as `python -m tests.bench.kinds SET…`, a set being such as meeting-minutes/library-committee.

Fills demo sets (all six unless named) with the profile that FILL_MODEL and OPENAI_* name, into a data folder
of its own (FILL_VAR).
"""

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from generation.models import Fill

ROWS = ("valid at first answer", "valid after the re-ask", "filled, problems left", "failed with a sentence")


def fill_sets(names: list[str], output: Path) -> None:
    """Fill each set and write its Word file."""
    from django.core.management import call_command

    from fillapp.demo import FOLDER, find_sets

    for case in find_sets():
        if names and f"{case.template}/{case.slug}" not in names:
            continue
        template = FOLDER / case.template / "template.yaml"
        files = [str(path) for path, _ in case.files]
        try:
            call_command("fill", str(template), *files, output=output / f"{case.slug}.docx", title=case.title)
        except SystemExit as end:
            print(f"{case.template}/{case.slug}: exit {end.code}")


def count_kinds() -> None:
    """A table of kinds by what became of their answers, over all reports in the data folder."""
    from generation.models import Fill

    counts: dict[str, Counter[str]] = {}
    for fill in Fill.objects.filter(state__in=("done", "failed")).select_related("chosen"):
        counts.setdefault(fill.kind, Counter())[_what_became_of(fill)] += 1
    print(f"{'kind':12}", *(f"{row:>24}" for row in ROWS))
    for kind, counted in counts.items():
        print(f"{kind:12}", *(f"{counted[row]:24}" for row in ROWS))


def _what_became_of(fill: "Fill") -> str:
    if fill.chosen is None:
        return ROWS[3]
    if fill.chosen.problems:
        return ROWS[2]
    return ROWS[0] if fill.requests.count() <= 1 else ROWS[1]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fillapp.settings")
    django.setup()
    from django.conf import settings

    fill_sets(sys.argv[1:], Path(settings.VAR_DIR))
    count_kinds()
