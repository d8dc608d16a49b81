"""One form for the settings of any kind, made from its pydantic model alone."""

from fillapp.settings_form.choices import one_of, some_of
from fillapp.settings_form.errors import Errors, find_errors, put_errors
from fillapp.settings_form.fields import Field, make_fields
from fillapp.settings_form.read import find_posted, read_fields
from templates.settings_words import summarise

__all__ = [
    "Errors",
    "Field",
    "find_errors",
    "find_posted",
    "make_fields",
    "one_of",
    "put_errors",
    "read_fields",
    "some_of",
    "summarise",
]
