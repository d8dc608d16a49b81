"""The library: ready-made blocks that are written well, one file each, to be put into a template."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from templates.blocks import KINDS
from templates.blocks.base import BlockType, Json, Strict
from templates.body import Block

# In the order in which reports need them.
GROUPS = (
    "Opening",
    "Meetings",
    "Figures",
    "Findings and risks",
    "Conclusions",
    "People and time",
    "At the end",
)


class ReadyBlock(Strict):
    """A block as the library offers it; `key` is the name of its file.

    `example` is a value of the kind, or the text from which the kind reads one.
    """

    key: str
    name: str
    group: str
    good_for: str
    kind: str
    title: str
    instructions: str
    settings: Json
    example: Json | str

    @property
    def type(self) -> BlockType[Any, Any]:
        """The block's kind."""
        return KINDS[self.kind]

    @property
    def value(self) -> Any:
        """What the block might write, as a value of its kind. Raises `UnreadableAnswer`."""
        if isinstance(self.example, str):
            return self.type.read_answer(self.example, self.type.Settings.model_validate(self.settings))
        return self.type.load_value(self.example)

    def make_block(self, key: str) -> Block:
        """The block, to stand in a template under `key`."""
        return Block(
            block=key,
            kind=self.kind,
            title=self.title,
            instructions=self.instructions,
            settings=self.settings,
        )


@cache
def load_library() -> tuple[ReadyBlock, ...]:
    """Every block of the library, by group and then by name."""
    ready = [
        ReadyBlock(key=path.stem, **yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in Path(__file__).parent.glob("*.yaml")
    ]
    return tuple(sorted(ready, key=lambda one: (GROUPS.index(one.group), one.name)))


def find_ready_block(key: str) -> ReadyBlock:
    """The block of this name. Raises `KeyError`."""
    for one in load_library():
        if one.key == key:
            return one
    raise KeyError(key)


def search_library(words: str) -> list[ReadyBlock]:
    """The blocks in which every one of these words stands, those that are called so first."""
    wanted = words.casefold().split()
    found = [one for one in load_library() if all(word in _searched(one) for word in wanted)]
    return sorted(found, key=lambda one: not all(word in one.name.casefold() for word in wanted))


def _searched(one: ReadyBlock) -> str:
    return " ".join(
        [one.name, one.group, one.good_for, one.title, one.type.name, one.instructions]
    ).casefold()


def by_group(blocks: Sequence[ReadyBlock]) -> list[tuple[str, list[ReadyBlock]]]:
    """The blocks below the name of their group; groups without any are left out."""
    groups = [(group, [one for one in blocks if one.group == group]) for group in GROUPS]
    return [(group, found) for group, found in groups if found]
