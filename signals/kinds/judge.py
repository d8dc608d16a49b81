"""A judge: a language model says whether a statement is true of a text, the reason first."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from signals.handed import Ask, CannotAsk, hands
from signals.judging import SCHEMA, SYSTEM, Judged, UnreadableVerdict, make_question, read_verdict
from signals.kinds.base import SignalKind, SignalSettings
from signals.pieces import WHOLE
from signals.to_read import TextToRead, Verdict

NO_MODEL = (
    "No language model is set. A judge needs one: set OPENAI_API_KEY or OPENAI_BASE_URL, or use a rule or "
    "examples instead."
)
_NOT_SET = "Nobody has said yet what it judges."
# Longer texts are judged by their beginning, and the reason says so.
_LONGEST_TEXT = 40_000
_QUOTED = re.compile(
    r"“([^”]{3,})”|\"([^\"]{3,})\"|„([^“”]{3,})[“”]|«([^»]{3,})»|(?<!\w)['‘]([^'’]{3,})['’](?!\w)"
)


class JudgeSettings(SignalSettings):
    """The statement that is true of a text to be flagged."""

    rubric: str = Field(
        "",
        max_length=2_000,
        title="A text is flagged if this is true of it",
        description="One statement that anybody could answer with yes or no after reading the text, such as: "
        "The text promises an outcome that nobody has decided yet",
        json_schema_extra={"format": "multiline"},
    )
    sees_task: bool = Field(
        False,
        title="It also sees what the text was to be",
        description="The title and the instructions of the block, where the statement is about them",
    )


class Judge(SignalKind[JudgeSettings]):
    """Each text costs a call of the model, two where its answer cannot be read."""

    name = "judge"
    label = "Judge"
    about = "A language model decides by a statement of yours. Slow, and each text costs a call."
    Settings = JudgeSettings
    is_slow = True

    def made_by(self, settings: JudgeSettings, learned: Mapping[str, Any] | None) -> str:
        """The model, and a hash of the statement and of the prompt around it."""
        if not settings.rubric.strip():
            return ""
        said = "\0".join((SYSTEM, make_question("", settings.rubric, "task" * settings.sees_task)))
        model = hands.ask.name if hands.ask else ""
        return f"judge {hashlib.sha256(said.encode()).hexdigest()[:12]} {model or 'no model'}"[:160]

    def read(
        self, settings: JudgeSettings, learned: Mapping[str, Any] | None, texts: Sequence[TextToRead]
    ) -> list[Verdict]:
        """One call after the other; a model that gives no answer fails that text alone."""
        if not settings.rubric.strip():
            return [Verdict(None, error=_NOT_SET)] * len(texts)
        ask = hands.ask
        if ask is None or not ask.name:
            return [Verdict(None, error=NO_MODEL)] * len(texts)
        return [judge_text(ask, settings, text) for text in texts]


def judge_text(ask: Ask, settings: JudgeSettings, text: TextToRead) -> Verdict:
    """What the model says of one text. It raises nothing: what goes wrong is in the verdict."""
    whole = text.whole.text
    if not whole.strip():
        return Verdict(0.0)
    question = make_question(whole[:_LONGEST_TEXT], settings.rubric, text.about * settings.sees_task)
    try:
        judged = _ask_twice(ask, question)
    except CannotAsk as error:
        return Verdict(None, error=f"It could not be judged: {error}")
    except UnreadableVerdict as error:
        return Verdict(None, error=f"It could not be judged: the model's answer cannot be read. {error}")
    cut = f" Only its first {_LONGEST_TEXT:,} characters were read." * (len(whole) > _LONGEST_TEXT)
    piece = find_quoted(judged.reason, text) if judged.true else text.whole.address
    return Verdict(float(judged.true), piece, judged.reason + cut)


def _ask_twice(ask: Ask, question: str) -> Judged:
    """The verdict of the first answer that can be read. Raises `CannotAsk`, `UnreadableVerdict`."""
    try:
        return read_verdict(ask(SYSTEM, question, SCHEMA))
    except UnreadableVerdict as error:
        again = f"{question}\n\nA first answer to this could not be read: {error} Give one that can."
        return read_verdict(ask(SYSTEM, again, SCHEMA))


def find_quoted(reason: str, text: TextToRead) -> str:
    """The address of the piece that a reason quotes, by the longest quotation; else the whole's."""
    quotations = ("".join(found).strip(" .…") for found in _QUOTED.findall(reason))
    for quoted in sorted(map(_plain, quotations), key=len, reverse=True):
        for piece in text.pieces:
            if piece.address != WHOLE and quoted and quoted in _plain(piece.text):
                return piece.address
    return text.whole.address


def _plain(text: str) -> str:
    """By its words alone: models change quotation marks, spaces and capitals."""
    return " ".join(re.findall(r"\w+", text.casefold()))
