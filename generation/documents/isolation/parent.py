"""Reads a file in a process of its own, which may fail, hang or grow without harm to the one that asks."""

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import astuple
from pathlib import Path

from generation.documents import refusals
from generation.documents.isolation.limits import MEGABYTE, Limits
from generation.documents.isolation.transfer import load_document
from generation.documents.passages import ReadDocument, UnreadableDocument

logger = logging.getLogger(__name__)

_COMMAND = (sys.executable, "-m", "generation.documents.isolation.child")
_ROOT = Path(__file__).resolve().parents[3]
# What Python needs to start. Keys and passwords of the surroundings are not the file's business.
_KEPT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV")
# The C library gives memory back after every page and asks for it again: a tenth of the time. This child
# keeps what it has to its end, which is near. Other C libraries do not know these names.
_KEEP_MEMORY = {
    "MALLOC_TOP_PAD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(256 << 20),
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
}
_STEP = 1 << 20
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGALRM)


def read_isolated(path: Path, name: str, limits: Limits) -> ReadDocument:
    """As `read_document`, within `limits`. Raises UnreadableDocument with a sentence for the user, only."""
    try:
        data, code = _run_child(path, name, limits)
    except OSError as error:
        logger.exception("No process could be started to read a file")
        raise refusals.busy(name) from error
    try:
        answer = json.loads(data)
        if "document" in answer:
            return load_document(answer["document"])
    except (ValueError, TypeError, KeyError):
        answer = {}
    if "refused" in answer:
        raise UnreadableDocument(answer["refused"])
    if "failed" in answer:
        # A file nobody foresaw must not stop the upload of the others; the log keeps what to mend.
        logger.error("Reading a %s file failed:\n%s", Path(name).suffix, answer["failed"])
        raise refusals.damaged(name)
    if code in _OUT_OF_TIME:
        raise refusals.too_slow(name, limits)
    if code == -signal.SIGKILL:
        # Nobody but the system kills it so, when memory runs out.
        raise refusals.too_large(name)
    logger.error("Reading a %s file ended with code %s", Path(name).suffix, code)
    raise refusals.crashed(name)


def _run_child(path: Path, name: str, limits: Limits) -> tuple[bytes, int]:
    """What the child wrote, and its exit code. However this ends, the child has ended too."""
    with subprocess.Popen(  # noqa: S603 our own program, told what to read by its standard input
        _COMMAND,
        # What a child that is gone did not take must not be sent once more when the pipe is closed.
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={key: os.environ[key] for key in _KEPT if key in os.environ} | _KEEP_MEMORY | {"PYTHONUTF8": "1"},
        start_new_session=True,
    ) as child:
        try:
            assert child.stdin is not None
            # The pipe stays open: that it closes tells the child that nobody waits for it any more.
            order = json.dumps([str(path.resolve()), name, astuple(limits)]) + "\n"
            try:
                child.stdin.write(order.encode())
            except BrokenPipeError:
                return b"", child.wait(limits.seconds)
            data = _read_answer(child, name, limits)
            return data, child.wait(limits.seconds)
        except subprocess.TimeoutExpired as error:
            raise refusals.too_slow(name, limits) from error
        finally:
            child.kill()


def _read_answer(child: "subprocess.Popen[bytes]", name: str, limits: Limits) -> bytes:
    assert child.stdout is not None
    pieces: list[bytes] = []
    size = 0
    deadline = time.monotonic() + limits.seconds
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(max(deadline - time.monotonic(), 0)):
                raise refusals.too_slow(name, limits)
            piece = os.read(child.stdout.fileno(), _STEP)
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
            size += len(piece)
            # Passages add to the text; a child that writes without end must be stopped all the same.
            if size > 3 * limits.text * MEGABYTE:
                raise refusals.too_much_text(name, limits)
