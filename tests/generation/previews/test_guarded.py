"""Guards in a preview: what they say is of the guards and signals of now, and no model is asked for it."""

import pytest

from generation.guards.said import GuardReading
from generation.looking import look_at_report
from generation.models import Fill
from signals.changing import save_signal
from signals.models import Signal, Text
from tests.generation.previews.conftest import Studio
from tests.simulated_llm import SimulatedLLM
from tests.taught import NO, YES, teach

pytestmark = pytest.mark.usefixtures("worker")
# Of what the simulated model writes of the document.
SAYS = (
    "The committee agreed the budget.",
    "The committee deferred the lease.",
    "The roof survey is missing.",
)


def summary(studio: Studio) -> Fill:
    return studio.preview.fills.select_related("chosen").get(block="summary")


def readings(studio: Studio) -> list[GuardReading]:
    """What the guards said of what stands there."""
    chosen = summary(studio).chosen
    assert chosen
    return chosen.guard_readings


def scopes(studio: Studio) -> set[str]:
    return set(Text.objects.filter(tags__block="summary").values_list("scope", flat=True))


def test_a_guard_that_is_new_reads_what_stands_there(studio: Studio, llm: SimulatedLLM) -> None:
    teach("budget", "Speaks of the budget", SAYS, YES)
    studio.write()
    asked = len(llm.requests)

    look_at_report(studio.preview.pk)
    studio.change(guards=[{"signal": "budget", "action": "withhold", "blocks": ["summary"]}])
    assert summary(studio).withheld
    # Nor is it shown to whoever teaches signals.
    assert scopes(studio) == {f"withheld:{studio.preview.pk}"}
    assert [one.signal for one in readings(studio)] == ["budget"]

    studio.change(guards=[])
    assert not summary(studio).withheld
    assert scopes(studio) == {f"report:{studio.preview.pk}"}
    assert readings(studio) == []
    assert len(llm.requests) == asked


def test_a_signal_that_is_taught_otherwise_reads_again(studio: Studio, llm: SimulatedLLM) -> None:
    signal = teach("budget", "Speaks of the budget", SAYS, YES)
    studio.change(guards=[{"signal": "budget", "blocks": ["summary"]}])
    studio.write()
    asked = len(llm.requests)
    assert readings(studio)[0].flagged

    other = teach("other", "Other", YES, [*SAYS, *NO])
    Signal.objects.filter(pk=signal.pk).update(learned=other.learned)
    save_signal(Signal.objects.get(pk=signal.pk))
    studio.follow()
    assert not readings(studio)[0].flagged
    assert len(llm.requests) == asked


def test_an_answer_that_is_known_is_read_as_it_comes_back(studio: Studio, llm: SimulatedLLM) -> None:
    teach("budget", "Speaks of the budget", SAYS, YES)
    studio.change(guards=[{"signal": "budget", "blocks": ["summary"]}])
    studio.write()
    studio.change("summary", instructions="Something else.")
    studio.write("summary")
    studio.change("summary", instructions="")
    chosen = summary(studio).chosen
    assert chosen
    assert chosen.from_cache
    assert chosen.guard_readings[0].flagged
