"""Selection: one or several of a preset list, with a fallback when the documents do not say."""

from collections.abc import Sequence
from typing import Self

from pydantic import Field, model_validator

from signals.pieces import Piece
from templates.blocks import rich_text
from templates.blocks.base import (
    AnswerForm,
    BlockType,
    Count,
    EditorForm,
    Example,
    Find,
    Fixed,
    Json,
    Strict,
    UnreadableAnswer,
    object_schema,
)
from templates.blocks.json_answer import read_json
from templates.word.body import Body, Run
from templates.word.parts import Choice, Part

# Below this nearness the offline writer does not claim to know.
_NEAR_ENOUGH = 0.05
_MOST_FACTS = 4
_LONGEST_FACT = 160
# With more options than this the answer would be longer than its use.
_MOST_WEIGHED = 12
_UNKNOWN = "Not stated"


class SelectionSettings(Strict):
    """The options, whether several may be chosen, and what to choose when nothing fits."""

    options: list[str] = Field(min_length=1, title="Options")
    many: bool = Field(False, title="Several may be chosen")
    fallback: str = Field("", title="When the documents do not say")

    @model_validator(mode="after")
    def _options_differ(self) -> Self:
        folded = [_fold(option) for option in self.all_options()]
        if len(set(folded)) < len(folded) or not all(folded):
            raise ValueError("options must differ and not be empty")
        return self

    def all_options(self) -> list[str]:
        """The options, with the fallback last."""
        if self.fallback and self.fallback not in self.options:
            return [*self.options, self.fallback]
        return self.options


class SelectionValue(Strict):
    """The options chosen, in the order of the settings."""

    chosen: list[str]


class Selection(BlockType[SelectionSettings, SelectionValue]):
    """A choice among options."""

    kind = "selection"
    name = "Selection"
    about = "One or several of the options you give"
    forms = ("choice",)
    Settings = SelectionSettings
    Value = SelectionValue

    def ask(self, settings: SelectionSettings) -> AnswerForm:
        schema = _answer_schema(settings)
        if _is_weighed(settings):
            return AnswerForm(_ask_to_weigh(settings), 100 + 100 * len(settings.options), schema)
        # The facts first: asked for a reason, small models say that the documents say nothing.
        words = (
            f'Answer with JSON only: an object with "facts", one to {_MOST_FACTS} facts in the documents '
            'that decide it, each with its name, figure or date, and then "chosen", '
            + ("a list of every option that they show" if settings.many else "the one option that follows")
            + f", spelt as here:\n{_list(settings.all_options())}"
        )
        if settings.fallback:
            words += f"\nChoose “{settings.fallback}” only when there are no such facts."
        return AnswerForm(words, 400 + 20 * len(settings.options), schema)

    def read_answer(self, answer: str, settings: SelectionSettings) -> SelectionValue:
        data = read_json(answer)
        chosen = _chosen_in(data) if isinstance(data, dict) else data
        if isinstance(chosen, str):
            chosen = [chosen]
        if chosen == [] and settings.fallback:
            chosen = [settings.fallback]
        if not isinstance(chosen, list) or not chosen:
            raise UnreadableAnswer("The answer chooses none of the options.")
        read = _in_order([str(option) for option in chosen], settings)
        # Beside another option the fallback says nothing.
        return SelectionValue(chosen=[one for one in read if one != settings.fallback] or read)

    def problems(self, value: SelectionValue, settings: SelectionSettings) -> list[str]:
        found = [
            f"“{option}” is not one of the options."
            for option in value.chosen
            if option not in settings.all_options()
        ]
        if not value.chosen:
            found.append("Nothing is chosen.")
        if len(value.chosen) > 1 and not settings.many:
            found.append(f"{len(value.chosen)} options are chosen; one was asked for.")
        if len(value.chosen) > 1 and settings.fallback in value.chosen:
            found.append(f"“{settings.fallback}” cannot stand beside another option.")
        return found

    def text(self, value: SelectionValue) -> str:
        return "\n".join(value.chosen)

    def pieces(self, value: SelectionValue) -> list[Piece]:
        return [Piece(f"option {number}", option) for number, option in enumerate(value.chosen, 1)]

    def draft_offline(self, about: str, settings: SelectionSettings, find: Find) -> SelectionValue:
        scores = find.nearest(about, settings.options)
        best = max(scores)
        if best < _NEAR_ENOUGH and settings.fallback:
            return SelectionValue(chosen=[settings.fallback])
        if best <= 0:
            raise UnreadableAnswer("Nothing in the documents speaks for any of the options.")
        if settings.many:
            chosen = [one for one, score in zip(settings.options, scores, strict=True) if score >= best / 2]
            return SelectionValue(chosen=chosen)
        return SelectionValue(chosen=[settings.options[scores.index(best)]])

    def editor(self, settings: SelectionSettings) -> EditorForm:
        return EditorForm(content="")

    def to_editor(self, value: SelectionValue, settings: SelectionSettings) -> Json:
        return rich_text.doc([rich_text.paragraph(option) for option in value.chosen]).model_dump()

    def from_editor(self, doc: Json, settings: SelectionSettings) -> SelectionValue:
        chosen = [rich_text.plain(child).strip() for child in rich_text.read_doc(doc).content]
        return SelectionValue(chosen=_in_order([option for option in chosen if option], settings))

    def write_word(self, value: SelectionValue, settings: SelectionSettings, body: Body) -> None:
        for option in value.chosen:
            body.paragraph([Run(option, bold=True)])

    def propose_from_word(self, parts: Sequence[Part]) -> Example[SelectionSettings, SelectionValue] | None:
        if len(parts) != 1 or not isinstance(parts[0], Choice):
            return None
        choice = parts[0]
        options: dict[str, str] = {}
        # What was typed into a combination box is an option like those it offers.
        for option in (*choice.options, *choice.chosen):
            if _fold(option):
                options.setdefault(_fold(option), option)
        if not options:
            return None
        fallback = "" if _fold(_UNKNOWN) in options else _UNKNOWN
        settings = SelectionSettings(options=list(options.values()), many=choice.many, fallback=fallback)
        chosen = {_fold(option) for option in choice.chosen}
        return Example(
            settings, SelectionValue(chosen=[text for fold, text in options.items() if fold in chosen])
        )

    def fixed(self, settings: SelectionSettings) -> Fixed:
        options = tuple(settings.all_options())
        return Fixed(counts=(Count("options", 1, len(options) if settings.many else 1),), options=options)

    def example(self) -> Example[SelectionSettings, SelectionValue]:
        settings = SelectionSettings(options=["Approved", "Rejected", "Deferred"], fallback="Not stated")
        return Example(settings, SelectionValue(chosen=["Deferred"]))


def _is_weighed(settings: SelectionSettings) -> bool:
    """Whether each option is held against the documents by itself: else models choose all or none."""
    return settings.many and len(settings.options) <= _MOST_WEIGHED


def _ask_to_weigh(settings: SelectionSettings) -> str:
    return (
        'Answer with JSON only: an object with "options", a list with one object for each option below, in '
        'this order: "option", spelt as here; "fact", what the documents say that shows most for or against '
        'it, with its name, figure or date, empty where they do not mention it; and then "applies", true '
        f"only if that fact shows that it applies, otherwise false.\n{_list(settings.options)}"
    )


def _list(options: Sequence[str]) -> str:
    return "\n".join(f"- {option}" for option in options)


def _answer_schema(settings: SelectionSettings) -> Json:
    fact: Json = {"type": "string", "maxLength": _LONGEST_FACT}
    if _is_weighed(settings):
        option: Json = {"type": "string", "enum": settings.options}
        weighed = object_schema({"option": option, "fact": fact, "applies": {"type": "boolean"}})
        count = len(settings.options)
        return object_schema(
            {"options": {"type": "array", "items": weighed, "minItems": count, "maxItems": count}}
        )
    option = {"type": "string", "enum": settings.all_options()}
    many = {"type": "array", "items": option, "minItems": 1, "maxItems": len(settings.all_options())}
    facts = {"type": "array", "items": fact, "minItems": 1, "maxItems": _MOST_FACTS}
    return object_schema({"facts": facts, "chosen": many if settings.many else option})


def _chosen_in(answer: Json) -> object:
    """What the answer chose, in whichever of the two forms."""
    weighed = answer.get("options")
    if "chosen" in answer or not isinstance(weighed, list):
        return answer.get("chosen")
    return [one.get("option") for one in weighed if isinstance(one, dict) and one.get("applies") is True]


def _fold(option: str) -> str:
    """What two spellings of one option have in common."""
    return " ".join(option.casefold().split()).strip(" .\"'“”‘’") or option.strip()


def _in_order(chosen: Sequence[str], settings: SelectionSettings) -> list[str]:
    """The options meant, spelt as in the settings and in their order. Raises `UnreadableAnswer`."""
    options = {_fold(option): option for option in settings.all_options()}
    unknown = [option for option in chosen if _fold(option) not in options]
    if unknown:
        known = ", ".join(settings.all_options())
        raise UnreadableAnswer(f"“{unknown[0]}” is not one of the options: {known}.")
    meant = {options[_fold(option)] for option in chosen}
    return [option for option in settings.all_options() if option in meant]
