"""Drawing pages behind a request's back, one file at a time, and where that stands."""

import fcntl
import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from generation.word_pages.libreoffice import CannotDraw, convert_to_pdf
from generation.word_pages.store import Pages, find_pages, keep_pdf, previews

logger = logging.getLogger(__name__)
_SECONDS = 90
# Failures are remembered until somebody tries again, so many of them.
_MOST_FAILED = 200
# Each that waits holds a Word file and a thread.
_MOST_WAITING = 20
_BUSY = "Many previews are being drawn just now. Try again in a moment."
_FAILED = "The pages could not be drawn. Try again."


@dataclass(frozen=True)
class Drawing:
    """The pages are being drawn."""


@dataclass(frozen=True)
class Failed:
    """The pages could not be drawn; the sentence says why."""

    sentence: str


_state = threading.Lock()
_under_way: set[str] = set()
_failed: OrderedDict[str, str] = OrderedDict()


def look_up(key: str) -> Pages | Drawing | Failed | None:
    """Where the drawing of a state stands; None where nobody has begun it."""
    with _state:
        if key in _under_way:
            return Drawing()
        if key in _failed:
            return Failed(_failed[key])
    return find_pages(key)


def draw_pages(key: str, docx: bytes) -> None:
    """Begin to draw the pages of a state, if nobody has; what failed before is tried again."""
    with _state:
        if key in _under_way:
            return
        _failed.pop(key, None)
        if len(_under_way) >= _MOST_WAITING:
            _failed[key] = _BUSY
            return
        _under_way.add(key)
    threading.Thread(target=_draw, args=(key, docx), daemon=True).start()


def _draw(key: str, docx: bytes) -> None:
    sentence = ""
    try:
        # Across processes too: they share LibreOffice's folder.
        with (previews() / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if find_pages(key) is None:
                keep_pdf(key, convert_to_pdf(docx, _profile(), _SECONDS))
    except CannotDraw as error:
        sentence = str(error)
    except Exception:
        # Whatever it was: a page that hears of no end would ask, and draw, for ever.
        logger.exception("Drawing the pages of a report failed")
        sentence = _FAILED
    finally:
        with _state:
            _under_way.discard(key)
            if sentence:
                _failed[key] = sentence
                while len(_failed) > _MOST_FAILED:
                    _failed.popitem(last=False)


def _profile() -> Path:
    return previews() / "libreoffice"
