"""What a signal is called in guards and addresses: a key made from its title."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

from signals.models import Signal

LONGEST = 60
# Words that stand below `signals/` in addresses already.
TAKEN = frozenset({"new", "import", "sets", "monitoring", "alerts", "clusters", "read-all"})
_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")


def make_name(title: str) -> str:
    """A key that no signal has yet: "Promises an outcome!" gives promises-an-outcome, then -2."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    # What remains of a title in another script is nothing.
    key = _NOT_IN_A_KEY.sub("-", plain).strip("-")
    if not key or not key[0].isalpha():
        key = f"signal-{key}"
    key = key[: LONGEST - 4].rstrip("-")
    used = TAKEN | set(Signal.objects.filter(name__startswith=key).values_list("name", flat=True))
    return next(one for one in _numbered(key) if one not in used)


def _numbered(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}-{number}" for number in count(2))
