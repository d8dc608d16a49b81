"""What the page is asked for, as its address says it: which signal, which texts, and which period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from fillapp.pages.signals.tag_names import OTHER, TAGS, TagNames
from signals.clean import clean_text
from signals.counting import cases

PERIODS = {"day": "By day", "week": "By week", "month": "By month"}
_USUAL = "week"
# These mean something only where one knows of which template.
_OF_TEMPLATE = ("block", "version")


@dataclass(frozen=True)
class Choice:
    """A field of the form: its options as (value, name)."""

    tag: str
    label: str
    chosen: str
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Filters:
    """What is asked for; `tags` as they were given, `tag_sets` the rows that fit them."""

    signal: str
    by: str
    tags: dict[str, str]
    tag_sets: dict[int, dict[str, str]]
    choices: list[Choice]
    since: date | None = None
    until: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether all texts are asked for."""
        return not self.tags

    def query(self, **more: str) -> str:
        """The address's query, with these changed; what is empty is left out."""
        asked = {"signal": self.signal, **self.tags, "by": self.by if self.by != _USUAL else ""} | more
        return urlencode({name: value for name, value in asked.items() if value})


def read_filters(asked: QueryDict, names: TagNames) -> Filters:
    """The filters of an address; nonsense finds nothing, and is no error."""
    tags: dict[str, str] = {tag: clean_text(str(asked[tag])) for tag in TAGS if asked.get(tag)}
    if not tags.get("template") or tags["template"] == OTHER:
        tags = {tag: value for tag, value in tags.items() if tag not in _OF_TEMPLATE}
    known = dict(cases())
    by = asked.get("by", "")
    return Filters(
        signal=asked.get("signal", ""),
        by=by if by in PERIODS else _USUAL,
        tags=tags,
        tag_sets={pk: own for pk, own in known.items() if _fits(own, tags, names)},
        choices=list(_choices(list(known.values()), tags, names)),
        since=_read_date(asked.get("since", "")),
        until=_read_date(asked.get("until", "")),
    )


def _fits(own: dict[str, str], tags: dict[str, str], names: TagNames) -> bool:
    for tag, value in tags.items():
        if tag == "template" and (names.shown(own, tag) != value):
            return False
        if tag != "template" and own.get(tag, "") != value:
            return False
    return True


def _choices(known: list[dict[str, str]], tags: dict[str, str], names: TagNames) -> list[Choice]:
    template = tags.get("template", "")
    choices = []
    for tag, label in TAGS.items():
        if tag in _OF_TEMPLATE:
            values = {own.get(tag, "") for own in known if names.sees(own) and own["template"] == template}
            options = [(value, names.name_within(template, tag, value)) for value in values if value]
        else:
            values = {names.shown(own, tag) for own in known}
            options = [(value, names.name(tag, value)) for value in values if value]
        if len(options) > 1 or tags.get(tag):
            options.sort(key=lambda option: (option[0] == OTHER, option[1].lower()))
            choices.append(Choice(tag, label, tags.get(tag, ""), options))
    return choices


def _read_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
