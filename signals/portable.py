"""A signal of any kind as one JSON file to take elsewhere, and back: checked before it is believed."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from pydantic import ValidationError

from signals.changing import save_signal
from signals.clean import clean_json, clean_text
from signals.kinds import KINDS
from signals.learning import portable as few_shot
from signals.learning.learn import Learned
from signals.learning.portable import FORMAT, LARGEST, BadFile, Portable
from signals.models import Signal
from signals.naming import make_name
from signals.vectors import current_embedder

__all__ = ["LARGEST", "BadFile", "Given", "NotReady", "keep_given", "read_file", "write_file"]
_LONGEST_NAME, _LONGEST_TITLE, _LONGEST_QUESTION = 60, 120, 500
_LEARNT = "few_shot"


class NotReady(Exception):
    """The signal has nothing to take elsewhere yet; the message says what to do first."""


@dataclass(frozen=True)
class Given:
    """A signal that came in a file, not kept yet."""

    name: str
    title: str
    question: str
    kind: str
    settings: dict[str, Any]
    threshold: float
    learned: Learned | None

    @property
    def misfit(self) -> str:
        """Why it will not read here as it did there, as a sentence; empty when it will."""
        if self.learned and self.learned.embedder != current_embedder().name:
            return (
                f"It reads by the embedder “{self.learned.embedder}”, and this site uses "
                f"“{current_embedder().name}”: it reads nothing until it is taught here."
            )
        return ""


def write_file(signal: Signal) -> str:
    """The file's text: what it is, and for one that learnt, what it learnt. Raises `NotReady`."""
    about: dict[str, Any] = {"format": FORMAT, "name": signal.name, "question": signal.question}
    if signal.kind == _LEARNT:
        if signal.learned is None:
            raise NotReady("It has learnt nothing yet. Teach it with a few examples first.")
        learned = Learned.from_json({**signal.learned, "threshold": signal.threshold})
        about = json.loads(few_shot.write(Portable(signal.name, signal.question, learned)))
    elif not signal.made_by:
        raise NotReady("It is not set yet. Say what it looks for first.")
    more = {"title": signal.title, "kind": signal.kind, "settings": signal.settings}
    return json.dumps({**about, **more, "threshold": signal.threshold}, indent=1, ensure_ascii=False)


def read_file(text: str) -> Given:
    """The signal in a file's text. Raises `BadFile`, which says what is wrong and what to do."""
    if len(text) > LARGEST:
        raise BadFile("This file is too large to be a signal: choose one that was downloaded here.")
    try:
        # Escaped, anything can stand in it, also what no database or page takes.
        data = clean_json(json.loads(text))
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadFile("This file is not a signal: choose a .json file that was downloaded as one.")
    kind = data.get("kind", _LEARNT)
    if not isinstance(kind, str) or kind not in KINDS:
        raise BadFile("This signal is of a kind that is not known here: this site may be older.")
    learned = few_shot.read(_compact(data)).learned if kind == _LEARNT else None
    name = _words(data, "name", _LONGEST_NAME)
    return Given(
        name=name,
        title=_words(data, "title", _LONGEST_TITLE) or name.replace("-", " ").capitalize() or "A signal",
        question=_words(data, "question", _LONGEST_QUESTION),
        kind=kind,
        settings=_read_settings(kind, data.get("settings", {})),
        threshold=_read_threshold(data.get("threshold", 0.5)),
        learned=learned,
    )


def keep_given(given: Given, title: str, author: User | None) -> Signal:
    """A new signal with this title; never one in the place of another."""
    signal = Signal(
        name=make_name(given.name if title == given.title else title),
        title=title,
        question=given.question,
        kind=given.kind,
        settings=given.settings,
        threshold=given.threshold,
        learned=given.learned.to_json() if given.learned else None,
        author=author,
    )
    save_signal(signal)
    return signal


def _compact(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _words(data: dict[str, Any], key: str, longest: int) -> str:
    said = data.get(key, "")
    return " ".join(clean_text(said).split())[:longest].strip() if isinstance(said, str) else ""


def _read_settings(kind: str, settings: object) -> dict[str, Any]:
    try:
        parsed = KINDS[kind].Settings.model_validate(settings)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise BadFile(
            f"This signal's settings cannot be used here ({where}: {first['msg']}). Download it again."
        ) from error
    found: dict[str, Any] = parsed.model_dump(mode="json")
    return found


def _read_threshold(threshold: object) -> float:
    if not isinstance(threshold, int | float) or isinstance(threshold, bool) or not 0 <= threshold <= 1:
        raise BadFile("This signal's threshold is no number from 0 to 1: download it again.")
    return float(threshold)
