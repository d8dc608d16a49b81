"""The preview of a large template: following its draft takes no longer than a keystroke, and few queries."""

import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from generation.engine.work import _load_shared
from generation.examples import add_documents, add_example_case
from generation.models import CachedAnswer, Fill
from generation.previews import Standing, follow_draft
from generation.previews.standing import Seen
from templates.body import read_body
from templates.models import ReportTemplate, take_snapshot
from tests.factories import VALUES, finish, make_document
from tests.generation.previews.conftest import Studio

pytestmark = pytest.mark.django_db
# Of the process, not by the clock on the wall; a slow machine has three times as long.
_MOST_SECONDS = 0.15


@pytest.fixture(autouse=True)
def _model(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that nobody asks; keys of rows that were rolled back come again."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    _load_shared.cache_clear()


def make_studio(count: int) -> Studio:
    """A template of so many blocks whose preview is written and fresh; every fifth reads the one before."""
    blocks: list[dict[str, Any]] = [
        {
            "block": f"part_{number}",
            "kind": "long_text",
            "title": f"Part {number}",
            "instructions": f"What was said of item {number}, for someone who was not there.",
            "settings": {"max_words": 80},
            "after": [f"part_{number - 1}"] if number % 5 == 4 else [],
        }
        for number in range(count)
    ]
    body = {"fill": 1, "name": "Large", "blocks": blocks}
    template = ReportTemplate.objects.create(slug=f"large-{count}", draft=take_snapshot(read_body(body)))
    case = add_example_case(template)
    add_documents(case, [make_document("The committee agreed the budget and deferred the lease. " * 7_000)])
    studio = Studio(template, case, body)
    preview = studio.preview
    for block in blocks:
        finish(preview, block["block"], VALUES["summary"])
    seen = Seen(preview)
    for key, fill in seen.fills.items():
        work, chosen = seen.work(key), fill.chosen
        assert work
        assert chosen
        chosen.own, chosen.asked = work.own, work.asked
        chosen.save()
    return studio


def test_following_takes_the_same_queries_for_few_blocks_and_many() -> None:
    counted = []
    for count in (10, 60):
        studio = make_studio(count)
        # The outline is shown to all blocks.
        studio.body = studio.body | {"blocks": [*studio.body["blocks"][1:], studio.body["blocks"][0]]}
        studio.template.draft = take_snapshot(read_body(studio.body))
        studio.template.save()
        preview = studio.preview
        with CaptureQueriesContext(connection) as queries:
            followed = follow_draft(preview)
        assert len(followed.all_that_are(Standing.STALE)) == count
        counted.append(len(queries))

    print(f"\nfollowing: {counted} queries")
    assert counted[0] == counted[1]
    assert counted[0] <= 40


def test_following_a_saved_block_of_sixty_takes_no_longer_than_a_keystroke() -> None:
    studio = make_studio(60)
    studio.change("part_3", instructions="Only the lease.")
    took = []
    for number in range(5):
        studio.body["blocks"][7]["instructions"] = f"Only item {number}."
        studio.template.draft = take_snapshot(read_body(studio.body))
        studio.template.save()
        preview = studio.preview
        began = time.process_time()
        followed = follow_draft(preview)
        took.append(time.process_time() - began)
        assert sorted(followed.all_that_are(Standing.OUTDATED)) == ["part_3", "part_7"]

    print(f"\nfollowing 60 blocks: {[round(one * 1000) for one in took]} ms of CPU")
    assert min(took) < _MOST_SECONDS
    assert Fill.objects.filter(stale=True).count() == 2
    assert not CachedAnswer.objects.exists()
