"""The templates a person may see, as rows of the gallery."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, OuterRef, QuerySet, Subquery

from fillapp.pages.accounts import name_of
from fillapp.pages.studio.found import find_editable
from generation.models import Report
from templates.models import ReportTemplate, Snapshot, TemplateShare, TemplateVersion

_MOST_NAMES = 3


@dataclass(frozen=True)
class Entry:
    """A template in the gallery; `use` and `change` say who may, besides the owner."""

    template: ReportTemplate
    snapshot: Snapshot
    newest: TemplateVersion | None
    is_own: bool
    owner: str
    can_edit: bool
    use: str
    change: str
    reports: int

    @property
    def name(self) -> str:
        """What it is called: in the draft, for whoever may change that."""
        return str(self.snapshot.body["name"])

    @property
    def description(self) -> str:
        """What it is for."""
        return str(self.snapshot.body.get("description", ""))

    @property
    def differs(self) -> bool:
        """Whether the draft is not what was published last."""
        return self.newest is not None and self.newest.snapshot_id != self.template.draft_id

    def fits(self, words: list[str]) -> bool:
        """Whether each of the words stands in its name or its description."""
        text = f"{self.name} {self.description}".casefold()
        return all(word in text for word in words)


def find_entries(user: User) -> list[Entry]:
    """By name; what was never published only for those who may change it. The queries do not grow."""
    templates = ReportTemplate.objects.visible_to(user).select_related("draft", "owner")
    editable = set(find_editable(user).values_list("pk", flat=True))
    owned = set(ReportTemplate.objects.owned_by(user).values_list("pk", flat=True))
    newest, reports, shares = _find_newest(templates), _count_reports(), _find_shares(templates)
    entries = []
    for template in templates:
        version, can_edit = newest.get(template.pk), template.pk in editable
        if not can_edit and version is None:
            continue
        entries.append(
            Entry(
                template,
                template.draft if can_edit or version is None else version.snapshot,
                version,
                is_own=template.pk in owned,
                owner="you"
                if template.owner_id == user.pk
                else name_of(template.owner)
                if template.owner
                else "",
                can_edit=can_edit,
                use=_say(shares[template.pk, False]),
                change=_say(shares[template.pk, True]),
                reports=reports.get(template.pk, 0),
            )
        )
    return sorted(entries, key=lambda entry: (entry.name.casefold(), entry.template.pk))


def _find_newest(templates: QuerySet[ReportTemplate]) -> dict[int, TemplateVersion]:
    newest = TemplateVersion.objects.filter(template=OuterRef("template")).order_by("-number")
    versions = TemplateVersion.objects.filter(
        template__in=templates.order_by().values("pk"), pk=Subquery(newest.values("pk")[:1])
    )
    return {one.template_id: one for one in versions.select_related("snapshot")}


def _count_reports() -> dict[int, int]:
    cases = Report.objects.filter(purpose=Report.Purpose.CASE, deleted=None, template__isnull=False)
    rows: Any = cases.order_by().values_list("template").annotate(number=Count("pk"))
    return dict(rows)


def _find_shares(templates: QuerySet[ReportTemplate]) -> dict[tuple[int, bool], list[str]]:
    """The names of those it is shared with, to use or also to change; groups are named as groups."""
    names: dict[tuple[int, bool], list[str]] = defaultdict(list)
    shares = TemplateShare.objects.filter(template__in=templates.order_by().values("pk"))
    for share in shares.select_related("user", "group").order_by("pk"):
        name = f"the group {share.group.name}" if share.group else name_of(share.user)
        names[share.template_id, share.can_edit].append(name)
    return names


def _say(names: list[str]) -> str:
    if len(names) > _MOST_NAMES + 1:
        names = [*names[:_MOST_NAMES], f"{len(names) - _MOST_NAMES} more"]
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else "".join(names)
