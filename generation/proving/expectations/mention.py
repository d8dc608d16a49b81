"""Words, figures or dates that a value must mention, or must not."""

from pydantic import Field, field_validator

from generation.proving.expectations.base import ExpectationType, Verdict
from generation.proving.words import find_words, read_tokens
from templates.blocks.base import Strict
from templates.body import Block


class MentionSettings(Strict):
    """What to look for, in one or several spellings."""

    words: str = Field(
        min_length=1,
        max_length=200,
        title="Words",
        description="Whole words, a figure or a date. Put “|” between several spellings: any of them counts",
    )

    @field_validator("words")
    @classmethod
    def _has_words(cls, words: str) -> str:
        if not all(read_tokens(spelling) for spelling in words.split("|")):
            raise ValueError("each spelling needs a letter or a digit")
        return words

    @property
    def spellings(self) -> list[str]:
        """Each way to say it."""
        return [spelling.strip() for spelling in self.words.split("|")]


class Mention(ExpectationType[MentionSettings]):
    """The value says it."""

    kind = "mention"
    name = "Must mention"
    about = "The block says these words, this figure or this date."
    Settings = MentionSettings

    def say(self, settings: MentionSettings) -> str:
        return f"must mention {_quote(settings)}"

    def check(self, block: Block, value: object, settings: MentionSettings) -> Verdict:
        if found := _find(block, value, settings):
            return Verdict(True, f"It mentions “{found}”.")
        return Verdict(False, f"It does not mention {_quote(settings)}.")

    def example(self) -> MentionSettings:
        return MentionSettings(words="roof quote | quote for the roof")


class NoMention(ExpectationType[MentionSettings]):
    """The value does not say it."""

    kind = "no_mention"
    name = "Must not mention"
    about = "The block never says these words, this figure or this date."
    Settings = MentionSettings

    def say(self, settings: MentionSettings) -> str:
        return f"must not mention {_quote(settings)}"

    def check(self, block: Block, value: object, settings: MentionSettings) -> Verdict:
        if found := _find(block, value, settings):
            return Verdict(False, f"It mentions “{found}”.")
        return Verdict(True, f"It does not mention {_quote(settings)}.")

    def example(self) -> MentionSettings:
        return MentionSettings(words="guarantee | warranty")


def _find(block: Block, value: object, settings: MentionSettings) -> str:
    """The first spelling that is found."""
    tokens = read_tokens(block.type.text(value))
    return next((one for one in settings.spellings if find_words(one, tokens)), "")


def _quote(settings: MentionSettings) -> str:
    return " or ".join(f"“{spelling}”" for spelling in settings.spellings)
