"""The key of a document set: what a right draft says."""

from pathlib import Path

import yaml

from templates.blocks.base import Strict

# A list means that any one of its strings is right.
Alternatives = str | list[str]


class FactsKey(Strict):
    """What the text of a block has to contain."""

    block: str
    must: list[Alternatives]


class ColumnKey(Strict):
    """The right cells of one column, from the first row to the last."""

    block: str
    column: str
    cells: list[Alternatives]


class FiguresKey(Strict):
    """Figures that may stand in a draft though no document holds them, such as a sum that is asked for."""

    allowed: list[str] = []


class Key(Strict):
    """All that is known of a right draft for a set."""

    facts: list[FactsKey] = []
    tables: list[ColumnKey] = []
    choices: dict[str, Alternatives] = {}
    figures: FiguresKey = FiguresKey()


def read_key(path: Path) -> Key:
    """The key in a `key.yaml`."""
    return Key.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def any_of(right: Alternatives) -> list[str]:
    """What would be right, as a list."""
    return [right] if isinstance(right, str) else right
