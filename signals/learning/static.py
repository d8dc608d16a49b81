"""The default embedder: static word vectors that ship in a wheel, read without a network."""

import os
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from signals.clean import clean_text

_MODEL = "l2_supercat"
# So many characters are split into tokens at once, and so many tokens' vectors looked up: a call takes little
# memory, however long its texts.
_STRETCH, _TOKENS = 400_000, 4096


class StaticEmbedder:
    """The mean of a text's token vectors in wordllama's table (32,000 × 256, derived from Llama-2's).

    Reads the package's two data files itself: importing wordllama sets up logging for the whole process and
    may look for a download. Loaded at the first call, once for all threads.
    """

    name = "wordllama-l2_supercat-256"
    dims = 256

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: tuple[Tokenizer, NDArray[np.float32]] | None = None

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector a text, (n, 256); an empty text's is all zeros."""
        vectors = np.zeros((len(texts), self.dims), np.float32)
        start = 0
        while start < len(texts):
            end, characters = start + 1, len(texts[start])
            while end < len(texts) and characters + len(texts[end]) < _STRETCH:
                characters += len(texts[end])
                end += 1
            vectors[start:end] = self._embed(texts[start:end])
            start = end
        return vectors

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        tokenizer, table = self._load()
        encoded = tokenizer.encode_batch_fast([clean_text(text) for text in texts], add_special_tokens=False)
        return np.stack([_mean(table, np.asarray(one.ids, np.intp)) for one in encoded])

    def _load(self) -> tuple[Tokenizer, NDArray[np.float32]]:
        with self._lock:
            if self._loaded is None:
                # Workers fork and thread: the tokenizer's own threads would only fight them.
                os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
                folder = _package_folder()
                tokenizer = Tokenizer.from_file(
                    str(folder / "tokenizers" / f"{_MODEL}_tokenizer_config.json")
                )
                tokenizer.no_padding()
                tokenizer.no_truncation()
                table = load_file(str(folder / "weights" / f"{_MODEL}_{self.dims}.safetensors"))
                self._loaded = tokenizer, table["embedding.weight"].astype(np.float32)
            return self._loaded


def _mean(table: NDArray[np.float32], tokens: NDArray[np.intp]) -> NDArray[np.float32]:
    total = np.zeros(table.shape[1], np.float32)
    for start in range(0, len(tokens), _TOKENS):
        total += table[tokens[start : start + _TOKENS]].sum(axis=0)
    return total / np.float32(max(len(tokens), 1))


def _package_folder() -> Path:
    found = find_spec("wordllama")
    if found is None or found.origin is None:
        raise RuntimeError("The default embedder is not installed: run make install, or name another one.")
    return Path(found.origin).parent
