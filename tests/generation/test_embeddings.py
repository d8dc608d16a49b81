"""Embeddings by a server: batched, cut where it must be, and a sentence for everything that goes wrong."""

from collections.abc import Iterator

import numpy as np
import orjson
import pytest
from pytest_django import Settings

from generation.embeddings import find_embedder
from signals.handed import CannotEmbed, Embed
from tests.simulated_llm import Behaviour, Fault, SimulatedLLM
from tests.simulated_llm.embeddings import DIMENSIONS, embed_words
from tests.simulated_llm.faults import FaultKind


@pytest.fixture
def llm() -> Iterator[SimulatedLLM]:
    with SimulatedLLM(Behaviour()) as llm:
        yield llm


@pytest.fixture
def embedder(llm: SimulatedLLM, settings: Settings) -> Embed:
    settings.FILL_EMBED_MODEL, settings.FILL_EMBED_BASE_URL = "words", llm.base_url
    found = find_embedder()
    assert found
    return found


def test_without_a_setting_there_is_no_embedder() -> None:
    assert find_embedder() is None


def test_texts_become_vectors_in_their_order(embedder: Embed) -> None:
    vectors = embedder(["the lease", "the roof", "the lease"])
    assert vectors.shape == (3, DIMENSIONS)
    assert np.allclose(vectors[0], embed_words("the lease"), atol=1e-6)
    assert np.array_equal(vectors[0], vectors[2])
    assert embedder.name == "words"


def test_many_texts_go_out_in_batches(embedder: Embed, llm: SimulatedLLM) -> None:
    assert len(embedder([f"text {number}" for number in range(300)])) == 300
    assert [len(one.body["input"]) for one in llm.requests] == [128, 128, 44]


def test_blank_texts_are_zeros_and_are_not_sent(embedder: Embed, llm: SimulatedLLM) -> None:
    vectors = embedder(["", "the roof", "  "])
    assert not vectors[0].any()
    assert vectors[1].any()
    assert llm.requests[0].body["input"] == ["the roof"]
    assert embedder([""]).shape == (1, DIMENSIONS)


def test_a_text_too_long_for_the_server_is_read_in_part(embedder: Embed, llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(window=100))
    vectors = embedder(["the roof", "word " * 400, "the lease"])
    assert np.allclose(vectors[0], embed_words("the roof"), atol=1e-6)
    assert np.allclose(vectors[2], embed_words("the lease"), atol=1e-6)
    assert vectors[1].any()


def test_a_passing_failure_is_tried_again(embedder: Embed, llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("unavailable"))
    assert embedder(["the roof"]).shape == (1, DIMENSIONS)
    assert len(llm.requests) == 2


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("wrong_key", "FILL_EMBED_API_KEY"),
        ("unknown_model", "no model “words”"),
        ("no_quota", "no credit left"),
        ("server_error", "failed"),
    ],
)
def test_each_failure_has_its_sentence(
    embedder: Embed, llm: SimulatedLLM, fault: FaultKind, sentence: str
) -> None:
    llm.add_fault(Fault(fault, count=None))
    with pytest.raises(CannotEmbed, match=sentence):
        embedder(["the roof"])


def test_a_server_that_is_away_says_so(settings: Settings) -> None:
    settings.FILL_EMBED_MODEL, settings.FILL_EMBED_BASE_URL = "words", "http://127.0.0.1:9/v1"
    embedder = find_embedder()
    assert embedder
    with pytest.raises(CannotEmbed, match="cannot be reached"):
        embedder(["the roof"])


def test_no_text_goes_to_openai_without_a_key_of_theirs(settings: Settings) -> None:
    settings.FILL_EMBED_MODEL = "text-embedding-3-small"
    embedder = find_embedder()
    assert embedder
    with pytest.raises(CannotEmbed, match="no server"):
        embedder(["the roof"])


def test_the_key_is_sent_and_its_own_comes_first(
    settings: Settings, llm: SimulatedLLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "for chats")
    monkeypatch.setenv("FILL_EMBED_API_KEY", "for vectors")
    settings.FILL_EMBED_BASE_URL = llm.base_url
    llm.reset(Behaviour(api_key="for vectors"))
    embedder = find_embedder()
    assert embedder
    assert len(embedder(["the roof"])) == 1


@pytest.mark.parametrize(
    "data",
    [
        [],
        [{"index": 0, "embedding": [1.0, 2.0]}],
        [{"index": at, "embedding": "AACAPw=="} for at in range(3)],
        [{"index": at, "embedding": []} for at in range(3)],
        [{"index": at, "embedding": [None, 1.0]} for at in range(3)],
    ],
)
def test_nonsense_is_no_vector(data: object, embedder: Embed, monkeypatch: pytest.MonkeyPatch) -> None:
    """One vector for three texts would have been kept for each of them."""
    answer = (200, orjson.dumps({"object": "list", "data": data}))
    monkeypatch.setattr("tests.simulated_llm.server.answer_embeddings", lambda *asked: answer)
    with pytest.raises(CannotEmbed, match="gives no embeddings"):
        embedder(["the lease", "the roof", "the door"])
