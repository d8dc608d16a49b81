"""Another embedder: everything is embedded anew, signals learn anew, and old readings stay marked."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.utils import timezone
from numpy.typing import NDArray

from signals.backfilling import embedding as module
from signals.backfilling.backfill import run_waiting, start_due
from signals.backfilling.embedding import forget_vectors, run_waiting_embedding, start_due_embedding
from signals.backfilling.retraining import any_to_retrain
from signals.handed import CannotEmbed, hands
from signals.models import Embedding, EmbeddingPass, Reading, Sample, Signal, Text
from signals.teaching import background, lesson
from signals.vectors import embed_missing, embedder_name, vectors_of
from tests.signals.texts import PLAIN, PROMISES, keep, rest, teach
from tests.simulated_llm.embeddings import embed_words

pytestmark = pytest.mark.django_db
State = EmbeddingPass.State


class OtherEmbedder:
    """Vectors by words, of another width than the one that ships."""

    name = "other"
    is_broken = False

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.is_broken:
            raise CannotEmbed("The embedding server cannot be reached.")
        return np.array([embed_words(text) for text in texts], np.float32)


@pytest.fixture
def other() -> Iterator[OtherEmbedder]:
    yield OtherEmbedder()
    hands.embed = None


@pytest.fixture
def signal() -> Signal:
    for number in range(12):
        keep(number, PROMISES[0] if number % 4 == 0 else f"{PLAIN[number % 4]} It was number {number}.")
    signal = teach()
    rest(signal)
    catch_up()
    return signal


def catch_up() -> None:
    start_due_embedding()
    run_waiting_embedding()
    start_due()
    run_waiting()


def test_every_sample_is_embedded_once(signal: Signal) -> None:
    assert EmbeddingPass.objects.get().state == State.DONE
    said = set(Sample.objects.values_list("sha256", flat=True))
    assert said <= set(Embedding.objects.values_list("sha256", flat=True))
    start_due_embedding()
    assert EmbeddingPass.objects.count() == 1


def test_a_changed_embedder_embeds_learns_and_reads_anew_by_itself(
    signal: Signal, other: OtherEmbedder
) -> None:
    before = set(Reading.objects.values_list("made_by", flat=True))
    hands.embed = other
    start_due_embedding()
    assert set(Reading.objects.values_list("made_by", flat=True)) == before == {signal.made_by}
    run_waiting_embedding()
    fresh = Signal.objects.get()
    assert fresh.learned
    assert fresh.learned["embedder"] == "other"
    assert not any_to_retrain()
    rest(fresh)
    start_due()
    run_waiting()
    assert set(Reading.objects.values_list("made_by", flat=True)) == {fresh.made_by} != before
    assert not Reading.objects.filter(score=None).exists()


def test_an_embedder_that_is_away_is_asked_again_later(signal: Signal, other: OtherEmbedder) -> None:
    other.is_broken = True
    hands.embed = other
    start_due_embedding()
    run_waiting_embedding()
    waits = EmbeddingPass.objects.get(embedder=embedder_name())
    assert (waits.state, waits.done) == (State.RUNNING, 0)
    assert "cannot be reached" in waits.error
    other.is_broken = False
    run_waiting_embedding()
    assert EmbeddingPass.objects.get(pk=waits.pk).state == State.RUNNING, "not before its time"
    EmbeddingPass.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    run_waiting_embedding()
    assert EmbeddingPass.objects.get(pk=waits.pk).state == State.DONE


def test_going_back_to_the_first_embedder_embeds_only_what_is_new(
    signal: Signal, other: OtherEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.embed = other
    catch_up()
    keep(100, "Something that nobody said before.")
    hands.embed = None
    monkeypatch.setattr(module, "_FEW", 1)
    made = []

    def count(texts: Any) -> int:
        made.append(embed_missing(texts))
        return made[-1]

    monkeypatch.setattr(module, "embed_missing", count)
    catch_up()
    assert sum(made) == 1
    learned, before = Signal.objects.get().learned, signal.learned
    assert learned
    assert before
    assert learned["embedder"] == before["embedder"]


def test_a_signal_without_labels_stays_as_it_is(signal: Signal, other: OtherEmbedder) -> None:
    signal.labels.all().delete()
    hands.embed = other
    catch_up()
    assert Signal.objects.get().learned == signal.learned
    assert not any_to_retrain()


def test_vectors_of_words_that_nothing_says_are_forgotten(signal: Signal) -> None:
    vectors_of(["A phrase somebody searched for."])
    Text.objects.filter(origin="candidate:1").delete()
    assert forget_vectors() == 3
    assert set(Embedding.objects.values_list("sha256", flat=True)) == set(
        Sample.objects.values_list("sha256", flat=True)
    )


def test_a_signal_is_taught_on_what_is_known_while_the_embedder_is_away(
    signal: Signal, other: OtherEmbedder
) -> None:
    # As in a process of its own, before and after.
    background._ordinary.cache_clear()
    hands.embed = other
    catch_up()
    forget_vectors()
    background._ordinary.cache_clear()
    other.is_broken = True
    learned = lesson.teach(Signal.objects.get()).signal.learned
    assert learned
    assert learned["embedder"] == other.name


def test_vectors_of_an_embedder_that_nothing_uses_are_forgotten(signal: Signal, other: OtherEmbedder) -> None:
    old = embedder_name()
    hands.embed = other
    start_due_embedding()
    forget_vectors()
    assert Embedding.objects.filter(embedder=old).exists(), "the signal still reads by them"
    run_waiting_embedding()
    forget_vectors()
    assert set(Embedding.objects.values_list("embedder", flat=True)) == {embedder_name()}


def test_a_pass_that_was_given_up_is_not_begun_anew_at_once(signal: Signal) -> None:
    EmbeddingPass.objects.update(state=State.FAILED)
    keep(100, "Something that nobody said before.")
    start_due_embedding()
    assert EmbeddingPass.objects.get().state == State.FAILED


def test_vectors_of_another_length_are_not_kept_beside_those_of_the_same_name(
    signal: Signal, other: OtherEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.embed = other
    before = vectors_of(PLAIN)
    monkeypatch.setattr(OtherEmbedder, "__call__", lambda self, texts: np.ones((len(texts), 7), np.float32))
    with pytest.raises(CannotEmbed, match="another length"):
        vectors_of(["Said after the server was changed."])
    assert (vectors_of(PLAIN) == before).all()
