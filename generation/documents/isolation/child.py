"""The process that reads one file: limited, cut off from the network, and gone when nobody waits for it."""

import fcntl
import gc
import json
import os
import resource
import select
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from generation.documents import refusals
from generation.documents.isolation.limits import LARGEST_ATTACHMENT, MEGABYTE, Limits
from generation.documents.isolation.network import cut_off
from generation.documents.isolation.transfer import dump_document
from generation.documents.passages import UnreadableDocument
from generation.documents.read import read_document

# Beyond what the parent waits: only a child whose parent hangs gets there.
_GRACE = 5


def main() -> None:
    """Reads the file that a line of standard input names; writes the document, or why there is none."""
    # Libraries may print; the answer goes where only it can.
    answer = os.dup(1)
    os.dup2(2, 1)
    # One file's objects live to its end; looking for those that do not is a tenth of the time.
    gc.disable()
    path, name, figures = json.loads(sys.stdin.readline())
    # Not before: the signal comes for all that is heard, and the parent may have been slow to speak.
    die_with_the_parent()
    limits = Limits(*figures)
    set_limits(limits)
    cut_off()
    with os.fdopen(answer, "wb") as pipe:
        pipe.write(_answer(Path(path), name, limits))
    # What is left to tidy the system tidies faster.
    os._exit(0)


def die_with_the_parent() -> None:
    """Asks for a signal when standard input closes, which ends this process whatever it is doing."""
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([0], [], [], 0)[0]:  # it closed before, so no signal will come
        os._exit(1)


def set_limits(limits: Limits) -> None:
    """Time by the clock and the processor, memory, and no large files or core dumps."""
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + _GRACE)
    most = {
        resource.RLIMIT_CPU: limits.seconds,
        resource.RLIMIT_AS: limits.memory * MEGABYTE,
        # Attachments of a mail are read from a file without a name.
        resource.RLIMIT_FSIZE: LARGEST_ATTACHMENT,
        resource.RLIMIT_CORE: 0,
    }
    for kind, limit in most.items():
        # macOS refuses some of them; the parent's clock holds there too.
        with suppress(ValueError, OSError):
            hard = resource.getrlimit(kind)[1]
            soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(kind, (soft, soft if kind != resource.RLIMIT_CPU else hard))


def _answer(path: Path, name: str, limits: Limits) -> bytes:
    try:
        return _dump(_read(path, name, limits))
    except MemoryError:
        return _dump({"refused": str(refusals.too_large(name))})


def _read(path: Path, name: str, limits: Limits) -> dict[str, Any]:
    try:
        document = read_document(path, name, limits)
    except UnreadableDocument as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        raise
    except BaseException:  # a panic of a library written in Rust is no Exception
        import traceback  # rarely needed, and slow to import

        return {"failed": traceback.format_exc(limit=-20)}
    if len(document.text) > limits.text * MEGABYTE:
        return {"refused": str(refusals.too_much_text(name, limits))}
    return {"document": dump_document(document)}


def _dump(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


if __name__ == "__main__":
    main()
