"""What the server receives: everything before a block's own part is the same for all blocks."""

import re
from collections.abc import Iterator, Sequence

import orjson
import pytest
from django.contrib.auth.models import User

from generation import servers
from generation.engine.work import load_work
from generation.fill_block import fill_block
from generation.profiles import ModelProfile
from generation.prompt import PromptDocument, make_messages, write_own_part, write_shared_part
from generation.writers import ModelWriter
from templates.body import TemplateBody
from tests.factories import (
    BLOCKS,
    OWN_PART,
    TRANSCRIPT,
    make_body,
    make_call,
    make_document,
    make_profile,
    make_report,
    make_snapshot,
)
from tests.simulated_llm import Behaviour, SimulatedLLM

DOCUMENTS = [
    PromptDocument("minutes.txt", TRANSCRIPT, "transcript"),
    PromptDocument("b.txt", "Item 1. Roof."),
]
PROFILES = {
    "single": {},
    "split": {"messages": "split"},
    "key": {"cache": "key"},
    "breakpoint": {"cache": "breakpoint"},
}


@pytest.fixture(scope="module")
def llm() -> Iterator[SimulatedLLM]:
    with SimulatedLLM(Behaviour(part_after=OWN_PART, words=20)) as server:
        yield server


def ask_all(
    llm: SimulatedLLM,
    profile: ModelProfile,
    body: TemplateBody,
    documents: Sequence[PromptDocument] = (),
) -> list[bytes]:
    """The bodies of the requests that the server received, one a block."""
    llm.reset()
    shared = write_shared_part(documents or DOCUMENTS, body)
    for block in body.fillable:
        form = block.type.ask(block.parsed_settings)
        own = write_own_part(block, form, body, [], enforced=profile.enforce == "schema")
        messages = make_messages(profile, shared, own)
        ModelWriter(block, form, profile, messages, make_call(), "fill-7", lambda text: None).write()
    return [record.raw_body for record in llm.requests]


def up_to_own_part(raw: bytes) -> bytes:
    return raw[: raw.index(OWN_PART.encode())]


def messages_up_to_own_part(raw: bytes) -> bytes:
    return up_to_own_part(raw)[raw.index(b'"messages"') :]


@pytest.mark.parametrize("form", PROFILES)
def test_everything_before_the_block_is_byte_identical_for_all_blocks(llm: SimulatedLLM, form: str) -> None:
    profile = make_profile(llm.base_url, **PROFILES[form])

    bodies = ask_all(llm, profile, make_body())

    assert len(bodies) == 4
    assert len({up_to_own_part(raw) for raw in bodies}) == 1
    assert b"second roof quote" in up_to_own_part(bodies[0])


@pytest.mark.parametrize("form", PROFILES)
def test_with_enforced_schemas_the_messages_before_the_block_are_identical(
    llm: SimulatedLLM, form: str
) -> None:
    profile = make_profile(llm.base_url, schema="schema", **PROFILES[form])

    bodies = ask_all(llm, profile, make_body())

    assert len({messages_up_to_own_part(raw) for raw in bodies}) == 1


@pytest.mark.parametrize("form", PROFILES)
@pytest.mark.parametrize("enforce", ["prompt", "schema"])
def test_the_re_ask_and_a_refused_schema_leave_what_stands_before_the_block(
    llm: SimulatedLLM, form: str, enforce: str
) -> None:
    profile = make_profile(llm.base_url, schema=enforce, **PROFILES[form])
    servers.server_of(profile).takes_schemas = False
    first = ask_all(llm, profile, make_body())

    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "[]"}))
    body = make_body()
    shared = write_shared_part(DOCUMENTS, body)
    for block in body.fillable[1:]:
        form_of = block.type.ask(block.parsed_settings)
        own = write_own_part(block, form_of, body, [], enforced=enforce == "schema")
        writer = ModelWriter(
            block, form_of, profile, make_messages(profile, shared, own), make_call(), "fill-7", print
        )
        fill_block(writer, lambda value: ["It is empty."])

    again = [record.raw_body for record in llm.requests]
    assert len(again) == 6
    assert b"JSON Schema: {" in again[0]
    assert len({messages_up_to_own_part(raw) for raw in [*first, *again]}) == 1


def test_each_block_with_a_form_has_its_own_enforced_schema(llm: SimulatedLLM) -> None:
    bodies = ask_all(llm, make_profile(llm.base_url, schema="schema"), make_body())

    formats = [orjson.loads(raw).get("response_format") for raw in bodies]
    schemas = {orjson.dumps(one["json_schema"]["schema"]) for one in formats if one}
    assert formats[0] is None
    assert len(schemas) == 3
    assert b"JSON Schema" not in b"".join(bodies)


def test_a_prompt_profile_sends_no_response_format_at_first(llm: SimulatedLLM) -> None:
    bodies = ask_all(llm, make_profile(llm.base_url), make_body())

    assert all("response_format" not in orjson.loads(raw) for raw in bodies)
    assert [b"JSON Schema: {" in raw for raw in bodies] == [False, True, True, True]


def test_the_second_block_finds_the_shared_part_in_the_servers_cache(llm: SimulatedLLM) -> None:
    body = make_body([BLOCKS[2], BLOCKS[4]], description="unused")
    long = [PromptDocument("long.txt", TRANSCRIPT * 60)]

    ask_all(llm, make_profile(llm.base_url), body, long)

    first, second = llm.requests
    assert first.cached_tokens == 0
    assert second.cached_tokens > 0.9 * second.prompt_tokens


def test_a_cache_key_is_sent_only_where_the_profile_says_so(llm: SimulatedLLM) -> None:
    body = make_body([BLOCKS[2]])
    keys = {
        cache: orjson.loads(ask_all(llm, make_profile(llm.base_url, cache=cache), body)[0]).get(
            "prompt_cache_key"
        )
        for cache in ("none", "key", "breakpoint")
    }
    assert keys == {"none": None, "key": "fill-7", "breakpoint": "fill-7"}


def test_a_breakpoint_stands_behind_the_shared_part(llm: SimulatedLLM) -> None:
    sent = orjson.loads(
        ask_all(llm, make_profile(llm.base_url, cache="breakpoint"), make_body([BLOCKS[2]]))[0]
    )

    shared, own = sent["messages"][1]["content"]
    assert sent["prompt_cache_options"] == {"mode": "explicit"}
    assert shared["prompt_cache_breakpoint"] == {"mode": "explicit"}
    assert "prompt_cache_breakpoint" not in own
    assert own["text"].lstrip().startswith(OWN_PART)


def test_one_user_message_is_sent_unless_the_profile_splits_it(llm: SimulatedLLM) -> None:
    body = make_body([BLOCKS[2]])
    roles = {
        form: [one["role"] for one in orjson.loads(ask_all(llm, profile, body)[0])["messages"]]
        for form in ("single", "split")
        for profile in [make_profile(llm.base_url, messages=form)]
    }
    assert roles == {"single": ["system", "user"], "split": ["system", "user", "user"]}


@pytest.mark.django_db
def test_no_date_no_user_and_no_report_title_stand_in_a_prompt(
    llm: SimulatedLLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", llm.base_url)
    owner = User.objects.create_user("zebedee", first_name="Zebedee", last_name="Quillfeather")
    report = make_report(
        make_snapshot([BLOCKS[2]]), documents=[(make_document("No figure stands here."), "")],
        title="Octopus case", owner=owner,
    )  # fmt: skip
    writer = load_work(report.fills.get()).writer(make_call(), lambda text: None)
    llm.reset()
    writer.write()

    sent = llm.requests[0].raw_body.decode().partition('"messages":')[2].partition('"stream"')[0]
    assert "No figure stands here." in sent
    assert not re.search(r"zebedee|quillfeather|octopus|20\d\d|\b\d\d:\d\d", sent, re.IGNORECASE)
