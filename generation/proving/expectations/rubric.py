"""A question on a value's text that a language model decides."""

from pydantic import Field

from generation.proving.expectations.base import ExpectationType, Verdict
from templates.blocks.base import Strict
from templates.body import Block


class RubricSettings(Strict):
    """What must be true of the text, in words."""

    rubric: str = Field(
        min_length=1,
        max_length=2_000,
        title="What must be true of the text",
        description="One statement that anybody could answer with yes or no after reading the block. "
        "The language model sees the block's text and this, nothing else",
    )


class Rubric(ExpectationType[RubricSettings]):
    """A language model says that the statement is true of the value."""

    kind = "rubric"
    name = "Judged by a rubric"
    about = "A language model decides whether a statement is true of the block."
    Settings = RubricSettings

    def say(self, settings: RubricSettings) -> str:
        return f"must be judged true: “{settings.rubric}”"

    def check(self, block: Block, value: object, settings: RubricSettings) -> Verdict:
        return Verdict(None, "It has not been judged.")

    def question(self, settings: RubricSettings) -> str:
        return settings.rubric

    def example(self) -> RubricSettings:
        return RubricSettings(rubric="The text says who must do what, and by when.")
