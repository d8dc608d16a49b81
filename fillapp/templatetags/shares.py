"""Shares as people read them."""

from typing import Protocol

from django import template

register = template.Library()


class Interval(Protocol):
    """A share that lies between two others, all in 0…1."""

    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


@register.filter
def percent(share: float) -> str:
    """A share such as “92 %”."""
    return f"{share:.0%}".replace("%", "\u00a0%")


@register.filter
def between(share: Interval) -> str:
    """Its interval, such as “78 to 97 %”."""
    return f"{share.low * 100:.0f} to {percent(share.high)}"


@register.filter
def hundredths(share: float) -> float:
    """A share on a drawing that is 100 wide."""
    return round(share * 100, 1)


@register.filter
def width(share: Interval) -> float:
    """How wide its interval is there."""
    return round((share.high - share.low) * 100, 1)
