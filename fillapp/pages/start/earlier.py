"""Documents of earlier reports, to be used again."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import User

from fillapp.pages.reports import find_cases
from fillapp.pages.start.form import is_id
from generation.models import Document, Report, ReportDocument

_LATEST = 10


@dataclass
class Earlier:
    """A report with those of its documents that are not in the case yet."""

    report: Report
    documents: list[Document]

    @property
    def pks(self) -> str:
        """The ids of its documents, for the page's script."""
        return " ".join(str(document.pk) for document in self.documents)


def find_earlier(user: User, here: Collection[str], first: str = "") -> list[Earlier]:
    """The latest reports the user may see, the one of the id `first` before the others.

    `here` are the content hashes of what the case has already: nobody needs to add it again.
    """
    cases = find_cases(user)
    named = list(cases.filter(pk=int(first))) if is_id(first) else []
    reports = [*named, *(report for report in cases[:_LATEST] if report not in named)]
    rows = ReportDocument.objects.filter(report__in=[report.pk for report in reports])
    of_reports: dict[int, list[Document]] = {}
    for row in rows.select_related("document").defer("document__text"):
        if row.document.sha256 not in here:
            of_reports.setdefault(row.report_id, []).append(row.document)
    return [Earlier(report, of_reports[report.pk]) for report in reports if report.pk in of_reports]
