"""Finding reports: words and filters, as the address carries them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from fillapp.pages.reports.rows import find_cases
from generation.models import Fill, Report, ReportDocument
from generation.models.fills import UNFINISHED
from signals.clean import clean_text
from templates.models import ReportTemplate

STATES = {
    "writing": "Being written",
    "to-review": "To review",
    "reviewed": "Reviewed",
    "failed": "Failed or cancelled",
}
WHOSE = {"mine": "Mine", "shared": "Shared with me"}
_MOST_WORDS, _LONGEST = 8, 100


@dataclass(frozen=True)
class Search:
    """What to look for; what is empty excludes nothing."""

    words: str = ""
    state: str = ""
    template: str = ""
    whose: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it finds everything."""
        return self == Search()

    def find(self, user: User) -> QuerySet[Report]:
        """The cases of the user that it finds, the newest first."""
        found = find_cases(user)
        for word in self.words.split()[:_MOST_WORDS]:
            found = found.filter(_says(word))
        if self.state:
            found = found.filter(_is_in(self.state))
        if self.template:
            found = found.filter(template__slug=self.template)
        if self.whose:
            found = found.filter(owner=user) if self.whose == "mine" else found.exclude(owner=user)
        if self.since:
            found = found.filter(created__gte=_midnight(self.since))
        if self.until:
            found = found.filter(created__lt=_midnight(self.until + timedelta(days=1)))
        return found


def read_search(asked: QueryDict) -> Search:
    """The search of an address; what makes no sense is left out."""
    return Search(
        words=clean_text(asked.get("q", "")).strip()[:_LONGEST],
        state=_one_of(STATES, asked.get("state", "")),
        template=clean_text(asked.get("template", ""))[:_LONGEST],
        whose=_one_of(WHOSE, asked.get("whose", "")),
        since=_read_date(asked.get("since", "")),
        until=_read_date(asked.get("until", "")),
    )


def find_templates(user: User) -> list[tuple[str, str]]:
    """Slug and name of each template the user has a report of, by name."""
    used = find_cases(user).order_by().values("template")
    found = ReportTemplate.objects.filter(pk__in=used).values_list("slug", "draft__body__name")
    return sorted(found, key=lambda one: one[1].casefold())


def _says(word: str) -> Q:
    """Reports whose title, template or one of whose documents has the word in its name."""
    return _anywhere(word, "title", "snapshot__body__name") | Q(
        Exists(ReportDocument.objects.filter(_anywhere(word, "document__name"), report=OuterRef("pk")))
    )


def _anywhere(word: str, *fields: str) -> Q:
    # SQLite knows upper and lower case of ASCII only.
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    found = Q()
    for field in fields:
        for spelling in spellings:
            found |= Q(**{f"{field}__icontains": spelling})
    return found


def _is_in(state: str) -> Q:
    """Reports in one of `STATES`, each report in exactly one."""
    fills = Fill.objects.filter(report=OuterRef("pk")).order_by()
    # What waits for a withheld part is not written before somebody releases that.
    halted = Q(Exists(fills.filter(withheld=True)), finished__isnull=False)
    writing = Q(Exists(fills.filter(state__in=UNFINISHED))) & ~halted
    failed = ~writing & Q(Exists(fills.filter(state__in=(Fill.State.FAILED, Fill.State.CANCELLED))))
    left = Q(Exists(fills.filter(review__in=(Fill.Review.NOT_YET, Fill.Review.REJECTED))))
    return {
        "writing": writing,
        "failed": failed,
        "to-review": ~writing & ~failed & left,
        "reviewed": ~writing & ~failed & ~left,
    }[state]


def _one_of(known: dict[str, str], asked: str) -> str:
    return asked if asked in known else ""


def _read_date(asked: str) -> date | None:
    try:
        found = date.fromisoformat(asked)
    except ValueError:
        return None
    # Days that a clock somewhere could not show.
    return found if date.min.year + 1 < found.year < date.max.year else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
