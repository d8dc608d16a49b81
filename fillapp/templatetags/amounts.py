"""Amounts as people read them."""

from django import template

register = template.Library()


@register.filter
def tokens(number: int) -> str:
    """A number of tokens, thousands apart: “12,400 tokens”."""
    return f"{number:,} token{'' if number == 1 else 's'}"
