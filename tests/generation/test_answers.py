"""Reading the stream of an answer, as different servers write it."""

import orjson
import pytest

from generation.answers import Answer, read_stream, split_lines
from generation.failures import ModelFailure
from tests.factories import make_profile


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
