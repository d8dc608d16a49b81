"""A signal as one JSON file to take elsewhere, and back: checked before it is believed."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from signals.learning.calibrate import BINS
from signals.learning.features import FEATURES, GRAMS, SURFACE
from signals.learning.learn import Learned

FORMAT = "fill-signal-1"
LARGEST = 1_000_000
WIDEST = 16_384 + GRAMS + SURFACE
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
    return json.dumps(
        {"format": FORMAT, "name": portable.name, "question": portable.question, **portable.learned.to_json()}
    )


def read(text: str) -> Portable:
    """The signal in a file's text; BadFile says what is wrong with it and what to do."""
    if len(text) > LARGEST:
        raise BadFile("This file is too large to be a signal: choose one that was downloaded here.")
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadFile("This file is not a signal: choose a .json file that was downloaded as one.")
    if data.get("features") != FEATURES:
        raise BadFile(
            "This signal was made by another version: teach it again here, or download it there anew."
        )
    _check_numbers(data)
    return Portable(str(data.get("name", "")), str(data.get("question", "")), Learned.from_json(data))


def _check_numbers(data: dict[str, Any]) -> None:
    weights, unsure = data.get("weights"), data.get("unsure")
    if not isinstance(weights, list) or not isinstance(unsure, list) or len(unsure) != 2:
        raise BadFile("This signal's file is incomplete: download it again.")
    chances = data.get("chances")
    if not isinstance(chances, list) or len(chances) != BINS:
        raise BadFile("This signal's file is incomplete: download it again.")
    alone = [data.get(name) for name in ("bias", "low", "high", "prevalence", "threshold")]
    numbers = [*weights, *unsure, *chances, *alone]
    if not all(type(number) in (int, float) and math.isfinite(number) for number in numbers):
        raise BadFile("This signal's file holds something that is no number: download it again.")
    if not GRAMS + SURFACE < len(weights) <= WIDEST or data.get("dims") != len(weights) - GRAMS - SURFACE:
        raise BadFile("This signal's sizes do not fit together: download it again.")
    if not isinstance(data.get("embedder"), str):
        raise BadFile("This signal does not say which embedder it reads with: download it again.")
