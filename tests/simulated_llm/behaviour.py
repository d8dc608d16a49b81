"""Everything that can be set about the simulated LLM."""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from tests.simulated_llm.asked import Asked

Amount: TypeAlias = float | tuple[float, float]
"""A fixed number, or a range from which the text of the block's part always draws the same number."""

Answers: TypeAlias = Mapping[str, str] | Callable[[Asked], str | None]
"""Substring of the block's part → answer, or a function; no match and None mean the default answer."""


@dataclass(frozen=True)
class Behaviour:
    """How the simulated LLM behaves; times are in seconds, sizes in its own tokens (4 bytes of UTF-8)."""

    latency: Amount = 0.0
    """Seconds of decoding, from the end of the prefill to the end of the answer."""
    seconds_per_word: float = 0.0
    """Added to the latency for every word of the answer, so that long answers take longer."""
    chunks: int = 20
    """Content chunks of a streamed answer, spread evenly over the decoding."""
    prefill_speed: float = 0.0
    """Uncached prompt tokens read per second; 0 reads them in no time."""
    cache: Literal["off", "automatic", "breakpoint"] = "automatic"
    """automatic: longest common prefix; breakpoint: only what ends at a `prompt_cache_breakpoint`."""
    schema_in_prefix: bool = True
    """As at OpenAI, `response_format` and `tools` stand in front of the messages in the cached prefix."""
    window: int = 0
    """More prompt tokens than this are answered 400 context_length_exceeded; 0 has no limit."""
    words: Amount = 120
    """Words of a prose answer; a limit like "at most 50 words" in the block's part is kept."""
    answers: Answers = field(default_factory=dict)
    part_after: str = ""
    """The block's part is what follows this marker in the last content part; empty: all of that part."""
    api_key: str | None = None
    """Any other bearer key is answered 401."""
    refuses: tuple[str, ...] = ()
    """Fields answered 400, of the request or of a content part; "consecutive users": two in a row are."""
    model: str = "simulated"
    keep_bodies: bool = True
    """Keep the raw body of every request; switch off for benchmarks with large prompts."""


def draw(amount: Amount, text: str) -> float:
    """A number in the range, always the same for the same text (its last 4,000 characters)."""
    if not isinstance(amount, tuple):
        return float(amount)
    low, high = amount
    share = zlib.crc32(text[-4000:].encode("utf-8", "replace")) / 0xFFFFFFFF
    return low + (high - low) * share
