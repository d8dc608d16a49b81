"""Making a report: what it holds before the first call, and why it cannot be started."""

import pytest
from django.contrib.auth.models import User

from generation.models import Document, Fill, Report
from generation.profiles import ModelProfile, find_profile
from generation.prompt import SYSTEM
from generation.reports import CannotStart, check_documents, count_prompt, create_report, hash_inputs
from generation.tokens import count_tokens
from tests.factories import (
    BLOCKS,
    TRANSCRIPT,
    make_body,
    make_document,
    make_profile,
    make_report,
    make_snapshot,
)

OFFLINE = find_profile("offline")

pytestmark = pytest.mark.django_db
NEEDS = [
    {"key": "transcript", "name": "Transcript", "required": True},
    {"key": "agenda", "name": "Agenda"},
    {"key": "budget", "name": "Budget", "required": True},
]


def with_window(window: int) -> ModelProfile:
    return make_profile("http://x", window=window)


def test_a_report_has_an_empty_fill_for_each_block_in_order() -> None:
    report = make_report()

    fills = list(report.fills.all())
    assert [fill.block for fill in fills] == ["summary", "actions", "risks", "outcome"]
    assert [fill.kind for fill in fills] == ["long_text", "table", "bullets", "selection"]
    assert {fill.state for fill in fills} == {Fill.State.WAITING}


def test_a_report_keeps_its_documents_in_order_with_what_they_are() -> None:
    first, second = make_document(name="b.txt"), make_document("The roof leaks.", name="a.txt")

    report = make_report(documents=[(first, "transcript"), (second, "")])

    rows = report.report_documents.values_list("document__name", "slot")
    assert list(rows) == [("b.txt", "transcript"), ("a.txt", "")]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", "Minutes"),
        ("  \n", "Minutes"),
        (" March ", "March"),
        ("a\x00b", "a\ufffdb"),
        ("x" * 300, "x" * 255),
    ],
)
def test_a_title_is_cleaned_and_else_the_templates_name(given: str, kept: str) -> None:
    assert make_report(title=given).title == kept


def test_a_report_is_a_case_filled_offline_unless_said_otherwise() -> None:
    report = make_report()

    assert (report.purpose, report.profile, report.queue) == (Report.Purpose.CASE, "offline", "fill")


def test_without_documents_a_report_cannot_start() -> None:
    with pytest.raises(CannotStart, match=r"^Add at least one document\.$"):
        create_report(make_snapshot(), [])


def test_a_template_without_blocks_cannot_be_filled() -> None:
    with pytest.raises(CannotStart, match="no part to fill yet"):
        make_report(make_snapshot([{"heading": "Alone"}]))


def test_missing_required_documents_are_named() -> None:
    with pytest.raises(CannotStart) as caught:
        check_documents(make_body(documents=NEEDS), [(make_document(), "agenda")])

    assert str(caught.value) == (
        "This template needs: Transcript, Budget. Add it, or say which of your files it is."
    )


def test_with_every_required_document_it_can_start() -> None:
    document = make_document()

    check_documents(
        make_body(documents=NEEDS), [(document, "transcript"), (document, "budget"), (document, "")]
    )


def test_a_report_that_cannot_start_leaves_nothing_behind() -> None:
    snapshot, document = make_snapshot(), make_document()

    with pytest.raises(CannotStart):
        create_report(snapshot, [(document, "")], profile=with_window(10))

    assert not Report.objects.exists()
    assert Document.objects.filter(pk=document.pk).exists()


def test_documents_beyond_the_window_are_refused_with_the_figures() -> None:
    snapshot, document = make_snapshot(), make_document(TRANSCRIPT * 100)
    needed = count_prompt(snapshot.parsed, [(document, "")], with_window(1))

    with pytest.raises(CannotStart) as caught:
        create_report(snapshot, [(document, "")], profile=with_window(needed - 1000))

    assert str(caught.value) == (
        f"The documents need {needed:,} tokens with the prompt and the answer; "
        f"the model “simulated” can read {needed - 1000:,}. "
        "Leave out 1,000 tokens of documents, or use a model that reads more."
    )


def test_documents_that_just_fit_the_window_are_taken() -> None:
    snapshot, document = make_snapshot(), make_document()
    needed = count_prompt(snapshot.parsed, [(document, "")], with_window(1))

    create_report(snapshot, [(document, "")], profile=with_window(needed))


def test_a_prompt_is_counted_with_its_documents_and_room_for_the_longest_answer() -> None:
    document = make_document(TRANSCRIPT * 50)
    body = make_body([BLOCKS[2] | {"settings": {"max_words": 900}}, BLOCKS[5]])
    longest = body.fillable[0]

    needed = count_prompt(body, [(document, "")], with_window(1))

    room = longest.type.ask(longest.parsed_settings).max_tokens
    least = document.tokens + count_tokens(SYSTEM) + room
    assert least < needed < least + 250


@pytest.mark.parametrize(
    "profile", [make_profile("http://x"), make_profile("http://x", name="offline", window=5)]
)
def test_without_a_window_or_a_model_nothing_is_too_long(profile: ModelProfile) -> None:
    make_report(profile=profile)


def test_inputs_are_the_same_for_the_same_inputs_only() -> None:
    snapshot, document, other = make_snapshot(), make_document(), make_document("The roof leaks.")
    hashes = {
        hash_inputs(snapshot, [(document.sha256, "transcript")], OFFLINE),
        hash_inputs(snapshot, [(document.sha256, "transcript")], OFFLINE),
        hash_inputs(snapshot, [(document.sha256, "agenda")], OFFLINE),
        hash_inputs(snapshot, [(other.sha256, "transcript")], OFFLINE),
        hash_inputs(snapshot, [(document.sha256, "transcript")], make_profile("http://x")),
        hash_inputs(make_snapshot(tone="warm"), [(document.sha256, "transcript")], OFFLINE),
    }
    assert len(hashes) == 5


def test_every_fill_pins_its_inputs() -> None:
    owner = User.objects.create_user("alice")
    snapshot, document = make_snapshot(), make_document()

    report = make_report(snapshot, documents=[(document, "transcript")], owner=owner)

    pinned = hash_inputs(snapshot, [(document.sha256, "transcript")], OFFLINE)
    assert set(report.fills.values_list("inputs", flat=True)) == {pinned}
