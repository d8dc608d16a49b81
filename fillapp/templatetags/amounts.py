"""Amounts as people read them."""

from django import template

from generation.estimates import say_seconds

register = template.Library()


@register.filter
def tokens(number: int) -> str:
    """A number of tokens, thousands apart: “12,400 tokens”."""
    return f"{number:,} token{'' if number == 1 else 's'}"


@register.filter
def spoken_time(seconds: float) -> str:
    """A stretch of time as one would say it: “about 2 minutes”."""
    return say_seconds(seconds)


@register.filter
def amount(number: int) -> str:
    """A number, thousands apart: “12,400”."""
    return f"{number:,}"
