"""What every kind of block promises. A new kind is held to all of it without a line changed here."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import orjson
import pytest
from pydantic import BaseModel, ValidationError

from signals.pieces import Piece
from templates.blocks import KINDS
from templates.blocks.base import BlockType, Json, UnreadableAnswer, WantedColumn
from templates.blocks.rich_text import read_doc
from templates.word.body import Body
from tests.templates.word.files import read_back

AnyKind = BlockType[Any, Any]
every_kind = pytest.mark.parametrize("block_type", KINDS.values(), ids=KINDS)


class FakeFind:
    """Finds the same few words in documents that say hardly anything, or nothing at all."""

    def __init__(self, said: str) -> None:
        self._said = said

    def sentences(
        self, about: str, limit: int, most_words: int = 60, in_all: int | None = None, near: bool = False
    ) -> list[str]:
        return [self._said][:limit] if self._said else []

    def rows(
        self, columns: Sequence[WantedColumn], about: str, limit: int, least: int = 0
    ) -> list[list[str]]:
        return [[self._said for _ in columns]][:limit] if self._said else []

    def nearest(self, about: str, options: Sequence[str]) -> list[float]:
        return [0.9 if self._said else 0.0, *[0.0 for _ in options[1:]]]


def natural_answer(block_type: AnyKind) -> str:
    """The example as a model would answer it: JSON where a schema asks for it, otherwise its text."""
    example = block_type.example()
    if block_type.ask(example.settings).schema:
        return orjson.dumps(example.value.model_dump()).decode()
    return block_type.text(example.value)


def value_or_reason(make: Callable[[], Any]) -> Any:
    """What `make` returns, or the sentence that says why it cannot; any other error fails the test."""
    try:
        return make()
    except UnreadableAnswer as error:
        return str(error)


def is_beginning(shown: Sequence[Piece], whole: Sequence[Piece]) -> bool:
    """Whether each piece is the beginning of the one at its place."""
    return len(shown) <= len(whole) and all(
        one.address == other.address and other.text.startswith(one.text)
        for one, other in zip(shown, whole, strict=False)
    )


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def schemas_in(schema: Json) -> Iterator[Json]:
    yield schema
    inside = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    if "items" in schema:
        inside.append(schema["items"])
    for one in inside:
        yield from schemas_in(one)


def strained_settings(block_type: AnyKind) -> Iterator[BaseModel]:
    """The example's settings, each limit in turn as low and as high as it goes."""
    settings = block_type.example().settings
    for name, field in block_type.Settings.model_json_schema()["properties"].items():
        for limit in ("minimum", "maximum"):
            if limit in field:
                try:
                    yield block_type.Settings.model_validate(settings.model_dump() | {name: field[limit]})
                except ValidationError:
                    continue


@pytest.mark.parametrize("key", KINDS)
def test_a_kind_is_registered_under_its_own_well_formed_name(key: str) -> None:
    assert KINDS[key].kind == key
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", key)
    assert KINDS[key].name[0].isupper()


@every_kind
def test_the_example_fits_its_own_settings(block_type: AnyKind) -> None:
    example = block_type.example()
    assert isinstance(example.settings, block_type.Settings)
    assert isinstance(example.value, block_type.Value)
    assert block_type.problems(example.value, example.settings) == []


@every_kind
def test_a_stored_value_is_loaded_as_it_was(block_type: AnyKind) -> None:
    value = block_type.example().value
    assert block_type.load_value(orjson.loads(orjson.dumps(value.model_dump()))) == value


@every_kind
@pytest.mark.parametrize("data", [None, 5, "text", [], {"nothing": "known"}])
def test_data_of_another_shape_is_no_value(block_type: AnyKind, data: object) -> None:
    with pytest.raises(UnreadableAnswer):
        block_type.load_value(data)


@every_kind
def test_the_editor_gives_back_what_it_was_given(block_type: AnyKind) -> None:
    settings, value = block_type.example().settings, block_type.example().value
    assert block_type.from_editor(block_type.to_editor(value, settings), settings) == value


@every_kind
def test_the_editor_is_given_an_allow_listed_document(block_type: AnyKind) -> None:
    doc = block_type.to_editor(block_type.example().value, block_type.example().settings)
    assert read_doc(doc).model_dump() == doc


@every_kind
@pytest.mark.parametrize(
    "doc", [{}, {"type": "script"}, {"type": "paragraph"}, {"type": "doc", "content": 5}]
)
def test_what_is_no_document_is_refused(block_type: AnyKind, doc: Json) -> None:
    with pytest.raises(UnreadableAnswer):
        block_type.from_editor(doc, block_type.example().settings)


@every_kind
def test_the_text_holds_the_words_of_every_piece(block_type: AnyKind) -> None:
    value = block_type.example().value
    words = set(words_of(block_type.text(value)))
    assert block_type.pieces(value)
    for piece in block_type.pieces(value):
        assert set(words_of(piece.text)) <= words


@every_kind
def test_pieces_have_addresses_of_their_own(block_type: AnyKind) -> None:
    addresses = [piece.address for piece in block_type.pieces(block_type.example().value)]
    assert len(set(addresses)) == len(addresses)


@every_kind
def test_asking_says_how_the_answer_must_look(block_type: AnyKind) -> None:
    form = block_type.ask(block_type.example().settings)
    assert form.words.strip()
    assert form.max_tokens > 0
    for schema in schemas_in(form.schema) if form.schema else ():
        assert schema["type"] in ("object", "array", "string", "number", "integer", "boolean")
        assert set(schema.get("required", ())) <= set(schema.get("properties", {}))
        assert (schema["type"] == "object") == (schema.get("additionalProperties") is False)
        assert (schema["type"] == "array") == ("items" in schema)


@every_kind
def test_a_natural_answer_is_read(block_type: AnyKind) -> None:
    example = block_type.example()
    value = block_type.read_answer(natural_answer(block_type), example.settings)
    assert words_of(block_type.text(value)) == words_of(block_type.text(example.value))


@every_kind
@pytest.mark.parametrize("answer", ["", "   ", "```\n```", "{", "[" * 5_000, '{"items":[' * 900])
def test_an_answer_is_read_or_unreadable_and_nothing_else(block_type: AnyKind, answer: str) -> None:
    settings = block_type.example().settings
    value = value_or_reason(lambda: block_type.read_answer(answer, settings))
    assert isinstance(value, block_type.Value) or value.endswith(".")


@every_kind
def test_every_beginning_of_an_answer_shows_beginnings_of_what_will_stand_there(block_type: AnyKind) -> None:
    settings, answer = block_type.example().settings, natural_answer(block_type)
    pieces = block_type.pieces(block_type.read_answer(answer, settings))
    for end in range(len(answer) + 1):
        shown = block_type.read_partial(answer[:end], settings)
        if shown is not None:
            assert isinstance(shown, block_type.Value)
            assert is_beginning(block_type.pieces(shown), pieces)
    assert block_type.read_partial(answer, settings) == block_type.read_answer(answer, settings)


@every_kind
@pytest.mark.parametrize(
    "answer", ["", "   ", "```", "```json", "[", "[" * 5_000, '{"items":[' * 900, "}{", '"']
)
def test_whatever_a_model_begins_with_nothing_is_raised(block_type: AnyKind, answer: str) -> None:
    shown = block_type.read_partial(answer, block_type.example().settings)
    assert shown is None or isinstance(shown, block_type.Value)


@every_kind
def test_a_draft_without_a_model_is_a_value_of_the_kind(block_type: AnyKind) -> None:
    settings = block_type.example().settings
    draft = block_type.draft_offline("the roof", settings, FakeFind("The roof leaks."))
    assert isinstance(draft, block_type.Value)
    assert block_type.text(draft).strip()


@every_kind
def test_a_draft_from_silent_documents_is_a_value_or_says_so(block_type: AnyKind) -> None:
    settings = block_type.example().settings
    draft = value_or_reason(lambda: block_type.draft_offline("the roof", settings, FakeFind("")))
    assert isinstance(draft, block_type.Value) or draft.endswith(".")


@every_kind
@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_what_a_reader_sees_has_the_same_pieces(block_type: AnyKind, language: str) -> None:
    example = block_type.example()
    shown = block_type.show(example.value, example.settings, language)
    assert isinstance(shown, block_type.Value)
    addresses = [piece.address for piece in block_type.pieces(example.value)]
    assert [piece.address for piece in block_type.pieces(shown)] == addresses


@every_kind
def test_word_gets_the_words_of_the_example(block_type: AnyKind) -> None:
    example, body = block_type.example(), Body()
    block_type.write_word(example.value, example.settings, body)
    written = words_of(re.sub(r"<[^>]+>", " ", body.xml))
    for piece in block_type.pieces(example.value):
        assert set(words_of(piece.text)) <= set(written)


@every_kind
def test_no_part_of_a_word_file_proposes_no_settings(block_type: AnyKind) -> None:
    assert block_type.propose_from_word([]) is None


@every_kind
def test_what_a_kind_proposes_from_word_fits_its_settings(block_type: AnyKind) -> None:
    example, body = block_type.example(), Body()
    block_type.write_word(example.value, example.settings, body)
    proposed = block_type.propose_from_word(read_back(body))
    if proposed is not None:
        assert block_type.problems(proposed.value, proposed.settings) == []
        written = Body()
        block_type.write_word(proposed.value, proposed.settings, written)
        assert read_back(written) == read_back(body)


@every_kind
def test_the_settings_can_be_published_as_a_schema(block_type: AnyKind) -> None:
    schema = block_type.Settings.model_json_schema()
    assert schema["additionalProperties"] is False
    assert all(field.get("title") for field in schema["properties"].values())


@every_kind
def test_problems_are_sentences(block_type: AnyKind) -> None:
    value = block_type.example().value
    for settings in strained_settings(block_type):
        for problem in block_type.problems(value, settings):
            assert problem[0].isupper() or problem[0] in '“"'
            assert problem.endswith(".")
