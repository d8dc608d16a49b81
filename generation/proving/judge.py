"""The judge of a test run: a language model says whether a statement is true of a block's text."""

from dataclasses import dataclass

from generation.answers import Answer
from generation.asking import ask_short, make_short_call
from generation.calls import Call, Cancelled, watched
from generation.llm import ModelFailure
from generation.profiles import ModelProfile
from generation.prompt import add_correction
from generation.proving.expectations import Verdict
from signals.judging import SCHEMA, SYSTEM, UnreadableVerdict, make_question, read_verdict
from templates.blocks.base import Json

_NO_MODEL = "no language model is set. Set one, or expect something that needs no judge."


@dataclass(frozen=True)
class Judgement:
    """The verdict, and what asking for it took."""

    verdict: Verdict
    cost: float = 0
    calls: int = 0


def judge(profile: ModelProfile, text: str, statement: str, key: object = None) -> Judgement:
    """Whether `statement` is true of `text`, by one call, and one more if the answer cannot be read.

    A judge that fails decides nothing: the verdict is None, and says why. `cancel_calls(key)` ends it.
    """
    if profile.offline:
        return Judgement(_undecided(_NO_MODEL))
    made: list[Answer] = []
    try:
        with watched(key, make_short_call(profile)) as call:
            verdict = _ask_twice(profile, make_messages(text, statement), call, made)
    except ModelFailure as failure:
        verdict = _undecided(str(failure))
    except Cancelled:
        verdict = _undecided("it was cancelled.")
    return Judgement(verdict, sum(answer.cost for answer in made), len(made))


def make_messages(text: str, statement: str) -> list[Json]:
    """What the judge is asked."""
    ask = make_question(text, statement)
    return [{"role": "system", "content": SYSTEM}, {"role": "user", "content": ask}]


def _ask_twice(profile: ModelProfile, messages: list[Json], call: Call, made: list[Answer]) -> Verdict:
    """The verdict of the first answer that can be read. Raises `ModelFailure`, `Cancelled`."""
    answer = ask_short(profile, messages, SCHEMA, call, made)
    try:
        return _verdict(answer)
    except UnreadableVerdict as error:
        messages = add_correction(messages, answer, [str(error)])
    try:
        return _verdict(ask_short(profile, messages, SCHEMA, call, made))
    except UnreadableVerdict as error:
        return _undecided(f"the model's answer cannot be read. {error}")


def _verdict(answer: str) -> Verdict:
    judged = read_verdict(answer)
    return Verdict(judged.true, judged.reason)


def _undecided(why: str) -> Verdict:
    return Verdict(None, f"It could not be judged: {why}")
