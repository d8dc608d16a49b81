"""What the simulated LLM keeps of every request, for tests to look at."""

from dataclasses import dataclass, field

import orjson

from tests.simulated_llm.asked import Asked, JSONObject


@dataclass
class Record:
    """One request; times are seconds of `time.monotonic()`, None for what has not happened."""

    number: int
    arrived_at: float
    headers: dict[str, str]
    raw_body: bytes = field(repr=False)
    """The body as received; empty when bodies are not kept."""
    asked: Asked | None = field(default=None, repr=False)
    """The request as read; None when it could not be, or when bodies are not kept."""
    status: int | None = None
    fault: str = ""
    answer: str = ""
    prompt_tokens: int = 0
    cached_tokens: int = 0
    written_tokens: int = 0
    output_tokens: int = 0
    first_token_at: float | None = None
    ended_at: float | None = None
    """When the last byte of the response, also of one cut by a fault, was given to the network."""
    disconnected_at: float | None = None
    """When the caller hung up before the response had ended."""

    @property
    def body(self) -> JSONObject:
        """The parsed body."""
        parsed: JSONObject = orjson.loads(self.raw_body)
        return parsed

    @property
    def is_running(self) -> bool:
        return self.ended_at is None and self.disconnected_at is None


@dataclass(frozen=True)
class Totals:
    """Sums over all requests since the start or the last reset."""

    requests: int
    most_at_once: int
    prompt_tokens: int
    cached_tokens: int
    output_tokens: int
    cpu_seconds: float
    """Of the whole process; means the server alone only when it is its own process."""
