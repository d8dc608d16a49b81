"""Scores texts, one a line, with a downloaded signal: python score_signal.py signal.json < texts.txt

Needs numpy and the embedder that the signal names, here the one of `pip install wordllama`.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np


def embed(texts: list[str]) -> Any:
    import wordllama

    folder = Path(wordllama.__file__).parent
    return wordllama.WordLlama.load(cache_dir=folder, disable_download=True).embed(texts)


def describe(text: str) -> list[float]:
    letters = f" {' '.join(text.lower().split())} ".encode("utf-32-le", "replace")
    codes = hashed = np.frombuffer(letters, np.uint32).astype(np.uint64)
    spread, grams = np.uint64(0x9E3779B97F4A7C15), []
    for length in range(2, min(5, len(codes)) + 1):
        hashed = hashed[:-1] * spread + codes[length - 1 :]
        grams.append(hashed)
    found, counts = np.unique(np.concatenate(grams), return_counts=True)
    mixed = (found ^ (found >> np.uint64(29))) * spread >> np.uint64(40)
    places = ((mixed >> np.uint64(1)) % np.uint64(512)).astype(int)
    signed = np.where(mixed & np.uint64(1), 1.0, -1.0) * np.sqrt(counts)
    buckets = np.bincount(places, weights=signed, minlength=512)
    words = text.split()
    size, many = max(len(text), 1), max(len(words), 1)
    capitals = [sum(map(str.isupper, text)) / size, sum(w.isupper() and len(w) > 1 for w in words) / many]
    marks = [sum(map(text.count, kind)) / many for kind in ("!", "?", "\n", ",;:()", "$£€%")]
    shares = [sum(map(text.count, "0123456789")) / size, *capitals, *marks]
    surface = [np.log1p(len(words)) / 5, size / many / 10, *(min(share, 1.0) ** 0.5 for share in shares)]
    return [*(buckets / max(float(np.linalg.norm(buckets)), 1e-9)), *surface]


def score(signal: dict[str, Any], texts: list[str]) -> Any:
    meanings = np.asarray(embed(texts))
    lengths = np.linalg.norm(meanings, axis=1, keepdims=True)
    joined = np.hstack([meanings / np.where(lengths > 0, lengths, 1), [describe(text) for text in texts]])
    places = np.linspace(signal["low"], signal["high"], len(signal["chances"]))
    return np.interp(joined @ np.array(signal["weights"]) + signal["bias"], places, signal["chances"])


if __name__ == "__main__":
    signal, texts = json.loads(Path(sys.argv[1]).read_text("utf-8")), sys.stdin.read().splitlines()
    for text, chance in zip(texts, score(signal, texts), strict=True):
        print(f"{chance:.4f}\t{'yes' if chance >= signal['threshold'] else 'no'}\t{text}")
