"""What a super user chooses from: for each role the style that is detected and why, and all styles."""

from collections.abc import Mapping
from dataclasses import dataclass

from templates.word.house.detect import Found, detect_style
from templates.word.house.package import open_house, parse
from templates.word.house.placeholders import REPORT, find_lines
from templates.word.house.roles import ROLES, Role, StyleKind
from templates.word.house.styles import HouseStyle, HouseStyles
from templates.word.package import Element, child, value

_OTHER_KIND = {
    "table": "a table style",
    "character": "a style for single words",
    "numbering": "a list's style",
}
_WANTED_KIND = {"paragraph": "a paragraph style", "table": "a table style"}


@dataclass(frozen=True)
class StyleChoice:
    """A style of the house document; `used` counts the paragraphs or tables in it, `hidden` is so in Word."""

    name: str
    used: int
    hidden: bool


@dataclass(frozen=True)
class RoleLook:
    """The style of one role: `chosen` if somebody chose one, else `detected` ("" if one is added) and why.

    `problem` says why what was chosen cannot be used, `is_wrong_kind` that it is no style of the right kind.
    """

    role: Role
    detected: str
    why: str
    chosen: str = ""
    problem: str = ""
    is_wrong_kind: bool = False


@dataclass(frozen=True)
class HouseLooks:
    """Every role in order, and the styles for paragraphs and for tables, the used ones first."""

    roles: tuple[RoleLook, ...]
    choices: Mapping[StyleKind, tuple[StyleChoice, ...]]

    @property
    def problems(self) -> list[RoleLook]:
        """The roles whose chosen style cannot be used."""
        return [look for look in self.roles if look.problem]


def describe_styles(data: bytes, wanted: Mapping[str, str]) -> HouseLooks:
    """What a house document makes of the styles wanted for roles. Raises `UnreadableWord`."""
    package = open_house(data)
    root = parse(package.parts[package.main])
    house = HouseStyles(package, root, wanted)
    return HouseLooks(
        tuple(_describe(role, wanted.get(role.name, ""), house, root) for role in ROLES.values()),
        {"paragraph": _choices("paragraph", house), "table": _choices("table", house)},
    )


def _describe(role: Role, wanted: str, house: HouseStyles, root: Element) -> RoleLook:
    found = _where_report_stands(house, root) if role.ours == "Normal" else None
    found = found or detect_style(role.ours, house)
    detected = found.style.label if found.style else ""
    if not wanted:
        return RoleLook(role, detected, found.why)
    style = house.chosen(role.ours)
    if style:
        return RoleLook(role, detected, found.why, style.label)
    other = next(
        (one for kind in _OTHER_KIND | _WANTED_KIND if (one := house.find_wanted(wanted, kind))), None
    )
    if other:
        kind = (_OTHER_KIND | _WANTED_KIND).get(other.kind, "another sort of style")
        said = f"“{wanted}” is {kind}; {role.name} takes {_WANTED_KIND[role.kind]}"
    else:
        said = f"“{wanted}” is no style of the file, so {_instead(found)}"
    return RoleLook(role, detected, found.why, wanted, said, other is not None)


def _instead(found: Found) -> str:
    return f"“{found.style.label}” is used" if found.style else "a style is added in its place"


def _where_report_stands(house: HouseStyles, root: Element) -> Found | None:
    """The style of the paragraph that keeps the report's place: plain text takes it over."""
    for line in find_lines(root):
        if any(name == REPORT for name, _, _ in line.matches):
            own = child(line.paragraph, "pPr")
            style = house.styles.get(value(child(own, "pStyle")) or "")
            if style and style.style_id not in house.heading_levels() and house.numbering_of(style) is None:
                return Found(style, "where {{ report }} stands")
    return None


def _choices(kind: StyleKind, house: HouseStyles) -> tuple[StyleChoice, ...]:
    """Used styles first, then those somebody made, then the rest by name; what Word hides comes last."""

    def place(style: HouseStyle) -> tuple[bool, int, bool, str]:
        used = house.used[style.style_id]
        return (style.is_hidden and not used, -used, not style.is_custom, style.label.casefold())

    styles = sorted((one for one in house.styles.values() if one.kind == kind), key=place)
    names = {style.label: style for style in reversed(styles)}
    return tuple(
        StyleChoice(style.label, house.used[style.style_id], style.is_hidden)
        for style in styles
        if names[style.label] is style
    )
