"""Calls under way: time-outs and Cancel close a call's own connection, for nothing else can."""

import math
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

Ending = Literal["cancelled", "first_token_timeout", "gap_timeout", "total_timeout"]
_LOOK_EVERY = 0.2


class Cancelled(Exception):
    """Nobody waits for the answer any more."""


class TimedOut(Exception):
    """The call was ended from here; `why` says which time ran out."""

    def __init__(self, why: Ending) -> None:
        super().__init__(why)
        self.why = why


class Call:
    """One call of the model, as the thread that makes it and the one that watches it share it."""

    def __init__(self, *, first_token: float, gap: float, total: float) -> None:
        self._first_token, self._gap = first_token, gap
        self.ended: Ending | None = None
        self._total_at = time.monotonic() + total
        self._silent_at = math.inf
        self._waiting: Ending = "first_token_timeout"
        self._cancelled = threading.Event()
        self._socket: socket.socket | None = None

    def begin(self) -> None:
        """A request is sent. Raises `Cancelled` or `TimedOut` if there is no time for it any more."""
        self._silent_at, self.ended = math.inf, None
        self.check()
        self._silent_at = time.monotonic() + self._first_token
        self._waiting = "first_token_timeout"

    def connected(self, connection: socket.socket | None) -> None:
        """The response has begun on this connection."""
        self._socket = connection
        self.check()

    def heard(self) -> None:
        """A token came."""
        self._silent_at = time.monotonic() + self._gap
        self._waiting = "gap_timeout"

    def cancel(self) -> None:
        """End the call: nobody waits for its answer."""
        self._cancelled.set()

    def check(self) -> None:
        """Raise `Cancelled` or `TimedOut` if the call was ended."""
        if why := self.ended or self.overdue(time.monotonic()):
            self.ended = why
            raise Cancelled if why == "cancelled" else TimedOut(why)

    def overdue(self, now: float) -> Ending | None:
        """Why the call must end at `now`, if it must."""
        if self._cancelled.is_set():
            return "cancelled"
        if now > self._total_at:
            return "total_timeout"
        return self._waiting if now > self._silent_at else None

    def wait(self, seconds: float) -> None:
        """Sleep between two tries; Cancel ends it at once. Raises `Cancelled`, `TimedOut`."""
        self._silent_at, self._socket = math.inf, None
        self._cancelled.wait(max(0, min(seconds, self._total_at - time.monotonic())))
        self.check()

    def close(self, why: Ending) -> None:
        """Shut the connection down, which wakes the thread that reads from it."""
        self.ended = why
        if self._socket is not None:
            # The reader's side may have closed it in the meantime.
            try:
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
            except OSError:
                return


class _Watch:
    """One thread per process that closes overdue calls; it lives while there are calls."""

    def __init__(self) -> None:
        self._calls: dict[object, Call] = {}
        self._lock = threading.Lock()
        self._running = False

    def add(self, key: object, call: Call) -> None:
        with self._lock:
            self._calls[key] = call
            if not self._running:
                self._running = True
                threading.Thread(target=self._look, name="fill-calls", daemon=True).start()

    def remove(self, key: object) -> None:
        with self._lock:
            self._calls.pop(key, None)

    def find(self, key: object) -> Call | None:
        with self._lock:
            return self._calls.get(key)

    def _look(self) -> None:
        while True:
            time.sleep(_LOOK_EVERY)
            with self._lock:
                calls = list(self._calls.values())
                if not calls:
                    self._running = False
                    return
            now = time.monotonic()
            for call in calls:
                if not call.ended and (why := call.overdue(now)):
                    call.close(why)


_watch = _Watch()


@contextmanager
def watched(key: object, call: Call) -> Iterator[Call]:
    """Keep `call` under watch, findable by `key`, while the block runs."""
    _watch.add(key, call)
    try:
        yield call
    finally:
        _watch.remove(key)


def cancel_call(key: object) -> None:
    """Cancel the call known by `key`, if this process makes one."""
    if call := _watch.find(key):
        call.cancel()
