"""How many rows a table, or how many points a list, must have."""

from typing import Any, Self

from pydantic import Field, model_validator

from generation.differences.lines import flatten
from generation.proving.expectations.base import ExpectationType, Verdict
from templates.blocks.base import Strict
from templates.body import Block


class CountSettings(Strict):
    """The least, the most, or both."""

    least: int | None = Field(None, ge=0, title="At least")
    most: int | None = Field(None, ge=0, title="At most")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.least is None and self.most is None:
            raise ValueError("say the least, the most, or both")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("the least is more than the most")
        return self


class Count(ExpectationType[CountSettings]):
    """The value has so many rows or points."""

    kind = "count"
    name = "Number of rows or points"
    about = "The block has at least, or at most, so many rows or points."
    Settings = CountSettings

    def fits(self, block: Block) -> bool:
        return _content(block) in ("table", "bulletList")

    def say(self, settings: CountSettings) -> str:
        return f"must have {_limits(settings)}"

    def check(self, block: Block, value: Any, settings: CountSettings) -> Verdict:
        lines = flatten(block.type.to_editor(value, block.parsed_settings))
        if _is_table(block):
            count, what = sum(line.shape == "row" for line in lines), "row"
        else:
            count, what = sum(line.shape == "item" and line.level == 1 for line in lines), "point"
        passed = (settings.least or 0) <= count and (settings.most is None or count <= settings.most)
        return Verdict(passed, f"It has {count} {what}{'' if count == 1 else 's'}.")

    def example(self) -> CountSettings:
        return CountSettings(least=2, most=6)


def _content(block: Block) -> str:
    return block.type.editor(block.parsed_settings).content


def _is_table(block: Block) -> bool:
    return _content(block) == "table"


def _limits(settings: CountSettings) -> str:
    if settings.least == settings.most:
        return f"exactly {settings.least} rows or points"
    if settings.least is None:
        return f"at most {settings.most} rows or points"
    if settings.most is None:
        return f"at least {settings.least} rows or points"
    return f"{settings.least} to {settings.most} rows or points"
