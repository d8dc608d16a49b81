"""`manage.py fill`: a template and documents in, a Word report out, with its own worker in this process."""

import sys
import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

import orjson
from django.core.management import call_command
from django.core.management.base import BaseCommand

from fillapp.celery import IN_PROCESS, start_worker
from fillapp.progress import follow_report
from generation.documents.passages import UnreadableDocument
from generation.engine.schedule import cancel_report, start_report
from generation.export import export_word
from generation.guards.held import find_held
from generation.guesses import guess_slots
from generation.models import Document, Fill, Report
from generation.profiles import UnknownProfile, default_profile
from generation.reports import CannotStart, create_report
from generation.result_file import write_result
from generation.uploads import store_documents
from templates.models import ReportTemplate, Snapshot, TemplateVersion, take_snapshot
from templates.template_file import open_template
from templates.yaml_file import InvalidFile

ALL_FILLED, SOME_FAILED, BAD_INPUT, INTERRUPTED = 0, 3, 2, 130


class Command(BaseCommand):
    help = "Fill a template from documents and write the report as a Word file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("template", help="a template's slug, or the path of a .yaml file")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the documents of the case")
        parser.add_argument("-o", "--output", type=Path, required=True, help="the Word file to write")
        parser.add_argument("--json", type=Path, help="also write the result as JSON")
        parser.add_argument(
            "--title", default="", help="the report's title; the template's name unless given"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.check_outputs(options["output"], options["json"])
        call_command("migrate", verbosity=0)
        # This process alone serves this queue, so a broker elsewhere is not needed. The worker gets
        # ready while the documents are read.
        queue = f"fill-{uuid.uuid4()}"
        start_worker(queue, broker=IN_PROCESS)
        report = self.prepare(queue, **options)
        try:
            start_report(report)
            follow_report(report, self.stderr)
        except KeyboardInterrupt:
            cancel_report(report)
            sys.exit(INTERRUPTED)
        report.refresh_from_db()
        options["output"].write_bytes(export_word(report))
        if options["json"]:
            options["json"].write_bytes(orjson.dumps(write_result(report), option=orjson.OPT_INDENT_2))
        withheld = report.fills.filter(withheld=True).count()
        held = len(find_held(report.snapshot.parsed, report.fills.all()))
        failed = report.fills.exclude(state=Fill.State.DONE).count() - held
        filled = report.fills.count() - failed - withheld - held
        self.stderr.write(
            f"{options['output']}: {filled} blocks filled, {failed} failed"
            + (f", {withheld} withheld" if withheld else "")
            + (f", {held} waiting for that" if held else "")
        )
        sys.exit(SOME_FAILED if failed or withheld else ALL_FILLED)

    def check_outputs(self, word: Path, result: Path | None) -> None:
        """Say at once what would otherwise be found out when all is filled."""
        for path in filter(None, (word, result)):
            if path.is_dir():
                self.refuse(f"“{path}” is a folder; name the file to write.")
            if not path.resolve().parent.is_dir():
                self.refuse(f"There is no folder “{path.parent}” to write to.")
        if result and word.resolve() == result.resolve():
            self.refuse(f"“{word}” cannot be the Word file and the JSON file. Give each a name of its own.")
        try:
            default_profile()
        except UnknownProfile as error:
            self.refuse(str(error))

    def prepare(self, queue: str, template: str, files: list[Path], title: str, **rest: Any) -> Report:
        """The report, ready to start; bad input ends the command with one line."""
        snapshot, version = self.find_template(template)
        try:
            documents = self.read(files)
            names, texts = zip(*((document.name, document.text) for document in documents), strict=True)
            slots = guess_slots(snapshot.parsed, names, texts)
            return create_report(
                snapshot,
                list(zip(documents, slots, strict=True)),
                title=title,
                template=version.template if version else None,
                version=version,
                queue=queue,
            )
        except CannotStart as error:
            self.refuse(str(error))

    def find_template(self, name: str) -> tuple[Snapshot, TemplateVersion | None]:
        if name.endswith((".yaml", ".yml")):
            try:
                file = open_template(Path(name))
                for line, message in file.problems:
                    self.stderr.write(f"{name}, line {line}: {message}")
                return take_snapshot(file.keep()), None
            except InvalidFile as error:
                line, message = error.lines[0]
                self.refuse(f"{name}, line {line}: {message}")
            except UnicodeDecodeError:
                self.refuse(f"“{name}” cannot be read: it is no text in UTF-8.")
            except OSError as error:
                self.refuse(f"“{name}” cannot be read: {error.strerror}.")
        template = ReportTemplate.objects.filter(slug=name).select_related("draft").first()
        if template is None:
            slugs = ", ".join(ReportTemplate.objects.values_list("slug", flat=True)) or "none yet"
            self.refuse(f"There is no template “{name}”. There are: {slugs}.")
        newest = template.newest
        return (newest.snapshot, newest) if newest else (template.draft, None)

    def read(self, files: list[Path]) -> list[Document]:
        contents = []
        for file in files:
            try:
                contents.append((file.read_bytes(), file.name))
            except OSError as error:
                self.refuse(f"“{file}” cannot be read: {error.strerror}.")
        documents = []
        for document in store_documents(contents):
            if isinstance(document, UnreadableDocument):
                self.refuse(str(document))
            documents.append(document)
        return documents

    def refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(BAD_INPUT)
