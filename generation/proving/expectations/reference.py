"""A text that a value must come close to."""

from pydantic import Field

from generation.proving.expectations.base import ExpectationType, Verdict
from generation.proving.words import compare_texts
from templates.blocks.base import Strict
from templates.body import Block

_LONGEST_SHOWN = 80


class ReferenceSettings(Strict):
    """The text, and how near is near enough."""

    text: str = Field(min_length=1, max_length=20_000, title="Text it must come close to")
    likeness: int = Field(
        40,
        ge=1,
        le=100,
        title="Likeness, in per cent",
        description="100 is the same words in the same order (ROUGE-L, F1). "
        "Two good summaries of one meeting seldom reach 60; texts on other things stay below 20",
    )


class Reference(ExpectationType[ReferenceSettings]):
    """The value reads much like a text that a person wrote."""

    kind = "reference"
    name = "Close to a text"
    about = "The block reads much like a text that you know to be good."
    Settings = ReferenceSettings

    def say(self, settings: ReferenceSettings) -> str:
        text = " ".join(settings.text.split())
        shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN].rstrip()} …"
        return f"must come close to “{shown}” ({settings.likeness}\u00a0% or more)"

    def check(self, block: Block, value: object, settings: ReferenceSettings) -> Verdict:
        likeness = 100 * compare_texts(block.type.text(value), settings.text)
        # Said as it is compared: 39.6 is not 40.
        return Verdict(likeness >= settings.likeness, f"It is {likeness:.1f} % like the text.")

    def example(self) -> ReferenceSettings:
        return ReferenceSettings(text="The committee agreed the budget and deferred the lease.")
