"""Date or duration: one point in time or one length of time, such as a deadline or a notice period."""

import re
from collections.abc import Sequence
from typing import Literal, Self

from pydantic import Field, model_validator

from signals.dates import read_date
from signals.figures import find_figures
from signals.number_words import read_number_words
from signals.pieces import Piece
from templates.blocks import rich_text
from templates.blocks.base import (
    AnswerForm,
    BlockType,
    EditorForm,
    Example,
    Find,
    Json,
    Strict,
    UnreadableAnswer,
    object_schema,
)
from templates.blocks.json_answer import read_json, read_plain
from templates.blocks.notation import show_date
from templates.word.body import Body, Run
from templates.word.parts import Paragraph, Part

Unit = Literal["minutes", "hours", "days", "weeks", "months", "years"]
_DURATION = re.compile(
    r"(?P<amount>\d+(?:[.,]\d+)?|[a-z]+(?:-[a-z]+)?)[ \u00a0-](?P<unit>minute|hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(r"^(?:on|by|until|before|from|within|after|the)\s+", re.IGNORECASE)
_EXPECTED = {"date": "a date", "duration": "a duration", "either": "a date or a duration"}
_TYPED = {"date": "3 March 2026", "duration": "6 weeks", "either": "3 March 2026 or 6 weeks"}
_LOOK_IN = 8


class DateOrDurationSettings(Strict):
    """Which of the two is expected, and what to say when the documents do not."""

    expects: Literal["date", "duration", "either"] = Field("either", title="Expected")
    fallback: str = Field("Not stated", title="When the documents do not say")


class Duration(Strict):
    """A length of time."""

    amount: float = Field(gt=0)
    unit: Unit


class DateOrDurationValue(Strict):
    """The words that stand in the report, and the ISO date or duration they mean; neither for a fallback."""

    said: str
    date: str | None = None
    duration: Duration | None = None

    @model_validator(mode="after")
    def _one_at_most(self) -> Self:
        if self.date and self.duration:
            raise ValueError("a value is a date or a duration, not both")
        return self


class DateOrDuration(BlockType[DateOrDurationSettings, DateOrDurationValue]):
    """A deadline, a due date, a notice period."""

    kind = "date_or_duration"
    name = "Date or duration"
    about = "One date, or one length of time"
    forms = ("date",)
    Settings = DateOrDurationSettings
    Value = DateOrDurationValue

    def ask(self, settings: DateOrDurationSettings) -> AnswerForm:
        forms = {
            "date": "the date as day, month and year",
            "duration": "the duration as a number and minutes, hours, days, weeks, months or years",
        }
        form = forms.get(settings.expects) or " or ".join(forms.values())
        words = (
            'Answer with JSON only: an object with "reason", one sentence on what the documents say that '
            f'decides it, and "answer": {form}, and nothing else.'
        )
        if settings.fallback:
            words += f" When the documents do not say, the answer is “{settings.fallback}”."
        return AnswerForm(words, max_tokens=250, schema=_ANSWER_SCHEMA)

    def read_answer(self, answer: str, settings: DateOrDurationSettings) -> DateOrDurationValue:
        data = read_json(answer)
        said = data.get("answer", data.get("said")) if isinstance(data, dict) else data
        if not isinstance(said, str) or not said.strip():
            raise UnreadableAnswer('The answer has no "answer".')
        return _read(said, settings)

    def problems(self, value: DateOrDurationValue, settings: DateOrDurationSettings) -> list[str]:
        found = "date" if value.date else "duration" if value.duration else ""
        if found and settings.expects not in ("either", found):
            return [f"“{value.said}” is {_EXPECTED[found]}; {_EXPECTED[settings.expects]} was asked for."]
        return []

    def text(self, value: DateOrDurationValue) -> str:
        return value.said

    def pieces(self, value: DateOrDurationValue) -> list[Piece]:
        return [Piece("answer", value.said)]

    def draft_offline(self, about: str, settings: DateOrDurationSettings, find: Find) -> DateOrDurationValue:
        for sentence in find.sentences(about, _LOOK_IN):
            candidates = [figure.text for figure in find_figures(sentence)]
            candidates += [match.group() for match in _DURATION.finditer(sentence)]
            for candidate in candidates:
                value = _parse(candidate)
                if value and not self.problems(value, settings):
                    return value
        if settings.fallback:
            return DateOrDurationValue(said=settings.fallback)
        raise UnreadableAnswer(f"The documents hold nothing that is {_EXPECTED[settings.expects]}.")

    def editor(self, settings: DateOrDurationSettings) -> EditorForm:
        return EditorForm("paragraph")

    def to_editor(self, value: DateOrDurationValue, settings: DateOrDurationSettings) -> Json:
        return rich_text.doc([rich_text.paragraph(value.said)]).model_dump()

    def from_editor(self, doc: Json, settings: DateOrDurationSettings) -> DateOrDurationValue:
        said = rich_text.plain(rich_text.read_doc(doc))
        try:
            return _read(said, settings)
        except UnreadableAnswer as error:
            what = str(error) if said.strip() else "Nothing is written here."
            raise UnreadableAnswer(f"{what} Write it as {_TYPED[settings.expects]}.") from error

    def show(
        self, value: DateOrDurationValue, settings: DateOrDurationSettings, language: str
    ) -> DateOrDurationValue:
        return value.model_copy(update={"said": show_date(value.said, language)}) if value.date else value

    def write_word(self, value: DateOrDurationValue, settings: DateOrDurationSettings, body: Body) -> None:
        body.paragraph([Run(value.said, bold=True)])

    def propose_from_word(
        self, parts: Sequence[Part]
    ) -> Example[DateOrDurationSettings, DateOrDurationValue] | None:
        if len(parts) != 1 or not isinstance(parts[0], Paragraph):
            return None
        value = _parse(parts[0].text)
        if value is None:
            return None
        return Example(DateOrDurationSettings(expects="date" if value.date else "duration"), value)

    def example(self) -> Example[DateOrDurationSettings, DateOrDurationValue]:
        value = DateOrDurationValue(said="10 April 2026", date="2026-04-10")
        return Example(DateOrDurationSettings(expects="date"), value)


_ANSWER_SCHEMA: Json = object_schema(
    {
        "reason": {"type": "string", "maxLength": 300},
        "answer": {"type": "string", "minLength": 1, "maxLength": 60},
    }
)


def _read(said: str, settings: DateOrDurationSettings) -> DateOrDurationValue:
    said = read_plain(said)
    if settings.fallback and said.rstrip(".").casefold() == settings.fallback.rstrip(".").casefold():
        return DateOrDurationValue(said=settings.fallback)
    if value := _parse(said):
        return value
    raise UnreadableAnswer(f"“{said}” is not {_EXPECTED[settings.expects]}.")


def _parse(said: str) -> DateOrDurationValue | None:
    """What the whole text means; None when it is neither."""
    bare = _LEADS_IN.sub("", said.strip()).rstrip(".")
    if day := read_date(bare):
        return DateOrDurationValue(said=said, date=day.isoformat())
    match = _DURATION.fullmatch(bare)
    if not match:
        return None
    amount = match["amount"].replace(",", ".")
    numbers = {float(amount)} if amount[0].isdigit() else set(map(float, read_number_words([amount.lower()])))
    if len(numbers) != 1 or numbers == {0.0}:
        return None
    unit = f"{match['unit'].lower()}s"
    return DateOrDurationValue(
        said=said, duration=Duration.model_validate({"amount": numbers.pop(), "unit": unit})
    )
