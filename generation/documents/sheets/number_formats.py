"""Numbers as a spreadsheet shows them: percent, thousands, currency, fixed decimals, powers of ten."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

Show = Callable[[float], str]

# Numbers of formats that files use without spelling them out; dates and times are left to the reader.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "$#,##0;-$#,##0",
    6: "$#,##0;-$#,##0",
    7: "$#,##0.00;-$#,##0.00",
    8: "$#,##0.00;-$#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
    41: "#,##0;(#,##0);-",
    42: "$#,##0;($#,##0);-",
    43: "#,##0.00;(#,##0.00);-",
    44: "$#,##0.00;($#,##0.00);-",
    48: "##0.0E+0",
}

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | \[\$(?P<currency>[^\]-]*)[^\]]*\]
    | \[(?P<bracket>[^\]]*)\] | _(?P<room>.) | \*(?P<fill>.) | (?P<text>@) | (?P<general>General)
    | (?P<digits>[0#?](?:[0#?,]*[0#?])?(?:\.[0#?]*)?|\.[0#?]+) | (?P<scale>,+) | (?P<power>E[+-]0+)
    | (?P<end>;) | (?P<fraction>/) | (?P<date>[ymdhsYMDHS]) | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
# The fifteen digits a spreadsheet keeps decide how it rounds: 1.005 is shown as 1.01.
_NUDGE = 1.0000000000000004


@dataclass(frozen=True)
class _Section:
    """One of the up to four forms of a format: what stands before and after the digits."""

    before: str = ""
    after: str = ""
    digits: str = ""
    power: bool = False
    times: float = 1.0
    condition: tuple[str, float] | None = None
    plain: bool = False

    @property
    def takes_sign(self) -> bool:
        least, most = self.decimals
        return (
            bool(self.digits)
            and not (self.before or self.plain or self.power)
            and self.width < 2
            and least == most
        )

    @property
    def decimals(self) -> tuple[int, int]:
        """The least and the most decimals shown."""
        decimals = self.digits.partition(".")[2]
        return decimals.count("0"), len(decimals)

    @property
    def width(self) -> int:
        """The least digits before the point."""
        return self.digits.partition(".")[0].count("0")


class _OtherKind(Exception):
    """A format of dates, times, fractions or text, which is not shown here."""


@lru_cache(maxsize=1024)
def read_format(code: str) -> Show | None:
    """How numbers look in this format; None where it leaves them as they are (General, text, dates)."""
    try:
        sections = _read_sections(code)
    except _OtherKind:
        return None
    only = sections[0]
    if len(sections) == 1 and (only.plain or not only.digits) and not (only.before or only.after):
        return None
    shows = [_show_with(section) for section in sections]
    if any(section.condition for section in sections):
        return _choose_by_condition(sections, shows)
    if len(shows) > 1:
        return _choose_by_sign(shows)
    # Most formats are of one form with nothing in front, which Python writes with its sign at once.
    return shows[0] if only.takes_sign else _signed(shows[0])


def _choose_by_sign(shows: list[Show]) -> Show:
    positive, negative = shows[0], shows[1]
    zero = shows[2] if len(shows) > 2 else positive

    def show(value: float) -> str:
        if value > 0:
            return positive(value)
        return negative(-value) if value < 0 else zero(value)

    return show


def _choose_by_condition(sections: list[_Section], shows: list[Show]) -> Show:
    def show(value: float) -> str:
        for section, written in zip(sections, shows, strict=True):
            if section.condition is None or _holds(section.condition, value):
                return _signed(written)(value)
        return plain(value)

    return show


def _holds(condition: tuple[str, float], value: float) -> bool:
    sign, bound = condition
    if sign == "<>":
        return value != bound
    return (
        (value < bound and "<" in sign) or (value > bound and ">" in sign) or (value == bound and "=" in sign)
    )


def _signed(show: Show) -> Show:
    def signed(value: float) -> str:
        return show(value) if value >= 0 else _minus(show(-value))

    return signed


def _minus(shown: str) -> str:
    return f"-{shown}" if any(digit in shown for digit in "123456789") else shown


def plain(value: float) -> str:
    """A number without a format; more than fifteen digits would show 0.1 + 0.2 as 0.30000000000000004."""
    return f"{value:.15g}"


def _show_with(section: _Section) -> Show:
    """How a number that is not negative looks in this section."""
    before, after = section.before, section.after
    if not section.digits:
        # A section of words alone (";;;" hides, "-" stands for nothing): only zero may lose its figure.
        return lambda value: before + plain(value) if value else before + after or plain(value)
    if section.plain:
        return lambda value: f"{before}{plain(value)}{after}"
    least, most = section.decimals
    if section.power:
        return lambda value: f"{before}{value:.{most}E}{after}"
    times, width = section.times * _NUDGE, section.width
    # z: what rounds to zero has no minus.
    number = f"{{:z{',' * (',' in section.digits)}.{most}f}}"
    if least == most and width < 2:
        whole = f"{_brace(before)}{number}{_brace(after)}".format
        return lambda value: whole(value * times)
    digits = number.format
    return lambda value: f"{before}{_fit(digits(value * times), least, width)}{after}"


def _brace(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _fit(number: str, least: int, width: int) -> str:
    """Without zeros at the end beyond `least` decimals, with zeros in front up to `width` digits."""
    whole, _, decimals = number.partition(".")
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    return whole.rjust(width, "0") + (f".{decimals}" if decimals else "")


def _read_sections(code: str) -> list[_Section]:
    sections = [_Builder()]
    for token in _TOKEN.finditer(code):
        if token.lastgroup != "end":
            sections[-1].take(token)
        elif len(sections) == 3:
            # The fourth is for text.
            break
        else:
            sections.append(_Builder())
    return [builder.finish() for builder in sections]


class _Builder:
    """A section as it is read, token by token."""

    def __init__(self) -> None:
        self._before = ""
        self._after = ""
        self._digits = ""
        self._power = False
        self._times = 1.0
        self._condition: tuple[str, float] | None = None
        self._plain = False

    def take(self, token: re.Match[str]) -> None:
        kind, text = token.lastgroup or "other", token[0]
        if kind in ("date", "fraction", "text"):
            raise _OtherKind
        if kind == "digits":
            if self._digits:
                # Digits parted by signs: a telephone number, a fraction of an odd kind.
                raise _OtherKind
            self._digits = text
        elif kind == "general":
            self._digits, self._plain = "0", True
        elif kind == "power":
            self._power = True
        elif kind == "scale":
            self._times /= 1000.0 ** len(text) if self._digits else 1
        elif kind == "bracket":
            self._take_bracket(token["bracket"])
        elif kind not in ("room", "fill"):
            self._write(token[kind] if kind != "other" else text)
            self._times *= 100 if text == "%" else 1

    def _take_bracket(self, text: str) -> None:
        if text.lower().strip("hms") == "":
            raise _OtherKind
        condition = _CONDITION.fullmatch(text)
        if condition:
            self._condition = (condition[1], float(condition[2]))

    def _write(self, text: str) -> None:
        if self._digits:
            self._after += text
        else:
            self._before += text

    def finish(self) -> _Section:
        # Such digits only keep room in the form for zero: "-"??.
        digits = "" if set(self._digits) == {"?"} else self._digits
        before, after = self._before.lstrip(), self._after.rstrip()
        return _Section(before, after, digits, self._power, self._times, self._condition, self._plain)
