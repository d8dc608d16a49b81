"""`manage.py template check|import|export|schema`: templates in and out as YAML and as one file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

import orjson
from django.core.management.base import BaseCommand

from generation.template_package import TemplatePackage, keep_examples, read_package, write_package
from templates.body import TemplateBody
from templates.editing import change_draft
from templates.models import ReportTemplate
from templates.packed import UnreadablePackage
from templates.publish import make_slug, publish, save_draft
from templates.schema import template_schema
from templates.template_file import StyleInTheWay, open_template, write_template
from templates.yaml_file import InvalidFile, write_file

_PACKAGE = ".filltemplate"


class Command(BaseCommand):
    help = "Check, import and export templates as YAML files, or with all that belongs to them as one file."
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
        out.add_argument("--examples", action="store_true", help=f"put the examples into a {_PACKAGE} file")
        actions.add_parser("schema", help="print the JSON Schema of a template file")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        match what:
            case "check":
                self.check_file(options["file"])
            case "import":
                self.take_in(self.read(options["file"]), options["slug"], options["publish"])
            case "export":
                self.give_out(options["slug"], options["output"], options["draft"], options["examples"])
            case _:
                schema = orjson.dumps(template_schema(), option=orjson.OPT_INDENT_2)
                self.stdout.write(schema.decode())

    def check_file(self, path: Path) -> None:
        package = self.read(path)
        file = package.file
        for line, message in file.problems:
            self.stdout.write(f"{line}: {message}")
        if file.problems:
            sys.exit(2)
        body = file.body
        count = len(package.cases)
        examples = f", {count} example{'' if count == 1 else 's'}" if count else ""
        self.stdout.write(f"{path}: “{body.name}”, {len(body.fillable)} blocks{examples}, no mistakes")
        for note in file.findings.notes if file.findings else ():
            self.stdout.write(f"{body.word.style}: {note}")

    def read(self, file: Path) -> TemplatePackage:
        try:
            if file.suffix == _PACKAGE:
                return read_package(file.read_bytes())
            return TemplatePackage(open_template(file))
        except InvalidFile as error:
            for line, message in error.lines:
                self.stdout.write(f"{line}: {message}")
            sys.exit(2)
        except UnreadablePackage as error:
            self.refuse(f"{file}: {error}")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
            self.refuse(f"“{file}” cannot be read: {reason}.")

    def refuse(self, why: str) -> NoReturn:
        self.stderr.write(why)
        sys.exit(2)

    def take_in(self, package: TemplatePackage, slug: str, publish_it: bool) -> None:
        body = package.file.keep()
        template = ReportTemplate.objects.filter(slug=slug or make_slug(body.name)).first()
        if template:
            # What somebody wrote in the studio is kept among its changes.
            change_draft(template, lambda draft: body, what="Imported on the command line", by=None)
        else:
            template = save_draft(body, slug=slug)
        for left_out in keep_examples(package, template, None):
            self.stderr.write(left_out)
        if publish_it:
            self.stdout.write(f"{template.slug}: published as version {publish(template).number}")
        else:
            self.stdout.write(f"{template.slug}: draft saved")

    def give_out(self, slug: str, output: Path | None, draft: bool, examples: bool) -> None:
        template = ReportTemplate.objects.filter(slug=slug).select_related("draft").first()
        if template is None:
            self.refuse(f"There is no template “{slug}”.")
        newest = None if draft else template.newest
        body = (newest.snapshot if newest else template.draft).parsed
        if output and output.suffix == _PACKAGE:
            self.write_one(template, body, output, examples)
        elif examples:
            self.refuse(f"Only a {_PACKAGE} file holds examples; name one with -o.")
        elif output:
            self.write_beside(body, output)
        else:
            self.stdout.write(write_file(body), ending="")
            if body.word.sha256:
                self.stderr.write(f"“{body.word.style}” stays in the database; -o writes it beside the file.")

    def write_one(self, template: ReportTemplate, body: TemplateBody, output: Path, examples: bool) -> None:
        cases = template.example_cases.all() if examples else ()
        try:
            output.write_bytes(write_package(body, cases))
        except UnreadablePackage as error:
            self.refuse(str(error))
        except OSError as error:
            self.refuse(f"“{output}” cannot be written: {error.strerror}.")

    def write_beside(self, body: TemplateBody, output: Path) -> None:
        try:
            style = write_template(body, output)
        except StyleInTheWay as error:
            self.refuse(str(error))
        except OSError as error:
            self.refuse(f"“{error.filename or output}” cannot be written: {error.strerror}.")
        if style:
            self.stderr.write(f"{style}: the Word file of its style")
