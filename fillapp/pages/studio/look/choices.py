"""The form in which styles are chosen: each role with what is detected, and the styles it can have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import orjson
from django.http import QueryDict

from templates.body import WordLook
from templates.models import load_style
from templates.word.house import HouseLooks, RoleLook, StyleChoice, UnreadableWord, describe_styles

_FIELD = "style:"
_GROUPS = {
    "Headings": ("title", "subtitle", "heading 1", "heading 2", "heading 3", "heading 4"),
    "Text": ("body", "quote"),
    "Lists": ("bullets", "bullets 2", "bullets 3", "numbers", "numbers 2", "numbers 3"),
    "Tables": ("table", "table heading", "table text"),
}
_LABELS = {
    "body": "Plain text",
    "quote": "Quotation",
    "bullets": "Bullets",
    "numbers": "Numbers",
    "table": "Table",
    "table heading": "Column heading",
    "table text": "Cells",
}
_DEEPER = {"bullets": "Bullets, level {}", "numbers": "Numbers, level {}"}


class WrongStyle(ValueError):
    """A style was asked for that the file does not have for this; the message says which."""


@dataclass(frozen=True)
class RoleOnPage:
    """A role as its select shows it: `automatic` is the first choice, `groups` all others by heading."""

    name: str
    field: str
    label: str
    automatic: str
    chosen: str
    problem: str
    groups: list[tuple[str, list[str]]]

    @property
    def id(self) -> str:
        """What the page calls the select."""
        return f"style-{self.name.replace(' ', '-')}"


@dataclass(frozen=True)
class GroupOnPage:
    """Roles that belong together."""

    title: str
    roles: list[RoleOnPage]


def show_choices(look: WordLook) -> list[GroupOnPage]:
    """The selects for a look, none if it has no house document or one that cannot be read."""
    looks = _describe(look)
    if looks is None:
        return []
    roles = {one.role.name: one for one in looks.roles}
    return [
        GroupOnPage(title, [_show_role(roles[name], looks) for name in names])
        for title, names in _GROUPS.items()
    ]


def read_choices(post: QueryDict, look: WordLook) -> dict[str, str]:
    """The styles a form chooses; those it says nothing of stay. Raises `WrongStyle`."""
    looks = _describe(look)
    styles = dict(look.styles)
    if looks is None:
        return styles
    for one in looks.roles:
        name = one.role.name
        wanted = post.get(f"{_FIELD}{name}")
        if wanted is None or wanted == styles.get(name):
            continue
        if wanted and wanted not in (choice.name for choice in looks.choices[one.role.kind]):
            label = _label(name).lower()
            raise WrongStyle(f"“{wanted}” is no style of the file for {label}. Choose one of those listed.")
        styles.pop(name, None)
        styles |= {name: wanted} if wanted else {}
    return styles


def _show_role(look: RoleLook, looks: HouseLooks) -> RoleOnPage:
    name, chosen = look.role.name, look.chosen
    automatic = (
        f"Detected: {look.detected} ({look.why})" if look.detected else "Added in the look of the file"
    )
    groups = list(_group(looks.choices[look.role.kind]))
    if chosen and not any(chosen in names for _, names in groups):
        groups.append(("Not in the file", [chosen]))
    problem = f"{look.problem}." if look.problem else ""
    return RoleOnPage(name, f"{_FIELD}{name}", _label(name), automatic, chosen, problem, groups)


def _group(choices: tuple[StyleChoice, ...]) -> Iterator[tuple[str, list[str]]]:
    """The styles under what tells them apart, in the order they came in."""
    groups: dict[str, list[str]] = {"Used in the file": [], "Other styles": [], "Hidden in Word": []}
    for one in choices:
        place = "Used in the file" if one.used else "Hidden in Word" if one.hidden else "Other styles"
        groups[place].append(one.name)
    return ((title, names) for title, names in groups.items() if names)


def _label(name: str) -> str:
    first, _, level = name.rpartition(" ")
    if first in _DEEPER:
        return _DEEPER[first].format(level)
    return _LABELS.get(name, name.capitalize())


def _describe(look: WordLook) -> HouseLooks | None:
    return _look_through(look.sha256, orjson.dumps(look.styles)) if look.sha256 else None


@lru_cache(maxsize=64)
def _look_through(sha256: str, styles: bytes) -> HouseLooks | None:
    """Looked through once a process for each choice of styles: the document never changes."""
    content = load_style(WordLook(style="house.docx", sha256=sha256))
    wanted: Mapping[str, str] = orjson.loads(styles)
    try:
        return describe_styles(content, wanted) if content else None
    except UnreadableWord:
        return None
