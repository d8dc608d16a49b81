"""Scores as Markdown tables, ready for a commit message."""

from collections import Counter
from collections.abc import Mapping, Sequence

from templates.blocks.base import Json
from tests.bench.drafts.score import Score, Share

_COLUMNS = {
    "facts": "facts",
    "cells": "cells right",
    "surplus_rows": "rows too many",
    "choices": "choices right",
    "unsupported": "figures in no document",
    "repeated": "sentences said again",
    "echoed": "instructions echoed",
    "words_over": "words over",
    "failed": "blocks failed",
    "calls": "calls",
    "tokens": "tokens",
    "seconds": "s",
}
_ENDS = ("right at once", "after the re-ask", "problems left", "failed")


def show_scores(profile: str, scores: Mapping[str, Score]) -> str:
    """A row for each set and one for all of them."""
    lines = [_row([profile, *_COLUMNS.values()]), _row(["---"] * (len(_COLUMNS) + 1))]
    lines += [_row([name, *_cells(score)]) for name, score in scores.items()]
    if len(scores) > 1:
        lines.append(_row(["**all**", *_cells(sum(scores.values(), Score()))]))
    return "\n".join(lines)


def show_kinds(results: Sequence[Json]) -> str:
    """How often each kind's answer was right at once, after the re-ask, or never."""
    counts: dict[str, Counter[str]] = {}
    for block in (block for result in results for block in result["blocks"]):
        counts.setdefault(block["kind"], Counter())[_end(block)] += 1
    lines = [_row(["kind", *_ENDS]), _row(["---"] * (len(_ENDS) + 1))]
    lines += [_row([kind, *(str(counted[end]) for end in _ENDS)]) for kind, counted in counts.items()]
    return "\n".join(lines)


def _end(block: Json) -> str:
    if block["value"] is None:
        return _ENDS[3]
    if block["problems"]:
        return _ENDS[2]
    return _ENDS[0] if block["attempts"] <= 1 else _ENDS[1]


def _cells(score: Score) -> list[str]:
    values = [getattr(score, name) for name in _COLUMNS]
    return [str(one) if isinstance(one, Share) else f"{one:.0f}" for one in values]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
