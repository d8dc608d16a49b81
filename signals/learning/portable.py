"""A signal as one JSON file to take elsewhere, and back: checked before it is believed."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from signals.learning.calibrate import BINS
from signals.learning.features import FEATURES, GRAMS, SURFACE
from signals.learning.learned import Learned

FORMAT = "fill-signal-1"
LARGEST = 1_000_000
WIDEST = 16_384 + GRAMS + SURFACE
_LONGEST_WORDS = 2_000
# Beyond this no weight or margin has a meaning, and products could overflow.
_HIGHEST = 1e6
# Runs a signal without this product; shipped beside the download.
SNIPPET = Path(__file__).parent / "score_signal.py"


class BadFile(ValueError):
    """The file is no signal; the message is one sentence for whoever chose it."""


@dataclass(frozen=True)
class Portable:
    """A signal on its way: its name, the question it answers, and what it learnt."""

    name: str
    question: str
    learned: Learned


def write(portable: Portable) -> str:
    """The file's text."""
    head = {"format": FORMAT, "name": portable.name, "question": portable.question}
    return json.dumps({**head, **portable.learned.to_json()}, allow_nan=False)


def read(text: str | bytes) -> Portable:
    """The signal in a file; BadFile says what is wrong with it and what to do."""
    if len(text) > LARGEST:
        raise BadFile("This file is too large to be a signal: choose one that was downloaded as such.")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadFile("This file is not a signal: choose a .json file that was downloaded as one.")
    if data.get("features") != FEATURES:
        raise BadFile("This signal was made by another version of Fill: teach it again here.")
    _check_words(data)
    _check_numbers(data)
    _check_curve(data)
    return Portable(data["name"], data["question"], Learned.from_json(data))


def _check_words(data: dict[str, Any]) -> None:
    for name, what in (("name", "its name"), ("question", "its question"), ("embedder", "its embedder")):
        words = data.get(name)
        if not isinstance(words, str) or len(words) > _LONGEST_WORDS:
            raise BadFile(f"This signal's file does not say {what}: download it again.")


def _check_numbers(data: dict[str, Any]) -> None:
    weights = _numbers(data, "weights")
    if not GRAMS + SURFACE < len(weights) <= WIDEST or data.get("dims") != len(weights) - GRAMS - SURFACE:
        raise BadFile("This signal's sizes do not fit together: download it again.")
    if len(_numbers(data, "chances")) != BINS or len(_numbers(data, "unsure")) != 2:
        raise BadFile("This signal's sizes do not fit together: download it again.")
    for name in ("bias", "low", "high", "prevalence", "threshold"):
        if not _is_number(data.get(name)):
            raise BadFile(f"This signal's “{name}” is not a number: download it again.")


def _check_curve(data: dict[str, Any]) -> None:
    chances, shares = data["chances"], [data["prevalence"], data["threshold"], *data["unsure"]]
    in_order = all(np.diff(chances) >= 0) and data["low"] < data["high"]
    if not in_order or not all(0 <= share <= 1 for share in [*chances, *shares]):
        raise BadFile("This signal's chances are not between 0 and 1, in order: download it again.")


def _numbers(data: dict[str, Any], name: str) -> list[float]:
    numbers = data.get(name)
    if not isinstance(numbers, list) or not all(map(_is_number, numbers)):
        raise BadFile(f"This signal's “{name}” are not all numbers: download it again.")
    return numbers


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _HIGHEST
