"""How long something took, in words."""

from django import template

register = template.Library()


@register.filter
def seconds(value: float) -> str:
    """A duration such as “0.8 s”, “12 s” or “2 min 5 s”."""
    if value < 9.95:
        return f"{value:.1f} s"
    minutes, rest = divmod(round(value), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
