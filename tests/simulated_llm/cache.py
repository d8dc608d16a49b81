"""What the provider remembers of prompts it has read: prefixes in steps of 128 tokens from 1,024 up.

A token is 4 bytes of the prompt in UTF-8, rounded up: cheap, and prefixes measure the same as whole prompts.
"""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Protocol

BYTES_PER_TOKEN = 4
STEP_TOKENS = 128
MINIMUM_TOKENS = 1024
STEP = STEP_TOKENS * BYTES_PER_TOKEN


def count_tokens(text: bytes) -> int:
    return -(-len(text) // BYTES_PER_TOKEN)


class Cache(Protocol):
    def find(self, prompt: bytes, breakpoints: tuple[int, ...]) -> int:
        """Tokens of the longest cached prefix of the prompt."""

    def add(self, prompt: bytes, breakpoints: tuple[int, ...]) -> None:
        """Remember the prompt, as a provider does when its first token leaves."""


class NoCache:
    """Every prompt is read anew."""

    def find(self, prompt: bytes, breakpoints: tuple[int, ...]) -> int:
        return 0

    def add(self, prompt: bytes, breakpoints: tuple[int, ...]) -> None:
        return None


@dataclass
class _Node:
    """A stretch of prompt, whole steps long, and what has followed it, by the first step."""

    stretch: bytes = b""
    following: dict[bytes, "_Node"] = field(default_factory=dict)


class PrefixCache:
    """OpenAI's automatic caching, a radix tree: what 1,000 prompts share is stored once."""

    def __init__(self) -> None:
        self._root = _Node()

    def find(self, prompt: bytes, breakpoints: tuple[int, ...] = ()) -> int:
        node, at = self._root, 0
        while child := node.following.get(prompt[at : at + STEP]):
            shared = _shared_steps(child.stretch, prompt, at)
            at += shared
            if shared < len(child.stretch):
                break
            node = child
        tokens = at // BYTES_PER_TOKEN
        return tokens if tokens >= MINIMUM_TOKENS else 0

    def add(self, prompt: bytes, breakpoints: tuple[int, ...] = ()) -> None:
        end = len(prompt) // STEP * STEP
        node, at = self._root, 0
        while at < end:
            child = node.following.get(prompt[at : at + STEP])
            if child is None:
                node.following[prompt[at : at + STEP]] = _Node(prompt[at:end])
                return
            shared = _shared_steps(child.stretch, prompt, at)
            if shared < len(child.stretch):
                _split(child, shared)
            node, at = child, at + shared


def _shared_steps(stretch: bytes, prompt: bytes, at: int) -> int:
    """Bytes, in whole steps, that the stretch shares with the prompt from `at` on."""
    if prompt.startswith(stretch, at):
        return len(stretch)
    low, high = 0, len(stretch) // STEP
    while high - low > 1:
        middle = (low + high) // 2
        if prompt.startswith(stretch[low * STEP : middle * STEP], at + low * STEP):
            low = middle
        else:
            high = middle
    return low * STEP


def _split(node: _Node, at: int) -> None:
    rest = _Node(node.stretch[at:], node.following)
    node.stretch, node.following = node.stretch[:at], {rest.stretch[:STEP]: rest}


class BreakpointCache:
    """Explicit caching: what ends at a breakpoint is remembered, and found by prompts with that breakpoint.

    A prompt without breakpoints is remembered whole, so only the identical prompt finds it.
    """

    def __init__(self) -> None:
        self._known: set[bytes] = set()

    def find(self, prompt: bytes, breakpoints: tuple[int, ...]) -> int:
        for end in sorted(_ends(prompt, breakpoints), reverse=True):
            if _digest(prompt[:end]) in self._known:
                return end // BYTES_PER_TOKEN
        return 0

    def add(self, prompt: bytes, breakpoints: tuple[int, ...]) -> None:
        self._known.update(_digest(prompt[:end]) for end in _ends(prompt, breakpoints))


def _ends(prompt: bytes, breakpoints: tuple[int, ...]) -> list[int]:
    return [end for end in breakpoints or (len(prompt),) if end >= MINIMUM_TOKENS * BYTES_PER_TOKEN]


def _digest(text: bytes) -> bytes:
    return blake2b(text, digest_size=16).digest()


CACHES: dict[str, type[NoCache] | type[PrefixCache] | type[BreakpointCache]] = {
    "off": NoCache,
    "automatic": PrefixCache,
    "breakpoint": BreakpointCache,
}
