"""Watching: the guards of one block with their signals, loaded once, which read each draft of it."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from generation.guards.said import GuardReading
from signals.kinds import KINDS, TextToRead, Verdict
from signals.models import Signal
from signals.pieces import with_whole
from signals.reading import fires, read_texts
from templates.body import Block, Guard, TemplateBody

_UNKNOWN = "There is no signal of this name any more, or not yet. Tell whoever keeps the template."
_ARCHIVED = "Its signal is archived. Tell whoever keeps the template."
_LATER = "It asks a model, and runs when this part is written again."
_LONGEST_ABOUT = 2_000
_ANY = 0.5


@dataclass(frozen=True)
class Watch:
    """The guards that watch a block, with the signals they name."""

    guards: tuple[Guard, ...]
    signals: dict[str, Signal]
    about: str
    language: str

    @property
    def withholds(self) -> bool:
        """Whether nobody may see a text of the block before it was read."""
        return any(guard.action == "withhold" for guard in self.guards)

    @property
    def read_by(self) -> str:
        """What readings rest on: the hash of the guards, and of what their signals are made of now."""
        made_by = {name: [signal.made_by, bool(signal.archived)] for name, signal in self.signals.items()}
        said = [[guard.model_dump(mode="json", exclude={"blocks"}) for guard in self.guards], made_by]
        return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()

    def read(
        self,
        block: Block,
        value: Any,
        *,
        with_slow: bool = True,
        before_slow: Callable[[], None] | None = None,
    ) -> list[GuardReading]:
        """What each guard says of a value, in their order. It raises nothing: an error is in the reading.

        Signals that ask a model are read last, after `before_slow`; without `with_slow` they do not run.
        """
        pieces = with_whole(block.type.text(value), block.type.pieces(value))
        text = TextToRead(tuple(pieces), self.about, self.language)
        quick = {name: signal for name, signal in self.signals.items() if not _is_slow(signal)}
        verdicts = {name: _read(signal, text) for name, signal in quick.items()}
        slow = self.signals.keys() - quick.keys()
        if slow and with_slow and before_slow:
            before_slow()
        for name in sorted(slow):
            verdicts[name] = _read(self.signals[name], text) if with_slow else Verdict(None, error=_LATER)
        words = {piece.address: piece.text for piece in pieces}
        return [
            _say(guard, self.signals.get(guard.signal), verdicts.get(guard.signal), words)
            for guard in self.guards
        ]


def guards_of(body: TemplateBody, key: str) -> list[Guard]:
    """The guards that watch a block."""
    return [guard for guard in body.guards if not guard.blocks or key in guard.blocks]


def load_watch(body: TemplateBody, block: Block) -> Watch | None:
    """The guards of a block with their signals, by one query; None, without any, where none watches it."""
    guards = guards_of(body, block.block)
    if not guards:
        return None
    signals = Signal.objects.in_bulk({guard.signal for guard in guards}, field_name="name")
    about = f"{block.title}\n{block.instructions}".strip()[:_LONGEST_ABOUT]
    return Watch(tuple(guards), signals, about, body.language)


def count_tries(readings: Sequence[GuardReading], drafts: int) -> Iterator[GuardReading]:
    """The readings of the draft that was kept of so many."""
    for one in readings:
        yield replace(one, tries=drafts) if one.resamples and drafts > 1 else one


def _is_slow(signal: Signal) -> bool:
    return signal.kind in KINDS and KINDS[signal.kind].is_slow


def _read(signal: Signal, text: TextToRead) -> Verdict:
    if signal.archived:
        return Verdict(None, error=_ARCHIVED)
    return read_texts(signal, [text])[0]


def _threshold(guard: Guard, signal: Signal | None) -> float:
    if guard.threshold is not None:
        return guard.threshold
    return signal.threshold if signal else _ANY


def _say(guard: Guard, signal: Signal | None, verdict: Verdict | None, words: dict[str, str]) -> GuardReading:
    if signal is None or verdict is None:
        verdict = Verdict(None, error=_UNKNOWN)
    threshold = _threshold(guard, signal)
    did_not_run = verdict.score is None
    return GuardReading(
        signal=guard.signal,
        title=signal.title if signal else "",
        score=None if verdict.score is None else round(float(verdict.score), 4),
        flagged=guard.on_error == "fail" if did_not_run else fires(verdict, threshold),
        piece=verdict.piece,
        action=guard.action,
        error=verdict.error if did_not_run else "",
        reason=verdict.reason,
        words=words.get(verdict.piece, "") if verdict.piece else "",
        threshold=threshold,
        made_by=signal.made_by if signal else "",
        max_tries=guard.max_tries,
    )
