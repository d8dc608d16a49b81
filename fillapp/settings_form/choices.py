"""The type of a field that is chosen from a few, with what each choice is called."""

from collections.abc import Mapping
from types import GenericAlias
from typing import Annotated, Any, Literal

from pydantic import Field


def one_of(labels: Mapping[str, str]) -> Any:
    """The keys of `labels` as choices, for a field of a model that is made while running."""
    extra: Any = {"labels": dict(labels)}
    return Annotated[Literal[tuple(labels)], Field(json_schema_extra=extra)]


def some_of(labels: Mapping[str, str]) -> Any:
    """The keys of `labels`, of which any number may be ticked."""
    return GenericAlias(list, (one_of(labels),))
