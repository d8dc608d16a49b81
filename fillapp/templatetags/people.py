"""People as pages name them."""

from django import template

from fillapp.pages.accounts import name_of

register = template.Library()
register.filter("person", name_of)
