"""What is wrong with a template, where it stands, in plain words."""

from dataclasses import dataclass

from pydantic import ValidationError

Path = tuple[str | int, ...]
# What the parts of a body are told apart by stands in pydantic's paths, but not in the file.
_TAGS = ("heading", "text", "block")
# What is wrong with a key itself stands where the key does.
_KEY = "[key]"


@dataclass(frozen=True)
class Mistake:
    """What is wrong with a body, and the path to where it stands."""

    path: Path
    message: str


class InvalidBody(ValueError):
    """The data is not a template; `mistakes` says all that is wrong."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, one.path))}: {one.message}" for one in mistakes))
        self.mistakes = mistakes


def mistakes_of(error: ValidationError, at: Path = ()) -> list[Mistake]:
    """pydantic's errors as mistakes, each below the path `at`."""
    mistakes: list[Mistake] = []
    for one in error.errors(include_url=False):
        cause = one.get("ctx", {}).get("error")
        if isinstance(cause, InvalidBody):
            mistakes += cause.mistakes
            continue
        loc = one["loc"]
        path = tuple(
            part
            for index, part in enumerate(loc)
            if part != _KEY and not (index == 2 and loc[0] == "blocks" and part in _TAGS)
        )
        mistakes.append(Mistake(at + path, _plain_message(one["type"], one["msg"], path)))
    return mistakes


def _plain_message(kind: str, message: str, path: Path) -> str:
    if kind == "extra_forbidden":
        return f"“{path[-1]}” is not a key that belongs here"
    if kind == "string_type":
        return "should be text; put it in quotes if it looks like a number"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return "should be keys and values"
    if kind == "missing":
        return f"“{path[-1]}” is missing"
    return message.removeprefix("Value error, ").removeprefix("Input ")
