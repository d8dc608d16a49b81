"""What this process knows of a model's server: whose turn it is, when it takes calls again, if it is down."""

import random
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from generation.calls import Call
from generation.failures import ModelFailure
from generation.profiles import ModelProfile

# A server that asks for more than this is not waited for.
LONGEST_WAIT = 120.0
# However long a server asks for, one call looks again after this time.
_LONGEST_PAUSE = 600.0
# Calls that waited for the same moment begin within so many seconds after it.
_SPREAD = 1.0
# So many calls in a row that a server fails, and it counts as down.
_FAILURES_TO_BE_DOWN = 5
_DOWN_SECONDS, _LONGEST_DOWN = 30.0, 600.0
_BROKEN = frozenset({"unreachable", "server_error", "first_token_timeout"})
# Not what was hoped for, but said by a server that works.
_SAID = frozenset({"bad_request", "too_long", "no_schema", "bad_key", "unknown_model"})


class Server:
    """One profile's server, as all calls of this process share it."""

    def __init__(self, profile: ModelProfile) -> None:
        self._profile = profile
        self._lock = threading.Lock()
        self._free = profile.concurrency
        self._queue: deque[Call] = deque()
        self._open_at = 0.0
        self._spread = 0.0
        self._failures = self._times_down = 0
        self._probing = False
        self._down_until = 0.0
        self._down_with = ""
        # Found out by the first call that asks for it.
        self.takes_schemas = True

    @contextmanager
    def turn(self, call: Call) -> Iterator[None]:
        """One of the profile's places, first come first served; the call's clock stands while it waits.

        Raises `Cancelled`, and `ModelFailure` when the server takes no calls for longer than one waits.
        """
        with call.standing():
            self._take_place(call)
        try:
            with call.standing():
                self._wait_until_open(call)
            yield
        finally:
            self._give_place_back()

    def _take_place(self, call: Call) -> None:
        with self._lock:
            if self._free and not self._queue:
                self._free -= 1
                return
            self._queue.append(call)
        try:
            call.wait_for_turn()
        except BaseException:
            self._leave_queue(call)
            raise

    def _leave_queue(self, call: Call) -> None:
        with self._lock:
            if call in self._queue:
                self._queue.remove(call)
                return
        # It was called up in the moment it was cancelled.
        self._give_place_back()

    def _give_place_back(self) -> None:
        with self._lock:
            if self._queue:
                self._queue.popleft().call_up()
            else:
                self._free += 1

    def _wait_until_open(self, call: Call) -> None:
        while (left := self._open_at - time.monotonic()) > 0:
            if left > LONGEST_WAIT:
                raise ModelFailure("rate_limit", self._profile, retry_after=left)
            call.wait(left + spread(self._spread))

    def pause(self, seconds: float) -> None:
        """The server takes no more calls for so long: those not yet sent wait, and use up no try."""
        seconds = min(seconds, _LONGEST_PAUSE)
        with self._lock:
            self._open_at = max(self._open_at, time.monotonic() + seconds)
            self._spread = min(seconds, _SPREAD)

    def answered(self) -> None:
        """It gave an answer: it is not down."""
        with self._lock:
            self._failures, self._times_down, self._down_until, self._probing = 0, 0, 0.0, False

    def failed(self, code: str, *, for_good: bool) -> None:
        """It failed a call, or `for_good` after the last try: after some in a row it counts as down."""
        if code in _SAID:
            self.answered()
            return
        with self._lock:
            if code == "quota" or (for_good and code == "rate_limit"):
                self._failures = _FAILURES_TO_BE_DOWN
            elif code in _BROKEN:
                self._failures += 1
            else:
                return
            if self._failures >= _FAILURES_TO_BE_DOWN and (self._probing or not self.is_down):
                # Twice as long each time, so that few calls find out in vain.
                seconds = min(_DOWN_SECONDS * 2.0 ** min(self._times_down, 10), _LONGEST_DOWN)
                self._down_until, self._down_with = time.monotonic() + seconds, code
                self._times_down, self._probing = self._times_down + 1, False

    @property
    def is_down(self) -> bool:
        """Whether it failed so often that nobody need wait for it who can ask another."""
        return time.monotonic() < self._down_until

    def check_up(self) -> None:
        """Raise `ModelFailure` while it is down; when that is over, one call tries, the others not yet."""
        with self._lock:
            if self.is_down:
                raise ModelFailure(self._down_with, self._profile)
            if self._failures >= _FAILURES_TO_BE_DOWN:
                self._down_until, self._probing = time.monotonic() + _DOWN_SECONDS, True


def spread(most: float) -> float:
    """Seconds up to `most`, by chance: blocks that wait for the same moment do not wake together."""
    return random.uniform(0, most)  # noqa: S311 - no secret


def server_of(profile: ModelProfile) -> Server:
    """The server of a profile, by its address: the same name may stand for another one tomorrow."""
    return _server(profile, profile.address)


@cache
def _server(profile: ModelProfile, address: str) -> Server:
    return Server(profile)
