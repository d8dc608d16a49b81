"""Checks that cannot run: the report completes, and says which."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from generation.flags import shown_checks, shown_notes
from generation.models import Fill
from signals.handed import CannotEmbed, hands
from signals.models import Signal
from tests.generation.engine.conftest import fill_all
from tests.generation.engine.guards.conftest import MakeGuarded, now, readings, start
from tests.taught import teach

pytestmark = pytest.mark.usefixtures("worker", "transactional_db")


class Broken:
    """An embedding server that is away."""

    name = "broken"

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise CannotEmbed("The embedding server cannot be reached.")


@pytest.fixture
def broken(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A taught signal, and its embedder away."""
    signal = teach()
    assert signal.learned
    Signal.objects.update(learned=signal.learned | {"embedder": "broken"})
    monkeypatch.setattr(hands, "embed", Broken())


@pytest.mark.usefixtures("broken")
def test_a_check_that_cannot_run_lets_the_text_pass_and_says_so(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    report = make_guarded({"signal": "promises", "action": "withhold"}, {"signal": "gone"})
    fills = fill_all(report)
    assert {fill.state for fill in fills.values()} == {Fill.State.DONE}
    assert shown_notes(now(report)) == [
        "This check did not run: Promises an outcome. The embedding server cannot be reached.",
        "This check did not run: gone. There is no signal of this name any more, or not yet. "
        "Tell whoever keeps the template.",
    ]
    assert shown_checks(now(report)) == []


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("action", ["flag", "resample"])
def test_where_the_template_wants_it_a_check_that_cannot_run_is_a_flag(
    action: str, make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    report = make_guarded({"signal": "promises", "action": action, "on_error": "fail"})
    fill_all(report)
    assert shown_checks(now(report)) == [
        "Promises an outcome. This check did not run. The embedding server cannot be reached."
    ]
    assert now(report).candidates.count() == 1


@pytest.mark.usefixtures("broken")
def test_where_the_template_wants_it_what_cannot_be_checked_is_withheld(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    report = make_guarded({"signal": "promises", "action": "withhold", "on_error": "fail"})
    start(report)
    assert now(report).withheld
    assert now(report, "conclusion").state == Fill.State.WAITING


def test_an_archived_and_an_untaught_signal_do_not_run(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach("old", "Old", archived="2026-01-01T00:00:00Z")
    Signal.objects.create(name="new", title="New", kind="few_shot")
    Signal.objects.create(name="odd", title="Odd", kind="no-such-kind")
    report = make_guarded({"signal": "old"}, {"signal": "new"}, {"signal": "odd"})
    fill_all(report)
    assert [one.error for one in readings(report)] == [
        "Its signal is archived. Tell whoever keeps the template.",
        "It has not been taught yet.",
        "Fill itself failed on it; its log has the details.",
    ]
