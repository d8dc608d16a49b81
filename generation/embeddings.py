"""Embeddings by an OpenAI-compatible server, in the place of the small embedder that ships with signals."""

import hashlib
import os
from collections.abc import Sequence

import numpy as np
from django.conf import settings
from django.db import connection
from numpy.typing import NDArray

from generation.failures import ModelFailure
from generation.llm import embed
from generation.profiles import ModelProfile
from generation.servers import server_of
from signals.handed import CannotEmbed, Embed

_OPENAI = "https://api.openai.com/v1"
_USUAL = "text-embedding-3-small"
# So many texts, and so many characters, go out together.
_TEXTS, _CHARACTERS = 128, 60_000
# A text that a server finds too long is read in part; one as short as this it must take.
_SHORTEST = 200
_LONGEST_NAME = 90
_SENTENCES = {
    "bad_key": "The embedding server refused the key. Check FILL_EMBED_API_KEY.",
    "unknown_model": "The embedding server has no model “{model}”. Check FILL_EMBED_MODEL and its address.",
    "rate_limit": "The embedding server is taking no more requests for now.",
    "quota": "The account of the embedding server has no credit left. Ask whoever pays for it.",
    "unreachable": "The embedding server cannot be reached. Check that it runs, and FILL_EMBED_BASE_URL.",
    "first_token_timeout": "The embedding server did not answer in time.",
    "no_model": "What answers at FILL_EMBED_BASE_URL gives no embeddings.",
    "bad_request": "The embedding server refused the request: {said}",
}
_FAILED = "The embedding server failed."
_NO_ADDRESS = (
    "FILL_EMBED_MODEL is set, but no server: set FILL_EMBED_BASE_URL, or OPENAI_BASE_URL, or a key of OpenAI."
)


def find_embedder() -> Embed | None:
    """The embedder that the settings name; None where they name none."""
    if not (settings.FILL_EMBED_MODEL or settings.FILL_EMBED_BASE_URL):
        return None
    own_key = "FILL_EMBED_API_KEY"
    key_variable = own_key if os.environ.get(own_key) else "OPENAI_API_KEY"
    address = settings.FILL_EMBED_BASE_URL or os.environ.get("OPENAI_BASE_URL", "")
    # Never to OpenAI unless a key of theirs says so: what is embedded is private.
    if not address and os.environ.get(key_variable):
        address = _OPENAI
    return ServerEmbedder(
        ModelProfile.model_validate(
            {
                "name": "embedder",
                "model": settings.FILL_EMBED_MODEL or _USUAL,
                "base_url": address,
                "key_variable": key_variable,
                # Guards wait for it: one that is away is noticed soon, one that is slow has its time.
                "connect_timeout": 5,
                "first_token_timeout": 60,
                "retries": 1,
            }
        )
    )


class ServerEmbedder:
    """Vectors of a model behind an OpenAI-compatible endpoint; its vectors are known by the model's name."""

    def __init__(self, profile: ModelProfile) -> None:
        self._profile = profile

    @property
    def name(self) -> str:
        """The model's own name, cut so that it fits into what is kept by it."""
        model = self._profile.model
        if len(model) <= _LONGEST_NAME:
            return model
        return f"{model[: _LONGEST_NAME - 9]}-{hashlib.sha256(model.encode()).hexdigest()[:8]}"

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row for each text, (n, dimensions); a blank one's is all zeros. Raises `CannotEmbed`."""
        if not self._profile.base_url:
            raise CannotEmbed(_NO_ADDRESS)
        # Nobody waits for a server with a connection to the database in hand.
        if not connection.in_atomic_block:
            connection.close()
        said = [number for number, text in enumerate(texts) if text.strip()]
        # Something must say how many dimensions there are.
        made = self._embed([texts[number] for number in said] or ["-"])
        vectors = np.zeros((len(texts), made.shape[1]), np.float32)
        vectors[said] = made[: len(said)]
        return vectors

    def _embed(self, texts: list[str]) -> NDArray[np.float32]:
        rows: list[list[float]] = []
        start = 0
        while start < len(texts):
            end, characters = start + 1, len(texts[start])
            while end < min(len(texts), start + _TEXTS) and characters + len(texts[end]) <= _CHARACTERS:
                characters += len(texts[end])
                end += 1
            rows += self._ask(texts[start:end])
            start = end
        if len({len(row) for row in rows}) != 1:
            raise CannotEmbed("The embedding server gave vectors of different lengths.")
        return np.asarray(rows, np.float32)

    def _ask(self, texts: list[str]) -> list[list[float]]:
        """One request, or several smaller ones where the server finds a text too long for it."""
        try:
            return self._ask_once(texts)
        except ModelFailure as failure:
            if failure.code != "too_long":
                raise CannotEmbed(self._say(failure)) from failure
        if len(texts) > 1:
            middle = len(texts) // 2
            return self._ask(texts[:middle]) + self._ask(texts[middle:])
        if len(texts[0]) <= _SHORTEST:
            raise CannotEmbed("The embedding server takes no texts of even a few words.")
        # Its beginning stands for all of it.
        return self._ask([texts[0][: len(texts[0]) // 2]])

    def _ask_once(self, texts: list[str]) -> list[list[float]]:
        server = server_of(self._profile)
        # One that failed again and again is left alone for a while, so that no guard waits for it.
        server.check_up()
        try:
            rows = embed(self._profile, texts)
        except ModelFailure as failure:
            server.failed(failure.code, for_good=True)
            raise
        server.answered()
        return rows

    def _say(self, failure: ModelFailure) -> str:
        return _SENTENCES.get(failure.code, _FAILED).format(model=self._profile.model, said=failure)
