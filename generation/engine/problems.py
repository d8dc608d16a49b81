"""What is wrong with a value: what the model is asked to mend, and what only the reviewer is told."""

from typing import Any

from generation.echoes import find_echoes, grams_in
from generation.engine.work import Work
from generation.figures import find_unsupported_figures
from generation.remarks import find_remarks
from generation.strays import find_strays
from signals.figures import known_readings

_SAME = "This version says the same as the one before."


def find_problems(work: Work, value: Any) -> list[str]:
    """The limits a value breaks, what it took from elsewhere, and its figures that stand nowhere."""
    block, shared = work.block, work.shared
    pieces = block.type.pieces(value)
    # Not what other blocks say, nor the reviewer: an invented figure would pass from one to the next.
    said = " ".join([block.title, block.instructions, str(block.settings)])
    unsupported = find_unsupported_figures(pieces, lambda: shared.known | known_readings(said))
    echoes = find_echoes(pieces, block.examples, lambda: grams_in([one.text for one in shared.documents]))
    may_say = [said, *shared.texts_for(block), *(text for _, text in work.written_blocks)]
    strays = find_strays(pieces, may_say, shared.unused_by(block))
    limits = [] if work.is_wished else _broken_limits(work, value)
    return [*limits, *find_remarks(pieces), *echoes, *strays, *unsupported]


def find_lasting_problems(work: Work, value: Any) -> list[str]:
    """What no other answer would or should change."""
    without = [
        f"Written without “{title}”, which could not be filled."
        for title, text in work.read_blocks
        if text is None
    ]
    if not work.is_wished:
        return without
    # A model told that its text is too short takes back what the reviewer asked for.
    return [*without, *_repeated(work, value), *_broken_limits(work, value)]


def fold(work: Work, value: Any) -> str:
    """What a value says, the same for two that a reader cannot tell apart."""
    return _fold(work.block.type.text(value))


def _broken_limits(work: Work, value: Any) -> list[str]:
    return work.block.type.problems(value, work.block.parsed_settings)


def _repeated(work: Work, value: Any) -> list[str]:
    return [_SAME] if work.again and fold(work, value) == _fold(work.again.text) else []


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
