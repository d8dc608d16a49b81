"""Which options a selection must choose."""

from pydantic import Field

from generation.proving.expectations.base import ExpectationType, Verdict
from templates.blocks.base import Strict
from templates.blocks.selection import Selection, SelectionValue
from templates.body import Block


class ChooseSettings(Strict):
    """The options, and whether others may be chosen beside them."""

    options: list[str] = Field(min_length=1, title="Options")
    exactly: bool = Field(True, title="These and no others")


class Choose(ExpectationType[ChooseSettings]):
    """The selection chooses them."""

    kind = "choose"
    name = "Must choose"
    about = "The block chooses these of its options."
    Settings = ChooseSettings

    def fits(self, block: Block) -> bool:
        return isinstance(block.type, Selection)

    def describe(self, block: Block) -> str:
        return f"The options of this block: {_list(block.parsed_settings.all_options())}."

    def find_mistake(self, block: Block, settings: ChooseSettings) -> str:
        folded = {_fold(option) for option in block.parsed_settings.all_options()}
        unknown = next((one for one in settings.options if _fold(one) not in folded), None)
        return f"“{unknown}” is none of the options of this block. {self.describe(block)}" if unknown else ""

    def say(self, settings: ChooseSettings) -> str:
        return f"must choose {_list(settings.options)}" + (" and nothing else" if settings.exactly else "")

    def check(self, block: Block, value: SelectionValue, settings: ChooseSettings) -> Verdict:
        wanted, chosen = ({_fold(one) for one in several} for several in (settings.options, value.chosen))
        passed = wanted == chosen if settings.exactly else wanted <= chosen
        return Verdict(
            passed, f"It chooses {_list(value.chosen)}." if value.chosen else "It chooses nothing."
        )

    def example(self) -> ChooseSettings:
        return ChooseSettings(options=["Deferred"])


def _fold(option: str) -> str:
    return " ".join(option.casefold().split())


def _list(options: list[str]) -> str:
    return ", ".join(f"“{option}”" for option in options)
