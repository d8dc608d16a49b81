"""Reading the stream of an answer, as different servers write it."""

import orjson
import pytest

from generation.answers import Answer, read_stream, split_lines, without_thoughts
from generation.failures import ModelFailure
from tests.factories import make_profile

USED = {"prompt_tokens": 9, "completion_tokens": 2}


def chunk(**fields: object) -> str:
    return f"data: {orjson.dumps(fields).decode()}"


def delta(finish: str | None = None, **fields: object) -> str:
    return chunk(choices=[{"delta": fields, "finish_reason": finish}])


def read(*lines: str) -> tuple[Answer, list[str]]:
    answer = Answer()
    data = "\n".join(lines).encode()
    stream = split_lines(data[at : at + 7] for at in range(0, len(data), 7))
    return answer, list(read_stream(stream, answer, make_profile("http://x")))


def test_a_line_separator_inside_a_text_ends_no_line() -> None:
    answer, _ = read(delta(content="One\u2028two\x85three"), delta("stop"))
    assert answer.text == "One\u2028two\x85three"


def test_the_content_is_put_together_and_told_at_each_token() -> None:
    answer, heard = read(delta(content="One "), delta(content="two."), delta("stop"), "data: [DONE]")

    assert heard == ["One ", "One two."]
    assert (answer.text, answer.finish) == ("One two.", "stop")


def test_the_opening_without_content_is_no_token() -> None:
    assert read(delta(role="assistant", content=""))[1] == []


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
def test_a_thought_is_a_sign_of_life_and_no_part_of_the_answer(name: str) -> None:
    answer, heard = read(delta(**{name: "Hm, the roof."}), delta(content="Yes."))

    assert heard == ["", "Yes."]
    assert answer.text == "Yes."


def test_comments_and_empty_lines_are_passed_over() -> None:
    answer, heard = read(": ping", "", "event: message", "data:" + delta(content="Yes.")[5:])

    assert heard == ["Yes."]
    assert answer.text == "Yes."


def test_an_error_in_mid_stream_is_the_servers_failure() -> None:
    with pytest.raises(ModelFailure) as caught:
        read(delta(content="One"), chunk(error={"message": "out of memory"}))

    assert caught.value.code == "server_error"


def test_an_error_that_is_null_is_none() -> None:
    assert read(chunk(error=None, choices=[{"delta": {"content": "Yes."}}]))[0].text == "Yes."


def test_usage_may_come_with_nulls_or_not_at_all() -> None:
    answer, _ = read(
        chunk(usage=None, choices=None),
        chunk(usage={"prompt_tokens": 7, "completion_tokens": None, "prompt_tokens_details": None}),
    )
    assert (answer.input_tokens, answer.output_tokens, answer.cached_tokens) == (7, 0, 0)


@pytest.mark.parametrize(
    "said",
    [
        {
            "usage": USED
            | {
                "prompt_tokens_details": {"cached_tokens": 4},
            }
        },
        {"usage": USED | {"prompt_cache_hit_tokens": 4}},
        {"usage": USED | {"cached_tokens": 4}},
        {"timings": {"cache_n": 4, "prompt_n": 5, "predicted_n": 2}},
        {
            "usage": USED | {"prompt_tokens_details": None},
            "timings": {"cache_n": 4, "prompt_n": 5, "predicted_n": 2},
        },
    ],
    ids=["openai and vllm", "deepseek", "moonshot", "llama.cpp without usage", "llama.cpp"],
)
def test_every_server_says_in_its_own_way_what_it_read_from_its_cache(said: dict[str, object]) -> None:
    answer, _ = read(chunk(choices=[], **said))

    assert (answer.input_tokens, answer.cached_tokens, answer.output_tokens) == (9, 4, 2)


def test_tokens_written_to_the_cache_are_read() -> None:
    details = {"cached_tokens": 0, "cache_write_tokens": 7}

    answer, _ = read(chunk(choices=[], usage={"prompt_tokens": 9, "prompt_tokens_details": details}))

    assert answer.cache_write_tokens == 7


@pytest.mark.parametrize(
    "usage", [{}, [], "none", {"prompt_tokens": "9"}, {"prompt_tokens": -1}, {"prompt_tokens": 10**13}]
)
def test_usage_that_is_none_counts_nothing(usage: object) -> None:
    answer, _ = read(chunk(choices=[], usage=usage))

    assert (answer.input_tokens, answer.cached_tokens, answer.output_tokens) == (0, 0, 0)


def test_a_letter_torn_in_two_is_replaced_and_loses_nothing_else() -> None:
    answer, data = Answer(), b'data: {"choices":[{"delta":{"content":"caf\xc3 au lait"}}]}\n'

    list(read_stream(split_lines([data]), answer, make_profile("http://x")))

    assert answer.text == "caf\ufffd au lait"


@pytest.mark.parametrize("line", ["data: null", "data: 5", 'data: ["a"]'])
def test_a_chunk_that_is_no_object_is_the_servers_failure(line: str) -> None:
    with pytest.raises(ModelFailure) as caught:
        read(line)

    assert caught.value.code == "server_error"


@pytest.mark.parametrize("choices", ["none", [None], [5], [{"delta": "x"}], [{"delta": {"refusal": True}}]])
def test_choices_of_another_shape_say_nothing(choices: object) -> None:
    answer, heard = read(chunk(choices=choices), delta(content="Yes."))

    assert (answer.text, answer.refusal, heard[-1]) == ("Yes.", "", "Yes.")


def test_content_in_parts_is_put_together_without_the_thoughts_among_them() -> None:
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}

    answer, _ = read(delta(content=[thought]), delta(content=[{"type": "text", "text": "Yes."}]))

    assert answer.text == "Yes."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<think>Hm.</think>\n\nYes.", "Yes."),
        ("\n<thinking>Hm.</thinking>Yes.", "Yes."),
        ("Hm, the roof.</think>Yes.", "Yes."),
        ("<think>Hm, the ro", ""),
        ("A <think> in the middle.", "A <think> in the middle."),
        ("Yes.", "Yes."),
    ],
)
def test_a_thought_before_the_answer_is_dropped(text: str, kept: str) -> None:
    assert without_thoughts(text) == kept


def test_nothing_is_told_of_an_answer_while_the_model_thinks_aloud() -> None:
    _, heard = read(*[delta(content=part) for part in ("<think>", "Hm.", "</think>", "Yes.")])

    assert heard == ["", "", "", "Yes."]
