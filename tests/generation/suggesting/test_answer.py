"""What becomes instructions of what a model says, and what does not."""

import pytest

from generation.answers import Answer
from generation.suggesting.answer import NoSuggestion, find_new_problems, read_suggestion, room_for
from tests.factories import make_body

NOW = "list the actions"
BETTER = "Every action, in the order agreed."


@pytest.mark.parametrize(
    "answer",
    [
        BETTER,
        f"  {BETTER}\n",
        f"“{BETTER}”",
        f'"{BETTER}"',
        f"```\n{BETTER}\n```",
        f"```text\n{BETTER}\n```",
        f"Instructions: {BETTER}",
        f"**Improved instructions:** {BETTER}",
        f"Here are the improved instructions:\n\n{BETTER}",
        f"Better instructions for the part “Actions”:\n{BETTER}",
        f"<instructions>\n{BETTER}\n</instructions>",
    ],
)
def test_what_a_model_says_around_them_is_left_out(answer: str) -> None:
    assert read_suggestion(Answer(text=answer, finish="stop"), NOW) == BETTER


def test_quotation_marks_and_colons_of_their_own_stay() -> None:
    text = "“Owner” is who took it on. Write “Not assigned”"
    assert read_suggestion(Answer(text=text, finish="stop"), NOW) == text
    listed = "Say for each action: who, what and when."
    assert read_suggestion(Answer(text=listed, finish="stop"), NOW) == listed


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(text="", finish="stop"), "empty"),
        (Answer(text="```\n```", finish="stop"), "empty"),
        (Answer(text="I'm sorry, but I can't help with that.", finish="stop"), "refusal"),
        (Answer(text=BETTER, finish="content_filter"), "refusal"),
        (Answer(text=BETTER, finish="length"), "length"),
        (Answer(text="word " * 400, finish="stop"), "length"),
        (Answer(text="list  the actions\n", finish="stop"), "same"),
    ],
)
def test_an_answer_that_is_no_suggestion_says_why(answer: Answer, code: str) -> None:
    with pytest.raises(NoSuggestion) as failure:
        read_suggestion(answer, NOW)
    assert failure.value.code == code
    assert str(failure.value).endswith(".")


def test_long_instructions_may_grow_and_short_ones_have_room() -> None:
    assert room_for("") == room_for("Every action.") == 90
    assert room_for("word " * 100) == 150


def test_a_column_that_the_model_made_up_is_a_problem() -> None:
    [problem] = find_new_problems(make_body(), "actions", "Put the name into the column “Responsible”.")
    assert problem.startswith("There is no column “Responsible”.")


PASSAGES = ["The roof of the town hall leaks, and 12,500 are missing. | Action | Cost"]


def test_words_and_figures_of_one_report_are_problems() -> None:
    text = "Say whether the roof of the town hall leaks, and why 12,500 are missing."
    figure, copied = find_new_problems(make_body(), "risks", text, PASSAGES)
    assert figure == "“12,500” is from one report. Say it in words that fit every case."
    assert copied.startswith("“the roof of the town hall leaks, and” is from one report.")


def test_a_name_of_one_report_is_a_problem() -> None:
    passages = ["Ann Keller fell, says Dr. Osei.", "Hugo Brandt limps."]
    [problem] = find_new_problems(make_body(), "risks", "Leave out what Hugo Brandt says.", passages)
    assert problem.startswith("“Hugo Brandt” is from one report.")


def test_what_all_reports_say_is_of_no_single_case() -> None:
    passages = [
        "The Town Council met in 2024 to agree this.",
        "On Monday the Town Council met in 2024 and rose.",
    ]
    text = "Who of the Town Council met in 2024."
    assert find_new_problems(make_body(), "risks", text, passages) == []
    assert len(find_new_problems(make_body(), "risks", text, passages[:1])) == 3


def test_what_the_block_says_of_itself_is_no_copy() -> None:
    body = make_body().with_instructions("risks", "The roof of the town hall leaks: why? About 12,500 words.")
    assert (
        find_new_problems(body, "risks", "Why the roof of the town hall leaks. 12,500 words.", PASSAGES) == []
    )
