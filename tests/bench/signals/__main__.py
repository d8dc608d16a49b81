"""Every table, one after the other; `python -m tests.bench.signals quality timings` prints those alone."""

import sys

from tests.bench.signals import choice, diluted, honesty, parts, quality, timings
from tests.bench.signals.sets import corpus

PARTS = {
    "timings": timings.main,
    "quality": quality.main,
    "diluted": diluted.main,
    "honesty": honesty.main,
    "proposed": honesty.proposed,
    "choice": choice.main,
    "parts": parts.main,
}

corpus()
for name in sys.argv[1:] or PARTS:
    PARTS[name]()
