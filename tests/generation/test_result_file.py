"""The result file: exactly the shape that scripts and checks rely on."""

import uuid
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.utils import timezone

from generation.models import Fill, Report, Request
from generation.result_file import write_result
from generation.review import save_edit
from templates.publish import publish, save_draft
from tests.factories import VALUES, finish, finish_all, make_body, make_document, make_report

pytestmark = pytest.mark.django_db
TOP = ["template", "version", "title", "seconds", "usage", "documents", "blocks"]
BLOCK = ["block", "kind", "status", "attempts", "problems", "value", "text", "readings", "evidence", "error"]


def written(report: Report) -> dict[str, Any]:
    """The file as a script reads it."""
    data: dict[str, Any] = orjson.loads(orjson.dumps(write_result(report)))
    return data


def block_of(report: Report, key: str) -> dict[str, Any]:
    block: dict[str, Any] = next(one for one in written(report)["blocks"] if one["block"] == key)
    return block


def ask(fill: Fill, **tokens: int) -> None:
    Request.objects.create(
        fill=fill, attempt=uuid.uuid4(), profile="p", seconds=1, outcome="answered", **tokens
    )


def test_the_keys_are_those_that_were_promised() -> None:
    report = make_report()
    finish_all(report)

    result = written(report)

    assert list(result) == TOP
    assert list(result["usage"]) == ["input_tokens", "cached_tokens", "output_tokens", "calls"]
    assert [list(one) for one in result["documents"]] == [["name", "pages", "tokens", "warnings"]]
    assert [list(one) for one in result["blocks"]] == [BLOCK] * 4


def test_a_report_on_a_version_names_template_and_version() -> None:
    template = save_draft(make_body(), slug="minutes")
    version = publish(template)

    result = written(make_report(version.snapshot, template=template, version=version, title="March"))

    assert (result["template"], result["version"], result["title"]) == ("minutes", 1, "March")


def test_a_report_on_a_file_names_the_template_and_has_no_version() -> None:
    result = written(make_report())

    assert (result["template"], result["version"]) == ("Minutes", None)


@pytest.mark.parametrize("block", VALUES)
def test_every_kind_has_its_own_value(block: str) -> None:
    report = make_report()
    finish_all(report)

    assert block_of(report, block)["value"] == VALUES[block]


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ("summary", "All went well."),
        ("risks", "- The tenant may leave."),
        ("outcome", "Deferred"),
        ("actions", "Action\tCost\nMend the roof\t€ 1,200"),
    ],
)
def test_every_value_stands_there_as_plain_text_too(block: str, text: str) -> None:
    report = make_report()
    finish_all(report)

    assert block_of(report, block)["text"] == text


def test_blocks_come_in_the_order_of_the_template() -> None:
    assert [one["block"] for one in written(make_report())["blocks"]] == list(VALUES)


def test_a_block_not_filled_yet_says_so() -> None:
    block = block_of(make_report(), "risks")

    assert (block["status"], block["value"], block["text"], block["error"]) == ("waiting", None, "", None)


def test_a_failed_block_has_its_reason() -> None:
    report = make_report()
    report.fills.filter(block="risks").update(state="failed", error_code="length", error="It was cut off.")

    block = block_of(report, "risks")

    assert block["status"] == "failed"
    assert block["error"] == {"code": "length", "message": "It was cut off."}


def test_problems_stand_with_the_value_until_a_person_edited_it() -> None:
    report = make_report()
    fill = finish(report, "risks", problems=("Too long.",))
    assert block_of(report, "risks")["problems"] == ["Too long."]

    save_edit(fill, {"items": [{"text": "Short."}]}, author=None, revision=0)

    assert block_of(report, "risks")["problems"] == []


def test_an_edited_value_is_the_value() -> None:
    report, edited = make_report(), {"chosen": ["Approved"]}
    save_edit(finish(report, "outcome"), edited, author=None, revision=0)

    assert block_of(report, "outcome")["value"] == edited
    assert block_of(report, "outcome")["text"] == "Approved"


def test_nothing_of_a_withheld_block_gets_out() -> None:
    report = make_report()
    fill = finish(report, "risks", problems=("The tenant may leave.",))
    assert fill.chosen is not None
    fill.chosen.readings = [{"signal": "s", "piece": "The tenant may leave."}]
    fill.chosen.save()
    report.fills.update(withheld=True)

    block = block_of(report, "risks")

    assert block["status"] == "withheld"
    assert "tenant" not in orjson.dumps(write_result(report)).decode()
    assert (block["value"], block["text"], block["problems"], block["readings"]) == (None, "", [], [])


def test_usage_sums_every_call_of_every_block() -> None:
    report = make_report()
    for block in ("risks", "outcome"):
        ask(report.fills.get(block=block), input_tokens=100, cached_tokens=60, output_tokens=7)

    assert written(report)["usage"] == {
        "input_tokens": 200,
        "cached_tokens": 120,
        "output_tokens": 14,
        "calls": 2,
    }


def test_attempts_are_the_calls_a_block_took() -> None:
    report = make_report()
    for _ in range(2):
        ask(finish(report, "risks"))

    assert block_of(report, "risks")["attempts"] == 2


def test_a_block_written_offline_took_one_attempt_and_no_call() -> None:
    report = make_report()
    finish(report, "risks")
    report.fills.filter(block="risks").update(attempts=1)

    assert block_of(report, "risks")["attempts"] == 1
    assert written(report)["usage"]["calls"] == 0


def test_documents_stand_with_their_counts_and_warnings() -> None:
    document = make_document(name="b.txt")
    document.pages, document.warnings = 3, ["Page 2 is empty."]
    document.save()

    result = written(make_report(documents=[(document, "")]))

    assert result["documents"] == [
        {"name": "b.txt", "pages": 3, "tokens": document.tokens, "warnings": ["Page 2 is empty."]}
    ]


def test_seconds_go_from_the_start_to_the_last_block() -> None:
    report = make_report()
    assert written(report)["seconds"] == 0
    report.started = timezone.now()
    report.finished = report.started + timedelta(seconds=6.123)

    assert written(report)["seconds"] == 6.12


def test_cache_writes_and_cost_stand_in_the_usage_where_there_are_any() -> None:
    report = make_report()
    fills = finish_all(report)
    ask(fills["summary"], input_tokens=100, cached_tokens=60, cache_write_tokens=30, output_tokens=10)
    Request.objects.update(cost=0.00125)
    ask(fills["risks"], input_tokens=100, output_tokens=10)

    assert written(report)["usage"] == {
        "input_tokens": 200,
        "cached_tokens": 60,
        "output_tokens": 20,
        "calls": 2,
        "cache_write_tokens": 30,
        "cost": 0.00125,
    }


def test_a_note_says_that_another_model_than_the_reports_wrote() -> None:
    report = make_report()
    fills = finish_all(report)
    assert not any("notes" in block for block in written(report)["blocks"])

    fills["risks"].candidates.update(profile="second")

    note = f"Written by the model “second” in place of “{report.profile}”."
    assert block_of(report, "risks")["notes"] == [note]
    assert "notes" not in block_of(report, "summary")


def test_an_edit_by_a_person_is_nobody_elses_writing() -> None:
    report = make_report()
    fill = finish_all(report)["risks"]
    fill.candidates.update(profile="second")

    save_edit(fill, {"items": [{"text": "The tenant stays."}]}, author=None, revision=0)

    assert "notes" not in block_of(report, "risks")
