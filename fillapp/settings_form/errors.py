"""What is wrong with what was typed, in words that anybody understands."""

from collections.abc import Iterable

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from templates.blocks.base import Json
from templates.mistakes import Mistake, mistakes_of

Path = tuple[str | int, ...]
Errors = dict[Path, list[str]]
_WORDS = {
    "int_parsing": "Enter a whole number",
    "int_type": "Enter a whole number",
    "int_from_float": "Enter a whole number",
    "int_parsing_size": "Enter a smaller number",
    "float_parsing": "Enter a number",
    "float_type": "Enter a number",
    "finite_number": "Enter a number",
    "greater_than": "Enter more than {gt}",
    "greater_than_equal": "Enter {ge} or more",
    "less_than": "Enter less than {lt}",
    "less_than_equal": "Enter {le} or less",
    "multiple_of": "Enter a multiple of {multiple_of}",
    "string_too_long": "Use at most {max_length} characters",
    "string_pattern_mismatch": "This is not written as it should be",
    "too_long": "There may be at most {max_length}",
    "literal_error": "Choose one of {expected}",
    "enum": "Choose one of {expected}",
    "bool_parsing": "Choose yes or no",
    "missing": "This cannot be empty",
    "date_from_datetime_parsing": "Enter a date",
    "date_parsing": "Enter a date",
}


def find_errors(model: type[BaseModel], data: Json) -> Errors:
    """What is wrong with `data`, by the path to where it stands; nothing if it is valid."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        mistakes = mistakes_of(error)
        if len(details) != len(mistakes):
            return put_errors(mistakes)
        return put_errors(
            Mistake(mistake.path, _say(one, mistake.message))
            for one, mistake in zip(details, mistakes, strict=True)
        )
    return {}


def put_errors(mistakes: Iterable[Mistake]) -> Errors:
    """The mistakes by their path, each as a sentence."""
    errors: Errors = {}
    for mistake in mistakes:
        words = mistake.message.rstrip(".")
        errors.setdefault(mistake.path, []).append(f"{words[:1].upper()}{words[1:]}.")
    return errors


def _say(one: ErrorDetails, otherwise: str) -> str:
    """The error in plain words; where there are none, as the model said it."""
    limits = one.get("ctx", {})
    if one["type"] in ("string_too_short", "too_short"):
        least = limits.get("min_length", 1)
        if one["type"] == "too_short":
            return "Add at least one" if least == 1 else f"Add at least {least}"
        return "This cannot be empty" if least == 1 else f"Use at least {least} characters"
    words = _WORDS.get(one["type"])
    return words.format(**limits) if words else otherwise
