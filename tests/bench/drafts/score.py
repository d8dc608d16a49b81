"""A filled report held against its key, counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from generation.figures import find_unsupported_figures
from signals.figures import known_readings
from signals.pieces import Piece
from templates.blocks.base import Json, count_words
from templates.body import Block, TemplateBody
from tests.bench.drafts.compare import is_right, match_rows, says
from tests.bench.drafts.key import Key, any_of

# So many words on end, said twice, are no chance.
_GRAM = 8
_SAID_AGAIN = 0.5


@dataclass(frozen=True)
class Share:
    """`right` of `all`."""

    right: float = 0
    all: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.right + other.right, self.all + other.all)

    def __str__(self) -> str:
        return f"{self.right:.3g}/{self.all}"


@dataclass(frozen=True)
class Score:
    """What is counted in a report; scores of several add up. `missed` names what was not found."""

    facts: Share = Share()
    cells: Share = Share()
    surplus_rows: int = 0
    choices: Share = Share()
    unsupported: int = 0
    repeated: Share = Share()
    echoed: int = 0
    words_over: int = 0
    failed: Share = Share()
    calls: int = 0
    tokens: int = 0
    seconds: float = 0
    missed: list[str] = field(default_factory=list)

    def __add__(self, other: "Score") -> "Score":
        return Score(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})


def score_result(result: Json, body: TemplateBody, texts: Sequence[str], key: Key) -> Score:
    """The score of a result file; `texts` are those of the documents."""
    values = {one["block"]: one["value"] for one in result["blocks"] if one["value"] is not None}
    blocks = {block.block: block for block in body.fillable}
    loaded = {name: blocks[name].type.load_value(value) for name, value in values.items()}
    pieces = {name: blocks[name].type.pieces(value) for name, value in loaded.items()}
    said = {name: blocks[name].type.text(value) for name, value in loaded.items()}
    missed: list[str] = []
    known = frozenset().union(*map(known_readings, [*texts, *key.figures.allowed]))
    failed = sum(1 for block in body.fillable if block.block not in values)
    return Score(
        facts=_score_facts(said, key, missed),
        cells=_score_cells(loaded, key, missed),
        surplus_rows=_count_surplus(loaded, key),
        choices=_score_choices(loaded, key, missed),
        unsupported=sum(
            len(find_unsupported_figures(pieces[name], lambda name=name: known | _asked(blocks[name])))  # type: ignore[misc]
            for name in pieces
        ),
        repeated=_find_repeated(pieces),
        echoed=_count_echoed(pieces, blocks.values(), texts),
        words_over=sum(_words_over(blocks[name], said[name], pieces[name]) for name in said),
        failed=Share(failed, len(body.fillable)),
        calls=result["usage"]["calls"],
        tokens=result["usage"]["input_tokens"] + result["usage"]["output_tokens"],
        seconds=result["seconds"],
        missed=missed,
    )


def _asked(block: Block) -> frozenset[str]:
    return known_readings(f"{block.title} {block.instructions} {block.settings}")


def _score_facts(said: Mapping[str, str], key: Key, missed: list[str]) -> Share:
    facts = [(one.block, fact) for one in key.facts for fact in one.must]
    lost = [(block, fact) for block, fact in facts if not says(said.get(block, ""), fact)]
    missed += [f"{block}: {any_of(fact)[0]}" for block, fact in lost]
    return Share(len(facts) - len(lost), len(facts))


def _score_cells(values: Mapping[str, Any], key: Key, missed: list[str]) -> Share:
    share = Share()
    for column in key.tables:
        matched = _matched_rows(values, key, column.block)
        for number, right in enumerate(column.cells):
            cell = _cell(values.get(column.block), matched.get(number), column.column)
            found = cell is not None and is_right(cell, right)
            share += Share(int(found), 1)
            if not found:
                was = "no such row" if cell is None else f"“{cell}”"
                missed.append(f"{column.block}, {column.column}: {any_of(right)[0]!r}, was {was}")
    return share


def _matched_rows(values: Mapping[str, Any], key: Key, block: str) -> dict[int, int]:
    """The rows of the draft for those of the key, matched by the first column the key names."""
    first = next(column for column in key.tables if column.block == block)
    table = values.get(block)
    if table is None or first.column not in table.columns:
        return {}
    index = table.columns.index(first.column)
    return match_rows([row[index] for row in table.rows], first.cells)


def _cell(table: Any, row: int | None, column: str) -> str | None:
    if row is None or column not in table.columns:
        return None
    cell: str = table.rows[row][table.columns.index(column)]
    return cell


def _count_surplus(values: Mapping[str, Any], key: Key) -> int:
    blocks = {column.block for column in key.tables} & values.keys()
    return sum(len(values[block].rows) - len(_matched_rows(values, key, block)) for block in blocks)


def _score_choices(values: Mapping[str, Any], key: Key, missed: list[str]) -> Share:
    """One for each choice; where several options are right, the share of right ones among all named."""
    share = Share()
    for block, right in key.choices.items():
        chosen, meant = set(values[block].chosen if block in values else ()), set(any_of(right))
        share += Share(len(chosen & meant) / len(chosen | meant), 1)
        if chosen != meant:
            missed.append(
                f"{block}: {', '.join(sorted(meant))}, was {', '.join(sorted(chosen)) or 'nothing'}"
            )
    return share


def _find_repeated(pieces: Mapping[str, Sequence[Piece]]) -> Share:
    """The long pieces of a report of which another block says half in the same words."""
    grams = {name: frozenset().union(*map(_grams, own)) for name, own in pieces.items()}
    long = [(name, _grams(piece)) for name, own in pieces.items() for piece in own if _grams(piece)]
    again = 0
    for name, own_grams in long:
        others = frozenset().union(*(grams[other] for other in grams if other != name))
        again += len(own_grams & others) >= _SAID_AGAIN * len(own_grams)
    return Share(again, len(long))


def _count_echoed(
    pieces: Mapping[str, Sequence[Piece]], blocks: Iterable[Block], texts: Sequence[str]
) -> int:
    """Pieces that hold words of the template's instructions or examples, and not of the documents."""
    told = _grams_of(" ".join(" ".join([block.instructions, *block.examples]) for block in blocks))
    told -= frozenset().union(*map(_grams_of, texts))
    return sum(1 for own in pieces.values() for piece in own if _grams(piece) & told)


def _words_over(block: Block, text: str, pieces: Sequence[Piece]) -> int:
    most = getattr(block.parsed_settings, "max_words", None)
    if most is None:
        return 0
    texts = [piece.text for piece in pieces] if block.kind == "bullets" else [text]
    return sum(max(0, count_words(one) - most) for one in texts)


def _grams(piece: Piece) -> frozenset[tuple[str, ...]]:
    return _grams_of(piece.text)


def _grams_of(text: str) -> frozenset[tuple[str, ...]]:
    words = [word.strip(".,;:!?()“”\"'").casefold() for word in text.split()]
    return frozenset(tuple(words[start : start + _GRAM]) for start in range(len(words) - _GRAM + 1))
