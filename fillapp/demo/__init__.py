"""The demo: templates, sets of documents, people, texts to teach on, and one report at first start."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.contrib.auth.models import Group, User
from django.db import transaction

from fillapp.accounts import ADMINISTRATOR, BUSINESS, SUPER, load_roles
from generation.models import Report, ReportShare
from generation.reports import create_report
from generation.uploads import store_document
from signals.models import SampleSet
from signals.pieces import split_text
from signals.starter import load_starters
from signals.texts import keep_text
from templates.models import ReportTemplate, TemplateShare, TemplateVersion
from templates.publish import publish, save_draft
from templates.template_file import open_template

FOLDER = Path(__file__).parent
# For trying Fill on one's own machine; the README says to change them before anyone else can reach it.
LOGINS = {"demo": BUSINESS, "author": SUPER, "admin": ADMINISTRATOR}
PASSWORD = "fill-demo"  # noqa: S105 - printed at every start
FIRST_SET = "meeting-minutes/library-committee"
_LETTERS = "Letters to try a signal on"


@dataclass(frozen=True)
class DocumentSet:
    """One case to try: (file, slot) pairs for a template."""

    template: str
    slug: str
    title: str
    files: tuple[tuple[Path, str], ...]


def find_sets() -> Iterator[DocumentSet]:
    """Every set of demo documents, in the order of their names."""
    for path in sorted(FOLDER.glob("*/*/set.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        files = tuple(
            (path.parent / name, slot)
            for slot, names in data["documents"].items()
            for name in ([names] if isinstance(names, str) else names)
        )
        yield DocumentSet(path.parent.parent.name, path.parent.name, data["title"], files)


@transaction.atomic
def load_new_demo() -> None:
    """The demo with its first report, all or nothing, into a new database only: what was removed stays so."""
    if not User.objects.exists():
        load_demo()
        load_letters()
        create_demo_report()


def find_demo_report() -> Report | None:
    """The first report of the demo person, if it is still there."""
    return Report.objects.filter(owner__username="demo").order_by("created").first()


def load_demo() -> None:
    """People, published templates and signals, each made once; what someone changed since is left alone."""
    load_roles()
    load_starters()
    for name, role in LOGINS.items():
        if not User.objects.filter(username=name).exists():
            administers = role == ADMINISTRATOR
            user = User.objects.create_user(
                name, password=PASSWORD, is_staff=administers, is_superuser=administers
            )
            user.groups.add(Group.objects.get(name=role))
    for path in sorted(FOLDER.glob("*/template.yaml")):
        if not ReportTemplate.objects.filter(slug=path.parent.name).exists():
            _load_template(path)


def create_demo_report() -> Report:
    """The first demo report, not started yet; the author sees it too, and may teach signals on it."""
    person = User.objects.get(username="demo")
    template, _, case = FIRST_SET.partition("/")
    documents = next(one for one in find_sets() if (one.template, one.slug) == (template, case))
    version = TemplateVersion.objects.filter(template__slug=template).latest("number")
    stored = [(store_document(path.read_bytes(), path.name, person), slot) for path, slot in documents.files]
    report = create_report(
        version.snapshot,
        stored,
        title=documents.title,
        owner=person,
        template=version.template,
        version=version,
    )
    ReportShare.objects.create(report=report, user=User.objects.get(username="author"))
    return report


def load_letters() -> None:
    """Texts that everybody who teaches signals may read: some promise an outcome, some nearly do."""
    letters = SampleSet.objects.create(name=_LETTERS, owner=User.objects.get(username="author"), shared=True)
    paragraphs = (FOLDER / "letters.txt").read_text(encoding="utf-8").split("\n\n")
    for number, text in enumerate(filter(None, map(str.strip, paragraphs)), 1):
        keep_text(f"{letters.scope}:{number}", letters.scope, text, split_text(text), language="en")


def _load_template(path: Path) -> None:
    author = User.objects.get(username="author")
    template = save_draft(open_template(path).keep(), slug=path.parent.name, owner=author)
    publish(template, note="As it ships", by=author)
    for role in (BUSINESS, SUPER):
        TemplateShare.objects.create(template=template, group=Group.objects.get(name=role))
