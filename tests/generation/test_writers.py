"""Writers: how a request is made of a block, and what is no usable answer."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest

from generation.fill_block import Failure, Outcome, fill_block
from generation.offline import DocumentFinder
from generation.prompt import make_messages, write_own_part
from generation.writers import ModelWriter, OfflineWriter, Unusable
from tests.factories import BLOCKS, OWN_PART, TRANSCRIPT, make_body, make_call, make_profile
from tests.simulated_llm import Behaviour, Fault, SimulatedLLM

SUMMARY, ACTIONS, RISKS, OUTCOME = BLOCKS[2:]
MakeWriter = Callable[..., ModelWriter]
TABLE = {"rows": [{"Action": "Mend the roof", "Cost": "1200"}]}


@pytest.fixture(scope="module")
def server() -> Iterator[SimulatedLLM]:
    with SimulatedLLM() as llm:
        yield llm


@pytest.fixture
def llm(server: SimulatedLLM) -> SimulatedLLM:
    server.reset(Behaviour(part_after=OWN_PART, words=20))
    return server


@pytest.fixture
def make_writer(llm: SimulatedLLM) -> MakeWriter:
    def make(block: dict[str, Any] = SUMMARY, **profile: object) -> ModelWriter:
        body, chosen = make_body([block]), make_profile(llm.base_url, **profile)
        one = body.fillable[0]
        form = one.type.ask(one.parsed_settings)
        own = write_own_part(one, form, body, [], enforced=chosen.enforce == "schema")
        messages = make_messages(chosen, TRANSCRIPT, own)
        return ModelWriter(one, form, chosen, messages, make_call(), "", lambda text: None)

    return make


def fill(writer: ModelWriter) -> Outcome:
    settings = writer.block.parsed_settings
    return fill_block(writer, lambda value: writer.block.type.problems(value, settings))


def formats(llm: SimulatedLLM) -> list[bool]:
    """For each request, whether it made the server enforce a schema."""
    return ["response_format" in record.body for record in llm.requests]


def text_of(outcome: Outcome, block: dict[str, Any]) -> str:
    assert outcome.chosen is not None
    return make_body([block]).fillable[0].type.text(outcome.drafts[outcome.chosen].value)


UNUSABLE = [
    ("refusal", "refusal", "Reword its instructions", SUMMARY),
    ("content_filter", "refusal", "Reword its instructions", SUMMARY),
    ("length", "length", "ask for less in its settings", SUMMARY),
    ("empty", "empty", "Generate it again", SUMMARY),
    ("invalid_json", "invalid", "The model's answer is not a table: ", ACTIONS),
    ("wrong_shape", "invalid", "The model's answer is not a table: ", ACTIONS),
    ("wrong_shape", "invalid", "The model's answer is not a selection: ", OUTCOME),
]


@pytest.mark.parametrize(("fault", "code", "sentence", "block"), UNUSABLE)
def test_an_unusable_answer_is_asked_for_once_more(
    llm: SimulatedLLM, make_writer: MakeWriter, fault: Any, code: str, sentence: str, block: dict[str, Any]
) -> None:
    llm.add_fault(Fault(fault))
    writer = make_writer(block)

    outcome = fill(writer)

    assert outcome.failure is None
    assert outcome.chosen == 0
    assert [one.outcome for one in writer.made] == [code, "answered"]


@pytest.mark.parametrize(("fault", "code", "sentence", "block"), UNUSABLE)
def test_a_block_fails_with_its_sentence_when_both_answers_are_unusable(
    llm: SimulatedLLM, make_writer: MakeWriter, fault: Any, code: str, sentence: str, block: dict[str, Any]
) -> None:
    llm.add_fault(Fault(fault, count=None))
    writer = make_writer(block)

    outcome = fill(writer)

    assert outcome.drafts == []
    assert outcome.failure is not None
    assert outcome.failure.code == code
    assert sentence in outcome.failure.sentence
    assert [one.outcome for one in writer.made] == [code, code]


def test_a_refusal_in_plain_words_is_a_refusal(llm: SimulatedLLM, make_writer: MakeWriter) -> None:
    llm.reset(Behaviour(answers={"": "I'm sorry, but I can't help with that request."}))

    with pytest.raises(Unusable) as caught:
        make_writer().write()

    assert caught.value.code == "refusal"
    assert "You may write this" in caught.value.tell_model


def test_an_answer_with_problems_is_asked_for_once_more_with_them(
    llm: SimulatedLLM, make_writer: MakeWriter
) -> None:
    llm.reset(Behaviour(answers={"at most 60 were asked": "Short.", "": "word " * 70}))

    outcome = fill(make_writer())

    assert text_of(outcome, SUMMARY) == "Short."
    assert [len(draft.problems) for draft in outcome.drafts] == [1, 0]
    sent = llm.requests[1].body["messages"]
    assert sent[:2] == llm.requests[0].body["messages"]
    assert sent[2] == {"role": "assistant", "content": ("word " * 70).strip()}
    assert "- The text has 70 words; at most 60 were asked for." in sent[3]["content"]


def test_a_server_that_fails_in_the_second_asking_leaves_the_first_draft(
    llm: SimulatedLLM, make_writer: MakeWriter
) -> None:
    llm.reset(Behaviour(answers={"": "word " * 70}))
    llm.add_fault(Fault("server_error", after=1, count=None))

    outcome = fill(make_writer())

    assert outcome.failure is None
    assert text_of(outcome, SUMMARY).split() == ["word"] * 70


def test_a_prompt_profile_enforces_the_schema_only_in_the_second_asking(
    llm: SimulatedLLM, make_writer: MakeWriter
) -> None:
    llm.add_fault(Fault("wrong_shape"))

    fill(make_writer(ACTIONS))

    assert formats(llm) == [False, True]
    asked = llm.requests[0].asked
    assert asked is not None
    assert "JSON Schema: {" in asked.part


def test_a_schema_profile_enforces_the_schema_at_once_and_does_not_show_it(
    llm: SimulatedLLM, make_writer: MakeWriter
) -> None:
    fill(make_writer(ACTIONS, schema="schema"))

    assert set(formats(llm)) == {True}
    assert b"JSON Schema" not in llm.requests[0].raw_body


def test_prose_is_never_sent_with_a_schema(llm: SimulatedLLM, make_writer: MakeWriter) -> None:
    llm.add_fault(Fault("empty"))

    fill(make_writer(SUMMARY, schema="schema"))

    assert formats(llm) == [False, False]


def test_a_server_that_takes_no_schema_still_gives_the_first_draft(
    llm: SimulatedLLM, make_writer: MakeWriter
) -> None:
    too_many = orjson.dumps({"items": [f"Risk {number}" for number in range(5)]}).decode()
    llm.reset(Behaviour(answers={"": too_many}))
    llm.add_fault(Fault("reject_format", count=None))

    outcome = fill(make_writer(RISKS))

    assert outcome.failure is None
    assert len(outcome.drafts) == 2
    assert formats(llm) == [False, True, False]


def test_a_refused_schema_is_said_in_words_and_not_tried_for_the_next_block(
    llm: SimulatedLLM, make_writer: MakeWriter
) -> None:
    llm.reset(Behaviour(answers={"": orjson.dumps(TABLE).decode()}))
    llm.add_fault(Fault("reject_format", count=None))

    first, second = [fill(make_writer(ACTIONS, schema="schema")) for _ in range(2)]

    assert first.failure is second.failure is None
    assert formats(llm) == [True, False, False]
    assert [b"JSON Schema: {" in record.raw_body for record in llm.requests] == [False, True, True]


def test_an_answer_that_was_cut_off_is_not_shown_again(llm: SimulatedLLM, make_writer: MakeWriter) -> None:
    llm.add_fault(Fault("length"))

    fill(make_writer())

    sent = llm.requests[1].body["messages"]
    assert [one["role"] for one in sent] == ["system", "user"]
    assert "Write a shorter one that is complete." in sent[1]["content"]


@pytest.mark.parametrize("line", ["# Summary", "**Summary**", "SUMMARY:", "Summary"])
def test_a_first_line_that_repeats_the_title_is_dropped(
    llm: SimulatedLLM, make_writer: MakeWriter, line: str
) -> None:
    llm.reset(Behaviour(answers={"": f"{line}\n\nThe lease was deferred."}))

    assert text_of(fill(make_writer()), SUMMARY) == "The lease was deferred."


def test_an_answer_that_is_the_title_alone_is_kept(llm: SimulatedLLM, make_writer: MakeWriter) -> None:
    llm.reset(Behaviour(answers={"": "Summary"}))

    assert text_of(fill(make_writer()), SUMMARY) == "Summary"


def test_an_answer_is_cleaned_once_on_entry(llm: SimulatedLLM, make_writer: MakeWriter) -> None:
    llm.reset(Behaviour(answers={"": "The lease\x07 was deferred."}))

    assert text_of(fill(make_writer()), SUMMARY) == "The lease\ufffd was deferred."


def test_the_cost_of_every_draft_is_known(llm: SimulatedLLM, make_writer: MakeWriter) -> None:
    llm.reset(Behaviour(answers={"": "word " * 70}))
    llm.add_fault(Fault("server_error"))

    outcome = fill(make_writer(retries=1))

    assert [draft.calls for draft in outcome.drafts] == [2, 3]


def test_the_offline_writer_is_asked_once_and_makes_no_call() -> None:
    block = make_body([ACTIONS | {"settings": ACTIONS["settings"] | {"max_rows": 1}}]).fillable[0]
    writer = OfflineWriter(block, DocumentFinder([TRANSCRIPT]))

    outcome = fill_block(writer, lambda value: ["A problem."])

    assert len(outcome.drafts) == 1
    assert outcome.drafts[0].problems == ["A problem."]
    assert writer.made == []


def test_the_offline_writer_fails_with_a_sentence_when_nothing_fits() -> None:
    writer = OfflineWriter(make_body([SUMMARY]).fillable[0], DocumentFinder([]))

    outcome = fill_block(writer, lambda value: [])

    assert outcome.failure == Failure(
        "nothing_found",
        "Nothing in the documents fits this block. "
        "Add a document that says it, or let a language model write this block.",
    )
