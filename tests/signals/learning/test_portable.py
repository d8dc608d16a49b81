"""Taking a signal elsewhere, and bringing one back."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from signals.learning.learn import learn
from signals.learning.portable import SNIPPET, BadFile, Portable, read, write
from signals.learning.static import StaticEmbedder
from tests.signals.learning.invented import PLAIN, PROMISES, join

LEARNED = learn(join(PROMISES[::3]), join(PLAIN[::30]), join(PLAIN), embedder=StaticEmbedder.name)
SIGNAL = Portable("promises", "Does it promise an outcome?", LEARNED)


def test_a_downloaded_signal_comes_back_as_it_was() -> None:
    assert read(write(SIGNAL)) == SIGNAL
    assert read(write(SIGNAL).encode()) == SIGNAL


def test_the_snippet_scores_as_we_do_where_there_is_no_fill(tmp_path: Path) -> None:
    (tmp_path / "signal.json").write_text(write(SIGNAL))
    (tmp_path / "score_signal.py").write_text(SNIPPET.read_text())
    texts = [*PROMISES[1:4], *PLAIN[1:4], "URGENT!! Win £1,000 (or more): call NOW?", "x", "Zürich, 漢字 😀"]
    ran = subprocess.run(
        [sys.executable, "-I", "score_signal.py", "signal.json"],
        input="\n".join(texts),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=True,
        timeout=60,
    )
    lines = [line.split("\t") for line in ran.stdout.splitlines()]
    assert [line[2] for line in lines] == texts
    scores = LEARNED.score(join(texts))
    assert np.allclose([float(line[0]) for line in lines], scores, atol=2e-3)
    assert [line[1] for line in lines] == ["yes" if score >= LEARNED.threshold else "no" for score in scores]


def test_the_snippet_does_not_import_the_product() -> None:
    snippet = SNIPPET.read_text()
    assert "signals" not in snippet
    assert "sklearn" not in snippet
    # Short enough to read before running it.
    assert len(snippet.splitlines()) < 60


def broken(**changes: Any) -> str:
    return json.dumps({**json.loads(write(SIGNAL)), **changes})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a signal"),
        ("[1, 2]", "not a signal"),
        ("[" * 100_000, "not a signal"),
        ("\ud800", "not a signal"),
        ('{"format": "other"}', "not a signal"),
        (b"\xff\xfe\x00\x01PK", "not a signal"),
        ("x" * 2_000_000, "too large"),
        (broken(features="joined-0"), "another version"),
        (broken(name=7), "its name"),
        (broken(name="x" * 9_000), "its name"),
        (broken(embedder=None), "its embedder"),
        (broken(weights="many"), "“weights”"),
        (broken(weights=[1.0] * 9), "sizes"),
        (broken(weights=[1.0] * 70_000), "sizes"),
        (broken(dims=300), "sizes"),
        (broken(weights=[float("nan")] * LEARNED.width), "“weights”"),
        (broken(weights=[float("inf")] * LEARNED.width), "“weights”"),
        (broken(weights=[True] * LEARNED.width), "“weights”"),
        (broken(weights=[10**400] * LEARNED.width), "“weights”"),
        (broken(bias="0"), "“bias”"),
        (broken(bias=1e30), "“bias”"),
        (broken(chances=[0.5] * 3), "sizes"),
        (broken(chances=[0.9, 0.1] * 48), "chances"),
        (broken(low=3, high=2), "chances"),
        (broken(threshold=1.5), "chances"),
        (broken(unsure=[0.1]), "sizes"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(text: str | bytes, says: str) -> None:
    with pytest.raises(BadFile, match=says) as refused:
        read(text)
    assert str(refused.value).endswith(".")
