"""The default embedder."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from signals.learning.static import StaticEmbedder

embed = StaticEmbedder()


def cosine(one: str, other: str) -> float:
    first, second = embed([one, other])
    return float(first @ second / np.linalg.norm(first) / np.linalg.norm(second))


def test_texts_that_mean_alike_lie_near_each_other() -> None:
    assert cosine("The payment was refused.", "My card was declined.") > cosine(
        "The payment was refused.", "Roses need pruning in spring."
    )


def test_an_empty_text_is_all_zeros_and_an_odd_one_a_number() -> None:
    vectors = embed(["", "   ", "\x00\ud800", "😀" * 50, "漢字", "a" * 3000])
    assert vectors.shape == (6, embed.dims)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    assert not vectors[0].any()


def test_no_texts_are_no_vectors() -> None:
    assert embed([]).shape == (0, embed.dims)


def test_a_text_has_the_same_vector_whatever_stands_beside_it() -> None:
    texts = ["One.", "Two sentences. Here.", "x " * 300_000, "", "Three."]
    assert np.array_equal(
        embed(texts)[[0, 1, 3, 4]],
        np.vstack([embed([t]) for t in ("One.", "Two sentences. Here.", "", "Three.")]),
    )


def test_its_vectors_are_those_of_the_package() -> None:
    check = (
        "from pathlib import Path\nimport numpy, wordllama\n"
        "from signals.learning.static import StaticEmbedder\n"
        "texts = ['The tenant moved out.', 'It cost 300 £', '漢字 and more']\n"
        "folder = Path(wordllama.__file__).parent\n"
        "theirs = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)\n"
        "assert numpy.allclose(StaticEmbedder()(texts), theirs.embed(texts), atol=1e-5)"
    )
    subprocess.run([sys.executable, "-c", check], check=True, timeout=60)


def test_it_loads_once_for_many_threads() -> None:
    fresh = StaticEmbedder()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: fresh(["The same text."]), range(16)))
    assert all(np.array_equal(found[0], one) for one in found)


def test_it_needs_neither_the_network_nor_the_packages_own_code() -> None:
    check = (
        "import sys, socket\n"
        "def refuse(*_): raise AssertionError('network')\n"
        "socket.socket.connect = refuse\n"
        "from signals.learning.static import StaticEmbedder; StaticEmbedder()(['A text.'])\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "assert not loaded & {'wordllama', 'requests', 'huggingface_hub'}, loaded"
    )
    subprocess.run([sys.executable, "-c", check], check=True, timeout=60)
