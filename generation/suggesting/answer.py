"""What a model answered when it was asked for better instructions, and whether they are any."""

import re
from collections.abc import Sequence

import orjson

from generation.answers import Answer
from generation.suggesting.one_case import find_of_one_case
from signals.clean import clean_text
from signals.refusal import is_refusal
from templates.blocks.base import count_words
from templates.body import TemplateBody
from templates.lint import lint_block

_FEWEST, _MORE = 90, 1.5
_LABEL = re.compile(
    r"^\W*(?:(?:here (?:are|is)|the|new|better|improved|revised|suggested|rewritten)\b[^\n:]{0,40})?"
    r"(?:instructions?|anweisung(?:en)?|instrucciones)[^\n:]{0,60}:\W*\n?",
    re.IGNORECASE,
)
_FENCED = re.compile(r"^```\w*\n(.*?)\n?```$", re.DOTALL)
_PAIRS = (("“", "”"), ('"', '"'), ("„", "“"), ("«", "»"))
_SENTENCES = {
    "refusal": "The model declined to suggest anything. Try again, or improve them yourself.",
    "empty": "The model suggested nothing. Try again.",
    "length": "The suggestion grew too long to be instructions. Try again, or say yours in fewer words.",
    "same": "The model would leave these instructions as they are.",
}


class NoSuggestion(Exception):
    """The answer is no suggestion. `code` is stable; the message is for the user."""

    def __init__(self, code: str) -> None:
        super().__init__(_SENTENCES[code])
        self.code = code


def room_for(instructions: str) -> int:
    """The most words that better instructions may have."""
    return max(_FEWEST, round(count_words(instructions) * _MORE / 10) * 10)


def read_suggestion(answer: Answer, instructions: str) -> str:
    """The instructions in an answer, without what a model says around them. Raises `NoSuggestion`."""
    if answer.refusal or answer.finish == "content_filter" or is_refusal(answer.text):
        raise NoSuggestion("refusal")
    text = _unwrap(clean_text(answer.text))
    if not text:
        raise NoSuggestion("empty")
    # Models miscount; what is twice as long as was asked for is something else.
    if answer.finish == "length" or count_words(text) > 2 * room_for(instructions):
        raise NoSuggestion("length")
    if text.split() == instructions.split():
        raise NoSuggestion("same")
    return text


def _unwrap(text: str) -> str:
    text = text.strip().removeprefix("<instructions>").removesuffix("</instructions>").strip()
    if fenced := _FENCED.match(text):
        text = fenced[1].strip()
    text = _LABEL.sub("", text, count=1).strip()
    for opening, closing in _PAIRS:
        inside = text[1:-1]
        if text.startswith(opening) and text.endswith(closing) and opening not in inside:
            return inside.strip()
    return text


def find_new_problems(body: TemplateBody, key: str, text: str, passages: Sequence[str] = ()) -> list[str]:
    """What is wrong with the suggested instructions, as with any, a sentence each.

    `passages` are what earlier reports say there: their own words and figures are none for every case.
    """
    advice = lint_block(body.with_instructions(key, text), key)
    problems = [one.words for one in advice if one.field == "instructions"]
    block = body.block(key)
    own = f"{block.title} {block.instructions} {orjson.dumps(block.settings).decode()}"
    return problems + [
        f"“{words}” is from one report. Say it in words that fit every case."
        for words in find_of_one_case(text, passages, own)
    ]
