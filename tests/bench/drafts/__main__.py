"""`make bench-drafts`: fills the demo sets with a model profile and scores what comes out."""

import os
import sys
import tempfile
import uuid
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import django
import orjson

from templates.blocks.base import Json
from tests.bench.drafts.key import read_key
from tests.bench.drafts.score import Score, score_result
from tests.bench.drafts.show import show_kinds, show_scores

if TYPE_CHECKING:
    from fillapp.demo import DocumentSet


def main(options: Namespace) -> None:
    """Fill and score the sets that were named, all of them when none was."""
    from fillapp.demo import find_sets
    from generation.profiles import default_profile, find_profile

    profile = find_profile(options.profile) if options.profile else default_profile()
    cases = {f"{case.template}/{case.slug}": case for case in find_sets()}
    if unknown := set(options.sets) - cases.keys():
        sys.exit(f"There is no set “{min(unknown)}”. There are: {', '.join(cases)}.")
    queue = "" if options.scored else start_own_worker()
    results: dict[str, Json] = {}
    scores: dict[str, Score] = {}
    for name in options.sets or cases:
        case = cases[name]
        if options.scored:
            results[name] = orjson.loads((options.scored / f"{case.slug}.json").read_bytes())
        else:
            results[name] = fill_set(case, profile.name, queue, options.keep)
        scores[name] = score_set(case, results[name])
    if options.json:
        print(orjson.dumps({name: asdict(score) for name, score in scores.items()}).decode())
        return
    print(show_scores(profile.name, scores), show_kinds(list(results.values())), sep="\n\n")
    if options.missed:
        print(*(f"{name}\n  " + "\n  ".join(scores[name].missed) for name in scores), sep="\n\n")


def start_own_worker() -> str:
    """The name of a queue that this process serves, in a data folder of its own."""
    from django.core.management import call_command

    from fillapp.celery import IN_PROCESS, start_worker

    call_command("migrate", verbosity=0)
    queue = f"drafts-{uuid.uuid4()}"
    start_worker(queue, broker=IN_PROCESS)
    return queue


def fill_set(case: "DocumentSet", profile: str, queue: str, keep: Path | None) -> Json:
    """The result of filling a set; its Word file and JSON are kept in the folder, if one is given."""
    from django.core.management.base import OutputWrapper

    from fillapp.demo import FOLDER
    from fillapp.progress import follow_report
    from generation.engine.schedule import start_report
    from generation.export import export_word
    from generation.profiles import find_profile
    from generation.reports import create_report
    from generation.result_file import write_result
    from generation.uploads import store_document
    from templates.models import take_snapshot
    from templates.yaml_file import read_file

    template = read_file((FOLDER / case.template / "template.yaml").read_text(encoding="utf-8"))
    stored = [(store_document(path.read_bytes(), path.name), slot) for path, slot in case.files]
    report = create_report(
        take_snapshot(template), stored, title=case.title, profile=find_profile(profile), queue=queue
    )
    start_report(report)
    follow_report(report, OutputWrapper(sys.stderr))
    report.refresh_from_db()
    result = write_result(report)
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{case.slug}.docx").write_bytes(export_word(report))
        (keep / f"{case.slug}.json").write_bytes(orjson.dumps(result, option=orjson.OPT_INDENT_2))
    return result


def score_set(case: "DocumentSet", result: Json) -> Score:
    """A result held against the set's key."""
    from fillapp.demo import FOLDER
    from generation.documents.read import read_document
    from templates.yaml_file import read_file

    folder = FOLDER / case.template
    body = read_file((folder / "template.yaml").read_text(encoding="utf-8"))
    texts = [read_document(path, path.name).text for path, _ in case.files]
    return score_result(result, body, texts, read_key(folder / case.slug / "key.yaml"))


def read_options() -> Namespace:
    """What the command line says."""
    parser = ArgumentParser(prog="python -m tests.bench.drafts", description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help="such as meeting-minutes/library-committee")
    parser.add_argument("--profile", default="", help="a model profile; what FILL_MODEL names unless given")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep each Word file and JSON there")
    parser.add_argument(
        "--scored", type=Path, metavar="FOLDER", help="score what is kept there; fill nothing"
    )
    parser.add_argument("--missed", action="store_true", help="also name every fact, cell and choice missed")
    parser.add_argument("--json", action="store_true", help="print the scores as JSON")
    return parser.parse_args()


if __name__ == "__main__":
    asked = read_options()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("FILL_VAR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fillapp.settings")
        django.setup()
        main(asked)
