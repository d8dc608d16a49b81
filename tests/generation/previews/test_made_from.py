"""What a preview is made from, what it costs, and how long its answers are remembered."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from generation.engine.known import forget_unused
from generation.examples import add_documents, add_example_case, remove_document
from generation.models import CachedAnswer, Candidate
from generation.previews import (
    add_up,
    costs,
    find_preview,
    follow_draft,
    refresh_all,
)
from generation.reports import CannotStart
from tests.factories import OWN_PART, make_document, make_report
from tests.generation.engine.conftest import fill_all
from tests.generation.previews.conftest import QUEUE, Studio
from tests.simulated_llm import Behaviour, SimulatedLLM

pytestmark = pytest.mark.usefixtures("worker")
FRESH = {"summary": "fresh", "risks": "fresh", "end": "fresh"}


def test_another_document_makes_all_outdated_and_going_back_fresh(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    (added,) = add_documents(studio.case, [make_document("The tenant may leave.", "letter.txt")])

    assert set(studio.standings.values()) == {"outdated"}
    remove_document(added)

    assert studio.standings == FRESH


def test_another_model_makes_all_stale(
    studio: Studio, llm: SimulatedLLM, settings: Settings, tmp_path: Path
) -> None:
    studio.write()

    settings.FILL_MODEL = "another"

    assert set(studio.standings.values()) == {"stale"}
    studio.write()
    assert studio.standings == FRESH
    settings.FILL_MODEL = ""
    assert studio.standings == FRESH


def test_a_preview_writes_one_version_however_many_the_template_wants(
    studio: Studio, llm: SimulatedLLM
) -> None:
    studio.change("risks", candidates=3)

    studio.write("risks")

    assert len(llm.requests) == 1
    assert llm.requests[0].body["temperature"] == 0


def test_writing_anew_asks_again_and_replaces_what_is_known(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "Another one."}))

    risks = studio.write("risks", anew=True)["risks"]

    assert "Another one." in str(risks.current_value)
    assert len(llm.requests) == 1
    studio.change("risks", title="Dangers")
    studio.change("risks", title="Risks")
    assert "Another one." in str(studio.wait()["risks"].current_value)


def test_without_documents_a_preview_is_shown_and_not_written(studio: Studio, llm: SimulatedLLM) -> None:
    case = add_example_case(studio.template, "Empty")
    preview = find_preview(studio.template, case, None)

    followed = follow_draft(preview)

    assert followed.cannot == "Add at least one document."
    assert set(followed.blocks) == set(FRESH)
    with pytest.raises(CannotStart, match="at least one document"):
        refresh_all(preview)


def test_the_offline_writer_writes_previews_too(studio: Studio) -> None:
    first = studio.write()["risks"].chosen
    studio.write(*studio.change("risks", instructions="Only the lease.").to_write)

    studio.change("risks", instructions="")

    again = studio.wait()["risks"].chosen
    assert first
    assert again
    assert (again.value, again.from_cache) == (first.value, True)
    assert studio.standings["risks"] == "fresh"


def test_the_costs_of_each_block_are_told_in_a_few_queries(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()

    with CaptureQueriesContext(connection) as queries:
        found = costs(studio.preview)
        whole = add_up(found.values())

    assert set(found) == set(FRESH)
    assert all(one.input_tokens and one.output_tokens and one.seconds for one in found.values())
    assert whole.input_tokens == sum(one.prompt_tokens for one in llm.requests)
    assert whole.cached_tokens == sum(one.cached_tokens for one in llm.requests)
    assert len(queries) < 9


def test_what_nobody_has_looked_at_for_a_month_is_forgotten(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    CachedAnswer.objects.filter(pk=CachedAnswer.objects.earliest("pk").pk).update(
        used=timezone.now() - timedelta(days=31)
    )

    assert forget_unused() == 1
    assert CachedAnswer.objects.count() == 2


def test_only_previews_are_remembered(studio: Studio, llm: SimulatedLLM) -> None:
    report = make_report(studio.template.draft, queue=QUEUE)

    fill_all(report)

    assert not CachedAnswer.objects.exists()
    assert not Candidate.objects.exclude(asked="").exists()
