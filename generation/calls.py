"""Calls under way: time-outs and Cancel close a call's own connection, for nothing else can."""

import math
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, Literal

import httpcore2

Ending = Literal["cancelled", "first_token_timeout", "gap_timeout", "total_timeout"]
_LOOK_EVERY = 0.2
# With many calls under way, waking for each token of each costs more than all else. So each is read
# after a pause that grows with their number: 100 ms between two readings for 20 calls, none for the last.
_PAUSE_A_CALL, _LONGEST_PAUSE = 0.005, 1.5


class Cancelled(Exception):
    """Nobody waits for the answer any more."""

    code: Ending = "cancelled"


class TimedOut(Exception):
    """The call was ended from here; `code` says which time ran out."""

    def __init__(self, code: Ending) -> None:
        super().__init__(code)
        self.code = code


class Call:
    """One call of the model, as the thread that makes it and the one that watches it share it."""

    def __init__(self, *, first_token: float, gap: float, total: float) -> None:
        self.allow(first_token=first_token, gap=gap, total=total)
        self._silent_at = math.inf
        self._waiting: Ending = "first_token_timeout"
        self._ended: Ending | None = None
        self._cancelled = threading.Event()
        # Set when it is this call's turn, and by Cancel, which ends the wait for it.
        self._called_up = threading.Event()
        self._socket: socket.socket | None = None
        # A connection is shut down only while it is this call's.
        self._lock = threading.Lock()

    def allow(self, *, first_token: float, gap: float, total: float) -> None:
        """These times from now on, in seconds: another model is asked, which has its own."""
        self._first_token, self._gap = first_token, gap
        self._total_at = time.monotonic() + total

    def begin(self) -> None:
        """A request is sent. Raises `Cancelled` or `TimedOut` if there is no time for it any more."""
        self.rest()
        self.check()
        self._waiting = "first_token_timeout"
        self._silent_at = time.monotonic() + self._first_token

    def connected(self, connection: socket.socket | None) -> None:
        """The request goes out on this connection, which ends the call when it is shut down."""
        with self._lock:
            self._socket = connection
        self.check()

    def heard(self) -> None:
        """A token came."""
        self._waiting = "gap_timeout"
        self._silent_at = time.monotonic() + self._gap

    def rest(self) -> None:
        """No request is under way: its connection may already carry somebody else's."""
        with self._lock:
            self._silent_at, self._socket, self._ended = math.inf, None, None

    @contextmanager
    def standing(self) -> Iterator[None]:
        """The clock stands: the call waits for its turn, not for the model."""
        left, self._total_at = self.seconds_left, math.inf
        try:
            yield
        finally:
            self._total_at = time.monotonic() + left

    @property
    def seconds_left(self) -> float:
        """Until the total time is over."""
        return self._total_at - time.monotonic()

    def wait(self, seconds: float) -> None:
        """Sleep between two tries; Cancel ends it at once. Raises `Cancelled`."""
        if self._cancelled.wait(max(0, seconds)):
            raise Cancelled

    def gather_tokens(self, calls: int) -> None:
        """Let more than one token come before the next reading, with so many calls under way.

        Not before the first, which releases a report; and Cancel ends it at once.
        """
        if calls > 1 and self._waiting == "gap_timeout":
            self._cancelled.wait(min(calls * _PAUSE_A_CALL, _LONGEST_PAUSE, self._gap / 4))

    def wait_for_turn(self) -> None:
        """Sleep until `call_up`; Cancel ends it at once. Raises `Cancelled`."""
        self._called_up.wait()
        self._called_up.clear()
        if self._cancelled.is_set():
            raise Cancelled

    def call_up(self) -> None:
        """It is this call's turn."""
        self._called_up.set()

    def cancel(self) -> None:
        """End the call: nobody waits for its answer."""
        self._cancelled.set()
        self._called_up.set()

    def check(self) -> None:
        """Raise `Cancelled` or `TimedOut` if the call was ended."""
        if code := self._ended or self._overdue(time.monotonic()):
            raise Cancelled if code == "cancelled" else TimedOut(code)

    def end_if_overdue(self, now: float) -> None:
        """Shut the connection of an overdue call down, which wakes the thread that reads from it."""
        with self._lock:
            self._ended = self._ended or self._overdue(now)
            if self._ended and self._socket is not None:
                # The reader's side may have closed it in the meantime.
                with suppress(OSError):
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
                self._socket = None

    def _overdue(self, now: float) -> Ending | None:
        """Why the call must end at `now`, if it must."""
        if self._cancelled.is_set():
            return "cancelled"
        if now > self._total_at:
            return "total_timeout"
        return self._waiting if now > self._silent_at else None


_sending: ContextVar[Call | None] = ContextVar("_sending", default=None)


@contextmanager
def sending(call: Call) -> Iterator[None]:
    """What this thread sends while the block runs belongs to `call`; afterwards the call rests."""
    before = _sending.set(call)
    try:
        yield
    finally:
        _sending.reset(before)
        call.rest()


class TellingBackend(httpcore2.SyncBackend):
    """Opens connections that tell the call under way which one it goes out on.

    The http library itself says so only with the response's headers, which a busy server sends late.
    """

    def connect_tcp(self, *args: Any, **options: Any) -> httpcore2.NetworkStream:
        """A connection to a server or to a proxy."""
        return _TellingStream(super().connect_tcp(*args, **options))


class _TellingStream(httpcore2.NetworkStream):
    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self._stream = stream

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if call := _sending.get():
            call.connected(self._stream.get_extra_info("socket"))
        self._stream.write(buffer, timeout)

    def start_tls(self, *args: Any, **options: Any) -> httpcore2.NetworkStream:
        return _TellingStream(self._stream.start_tls(*args, **options))

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if call := _sending.get():
            call.gather_tokens(_watch.count)
        return self._stream.read(max_bytes, timeout)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Watch:
    """One thread per process that closes overdue calls; it lives while there are calls."""

    def __init__(self) -> None:
        self._calls: dict[Call, object] = {}
        self._lock = threading.Lock()
        self._running = False

    def add(self, key: object, call: Call) -> None:
        with self._lock:
            self._calls[call] = key
            if not self._running:
                self._running = True
                threading.Thread(target=self._look, name="fill-calls", daemon=True).start()

    def remove(self, call: Call) -> None:
        with self._lock:
            self._calls.pop(call, None)

    @property
    def count(self) -> int:
        """How many calls this process has under way."""
        return len(self._calls)

    def find(self, key: object) -> list[Call]:
        with self._lock:
            return [call for call, known_by in self._calls.items() if known_by == key]

    def _look(self) -> None:
        while True:
            time.sleep(_LOOK_EVERY)
            with self._lock:
                calls = list(self._calls)
                if not calls:
                    self._running = False
                    return
            now = time.monotonic()
            for call in calls:
                call.end_if_overdue(now)


_watch = _Watch()


@contextmanager
def watched(key: object, call: Call) -> Iterator[Call]:
    """Keep `call` under watch, findable by `key`, while the block runs."""
    _watch.add(key, call)
    try:
        yield call
    finally:
        _watch.remove(call)


def cancel_calls(key: object) -> None:
    """Cancel the calls known by `key`, if this process makes any."""
    for call in _watch.find(key):
        call.cancel()
