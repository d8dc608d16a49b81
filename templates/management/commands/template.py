"""`manage.py template check|import|export|schema`: templates in and out as YAML."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand

from templates.models import ReportTemplate
from templates.publish import publish, save_draft
from templates.schema import template_schema
from templates.template_file import StyleInTheWay, TemplateFile, open_template, write_template
from templates.yaml_file import InvalidFile, write_file


class Command(BaseCommand):
    help = "Check, import and export templates as YAML files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="what", required=True)
        check = actions.add_parser("check", help="say what is wrong with a file, line by line")
        check.add_argument("file", type=Path)
        into = actions.add_parser("import", help="make or change the draft of a template from a file")
        into.add_argument("file", type=Path)
        into.add_argument("--slug", default="", help="the template's slug; from its name unless given")
        into.add_argument("--publish", action="store_true", help="publish the draft as a new version")
        out = actions.add_parser("export", help="print a template, or write it to a file")
        out.add_argument("slug")
        out.add_argument("-o", "--output", type=Path)
        out.add_argument("--draft", action="store_true", help="the draft instead of the newest version")
        actions.add_parser("schema", help="print the JSON Schema of a template file")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        match what:
            case "check":
                self.check_file(options["file"])
            case "import":
                self.take_in(self.read(options["file"]), options["slug"], options["publish"])
            case "export":
                self.give_out(options["slug"], options["output"], options["draft"])
            case _:
                schema = orjson.dumps(template_schema(), option=orjson.OPT_INDENT_2)
                self.stdout.write(schema.decode())

    def check_file(self, path: Path) -> None:
        file = self.read(path)
        for line, message in file.problems:
            self.stdout.write(f"{line}: {message}")
        if file.problems:
            sys.exit(2)
        body = file.body
        self.stdout.write(f"{path}: “{body.name}”, {len(body.fillable)} blocks, no mistakes")
        for note in file.findings.notes if file.findings else ():
            self.stdout.write(f"{body.word.style}: {note}")

    def read(self, file: Path) -> TemplateFile:
        try:
            return open_template(file)
        except InvalidFile as error:
            for line, message in error.lines:
                self.stdout.write(f"{line}: {message}")
            sys.exit(2)
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
            self.stderr.write(f"“{file}” cannot be read: {reason}.")
            sys.exit(2)

    def take_in(self, file: TemplateFile, slug: str, publish_it: bool) -> None:
        template = save_draft(file.keep(), slug=slug)
        if publish_it:
            self.stdout.write(f"{template.slug}: published as version {publish(template).number}")
        else:
            self.stdout.write(f"{template.slug}: draft saved")

    def give_out(self, slug: str, output: Path | None, draft: bool) -> None:
        template = ReportTemplate.objects.filter(slug=slug).select_related("draft").first()
        if template is None:
            self.stderr.write(f"There is no template “{slug}”.")
            sys.exit(2)
        newest = None if draft else template.newest
        body = (newest.snapshot if newest else template.draft).parsed
        if output is None:
            self.stdout.write(write_file(body), ending="")
            if body.word.sha256:
                self.stderr.write(f"“{body.word.style}” stays in the database; -o writes it beside the file.")
            return
        try:
            style = write_template(body, output)
        except StyleInTheWay as error:
            self.stderr.write(str(error))
            sys.exit(2)
        except OSError as error:
            self.stderr.write(f"“{error.filename or output}” cannot be written: {error.strerror}.")
            sys.exit(2)
        if style:
            self.stderr.write(f"{style}: the Word file of its style")
