"""People as pages name them."""

from django import template
from django.contrib.auth.models import User

register = template.Library()


@register.filter
def person(user: User | None) -> str:
    """A person's name, never an e-mail address; said plainly where the account is gone."""
    if user is None:
        return "Somebody whose account is gone"
    return user.get_full_name() or user.get_username().partition("@")[0]
