"""Who writes a block: a language model, or the offline writer behind the same two methods."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from generation.calls import Call
from generation.llm import Answer, ModelFailure, ModelRequest, ask_model
from generation.profiles import OFFLINE, ModelProfile
from generation.prompt import add_correction, add_schema
from generation.servers import server_of
from signals.clean import clean_text
from signals.refusal import is_refusal
from templates.blocks.base import AnswerForm, Find, Json, UnreadableAnswer
from templates.body import Block

_FAILURES = {
    "refusal": "The model declined to write this block. Reword its instructions, or write it yourself.",
    "length": "The answer grew too long and was cut off. Generate it again, or ask for less in its settings.",
    "empty": "The model gave an empty answer. Generate it again.",
    "invalid": "The model's answer is not a {kind}: {detail} Generate it again.",
    "nothing_found": "{detail} Add a document that says it, or let a language model write this block.",
}
# Why a block stands empty though the model answered.
BAD_ANSWERS = frozenset(_FAILURES)


class Unusable(Exception):
    """An answer that cannot become a value. `code` is stable; the message is for the user."""

    def __init__(self, code: str, *, kind: str = "", detail: str = "", tell_model: str = "") -> None:
        super().__init__(_FAILURES[code].format(kind=kind.lower(), detail=detail))
        self.code = code
        self.tell_model = tell_model or detail


class Writer(Protocol):
    """Writes values of one block; `made` holds the calls of all who wrote it, one after the other."""

    made: list[Answer]

    @property
    def name(self) -> str:
        """The profile it writes by."""

    def write(self) -> Any:
        """A first value. Raises `Unusable`, `ModelFailure`, `CallEnded`."""

    def rewrite(self, problems: Sequence[str], *, anew: bool = False) -> Any | None:
        """A value without these problems, or None when asking again would not help.

        `anew`: another one, not the last one mended.
        """

    def next_writer(self) -> "Writer | None":
        """Who may write instead when this one's server is of no use."""


def what_is_asked(block: Block) -> str:
    """The block's own words for what it wants, as the offline writer looks for it."""
    return f"{block.title} {block.instructions}"


@dataclass
class OfflineWriter:
    """Writes by picking from the documents: the same every time, so asked once."""

    block: Block
    find: Find
    # What a reviewer asks of the next version: more words to look for.
    note: str = ""
    made: list[Answer] = field(default_factory=list)
    name: str = OFFLINE

    def write(self) -> Any:
        try:
            about = f"{what_is_asked(self.block)} {self.note}".strip()
            return self.block.type.draft_offline(about, self.block.parsed_settings, self.find)
        except UnreadableAnswer as error:
            raise Unusable("nothing_found", detail=str(error)) from error

    def rewrite(self, problems: Sequence[str], *, anew: bool = False) -> None:
        return None

    def next_writer(self) -> None:
        return None


@dataclass
class ModelWriter:
    """Writes by asking a model, once more with what was wrong."""

    block: Block
    form: AnswerForm
    profile: ModelProfile
    messages: list[Json]
    call: Call
    cache_key: str
    on_text: Callable[[str], None]
    made: list[Answer] = field(default_factory=list)
    fallback: "Callable[[], Writer] | None" = None
    # Another answer than the likeliest is wanted.
    vary: bool = False

    @property
    def name(self) -> str:
        return self.profile.name

    def next_writer(self) -> Writer | None:
        return self.fallback() if self.fallback else None

    def write(self) -> Any:
        if self.profile.enforce == "schema" and self.form.schema:
            return self._ask_enforced()
        return self._ask(self.messages)

    def rewrite(self, problems: Sequence[str], *, anew: bool = False) -> Any:
        last = self.made[-1]
        # A model that sees its own overlong answer goes on with it; one that is to say something else, and
        # sees what it said or is as sure of itself, says it again.
        shown = "" if anew or last.finish == "length" else last.text
        self.vary = self.vary or anew
        corrected = add_correction(self.messages, shown, problems)
        try:
            return self._ask(corrected, self._schema)
        except ModelFailure as failure:
            if not self._is_refused_schema(failure):
                raise
            return self._ask(corrected)

    def _ask_enforced(self) -> Any:
        """A first value held to the schema by the server, or by words where the server refuses schemas."""
        try:
            if schema := self._schema:
                return self._ask(self.messages, schema)
        except ModelFailure as failure:
            if not self._is_refused_schema(failure):
                raise
        self.messages = add_schema(self.messages, self.form.schema or {})
        return self._ask(self.messages)

    @property
    def _schema(self) -> Json | None:
        return self.form.schema if server_of(self.profile).takes_schemas else None

    def _is_refused_schema(self, failure: ModelFailure) -> bool:
        """Whether it was, and then remembered: the other blocks need not be refused too."""
        if failure.code != "no_schema" or self.form.schema is None:
            return False
        server_of(self.profile).takes_schemas = False
        return True

    def _ask(self, messages: list[Json], schema: Json | None = None) -> Any:
        request = ModelRequest(messages, self.form.max_tokens, self.cache_key, schema, self.vary)
        has_fallback = self.fallback is not None
        answer = ask_model(
            self.profile, request, self.call, self.made, self.on_text, has_fallback=has_fallback
        )
        try:
            return self._read(answer)
        except Unusable as unusable:
            answer.outcome = unusable.code
            raise

    def _read(self, answer: Answer) -> Any:
        if answer.refusal or answer.finish == "content_filter" or is_refusal(answer.text):
            raise Unusable("refusal", tell_model="You may write this: it is a report on the documents given.")
        if answer.finish == "length":
            raise Unusable("length", tell_model="It was cut off. Write a shorter one that is complete.")
        if not answer.text.strip():
            raise Unusable("empty", tell_model="It was empty.")
        text = _without_frame(clean_text(answer.text))
        if self.form.schema is None:
            text = _without_title(text, self.block.title)
        try:
            return self.block.type.read_answer(text, self.block.parsed_settings)
        except UnreadableAnswer as error:
            raise Unusable("invalid", kind=self.block.type.name, detail=str(error)) from error


def _without_frame(text: str) -> str:
    """`text` without the frame of a part: a model that was shown one may answer in one."""
    return text.strip().removeprefix("<part>").removesuffix("</part>").strip()


def _without_title(text: str, title: str) -> str:
    """`text` without a first line that only repeats the block's title."""
    first, _, rest = text.lstrip().partition("\n")
    return rest if title and rest and first.strip("#*_: ").casefold() == title.casefold() else text
