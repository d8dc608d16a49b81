"""The form of a block: what every block has, the settings of its kind, and what few blocks need."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal

from django.http import QueryDict
from pydantic import BaseModel, ValidationError, create_model
from pydantic import Field as Setting

from fillapp.pages.studio.guard_signals import find_idle_guards, list_of_guards, name_signals
from fillapp.settings_form import (
    Field,
    find_errors,
    find_posted,
    make_fields,
    one_of,
    put_errors,
    read_fields,
    some_of,
)
from generation.guards.watch import guards_of
from templates.blocks import KINDS
from templates.blocks.base import Json, Strict
from templates.body import Block, Guard, Key, TemplateBody
from templates.compare import name_block
from templates.editing import replace_part
from templates.mistakes import InvalidBody

_MULTILINE: Json = {"format": "multiline"}
_MOST_CANDIDATES = 5


class ExampleText(Strict):
    """A text as the block should read."""

    text: str = Setting("", title="Text", json_schema_extra=_MULTILINE)


class Watch(Strict):
    """A guard of this block alone."""

    signal: Key = Setting("", title="Signal", description="Its name")
    action: Literal["flag", "resample", "withhold"] = "flag"
    threshold: float | None = Setting(
        None, ge=0, le=1, title="Fires from", description="Left empty: where the signal itself flags."
    )
    max_tries: int = Setting(2, ge=1, le=5, title="Tries")
    on_error: Literal["pass", "fail"] = Setting("pass", title="If it cannot be checked")


class Unfit(ValueError):
    """What was typed cannot stand in a template; `errors` are (posted name or "", sentence)."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        super().__init__(" ".join(sentence for _, sentence in errors))
        self.errors = errors


class BlockForm:
    """A block of a body, as fields and back."""

    def __init__(self, body: TemplateBody, block: Block) -> None:
        self.body = body
        self.block = block
        # Several of these forms may be open on one page.
        self._words_at, self._settings_at, self._more_at = (
            f"{what}.{block.block}" for what in ("block", "settings", "more")
        )

    @cached_property
    def words(self) -> type[Strict]:
        """What every block has."""
        kinds = one_of({kind: block_type.name for kind, block_type in KINDS.items()})
        return create_model(
            "Words",
            __base__=Strict,
            title=(
                str,
                Setting("", title="Title", description="The heading in the report; none if left empty"),
            ),
            kind=(kinds, Setting(self.block.kind, title="Kind")),
            instructions=(
                str,
                Setting(
                    "",
                    title="Instructions",
                    description="What to write, as you would tell a colleague who has the documents at hand",
                    json_schema_extra=_MULTILINE,
                ),
            ),
        )

    @cached_property
    def more(self) -> type[Strict]:
        """What few blocks need; other blocks and documents only where there are any."""
        others = {
            one.block: one.title or one.block for one in self.body.fillable if one.block != self.block.block
        }
        slots = {slot.key: slot.name for slot in self.body.documents}
        fields: dict[str, Any] = {}
        if others:
            about = "It waits for these blocks and reads them"
            fields["after"] = _choose_some(others, title="After", description=about)
        if slots:
            about = "None ticked means all. The model sees every document and is told to use these"
            fields["reads"] = _choose_some(slots, title="Documents to use", description=about)
        fields["examples"] = (
            list[ExampleText],
            Setting(
                [],
                title="Examples",
                description="Texts of other cases, to show the style",
                json_schema_extra={"item": "text"},
            ),
        )
        fields["watched_by"] = (
            list_of_guards(Watch, name_signals(guard.signal for guard in self._own_guards)),
            Setting(
                [],
                title="Guards",
                description="Signals that look at this block alone",
                json_schema_extra={"item": "guard"},
            ),
        )
        fields["candidates"] = (
            int,
            Setting(1, ge=1, le=_MOST_CANDIDATES, title="Versions", description="Written side by side"),
        )
        return create_model("More", __base__=Strict, **fields)

    @property
    def word_fields(self) -> list[Field]:
        """The fields of every block."""
        block = self.block
        data = {"title": block.title, "kind": block.kind, "instructions": block.instructions}
        return make_fields(self.words, data, prefix=self._words_at)

    @property
    def setting_fields(self) -> list[Field]:
        """The fields of its kind."""
        return make_fields(self.block.type.Settings, self.block.settings, prefix=self._settings_at)

    @property
    def more_fields(self) -> list[Field]:
        """The fields few need."""
        block = self.block
        data: Json = {
            "after": block.after,
            "reads": block.reads,
            "examples": [{"text": text} for text in block.examples],
            "watched_by": [_dump_watch(guard) for guard in self._own_guards],
            "candidates": block.candidates,
        }
        return make_fields(self.more, data, prefix=self._more_at)

    @property
    def idle_guards(self) -> list[str]:
        """A sentence for each guard of the block that would not run."""
        return find_idle_guards(guards_of(self.body, self.block.block))

    @property
    def also_watched_by(self) -> list[str]:
        """The signals of guards that watch other blocks too."""
        mine = (guard for guard in self.body.guards if not guard.blocks or self.block.block in guard.blocks)
        return [guard.signal for guard in mine if guard.blocks != [self.block.block]]

    def apply(self, post: QueryDict) -> TemplateBody:
        """The body with the block as posted. Raises `Unfit`."""
        words = read_fields(self.words, post, self._words_at)
        kind = words.get("kind", self.block.kind)
        settings = self._read_settings(post) if kind == self.block.kind else settings_for(kind)
        more = read_fields(self.more, post, self._more_at)
        wrong = [
            *name_errors(self.words, words, post, self._words_at),
            *name_errors(self.more, more, post, self._more_at),
            *(
                name_errors(self.block.type.Settings, settings, post, self._settings_at)
                if kind == self.block.kind
                else ()
            ),
        ]
        if wrong:
            raise Unfit(wrong)
        guards = [Guard(blocks=[self.block.block], **one) for one in more.pop("watched_by", [])]
        more["examples"] = [one["text"] for one in more.get("examples", [])]
        block = Block.model_validate(
            {"block": self.block.block, "kind": kind, "settings": settings} | words | more
        )
        try:
            return replace_part(self.body, f"block-{self.block.block}", block, guards)
        except InvalidBody as error:
            raise Unfit(
                [("", f"{name_block(self.block)}: {words}") for words in say_mistakes(error)]
            ) from error

    def _read_settings(self, post: QueryDict) -> Json:
        """The settings as posted; where they mean the same, as they were spelt."""
        model = self.block.type.Settings
        settings = read_fields(model, post, self._settings_at)
        try:
            is_same = model.model_validate(settings) == self.block.parsed_settings
        except ValidationError:
            return settings
        return self.block.settings if is_same else settings

    @property
    def _own_guards(self) -> list[Guard]:
        return [guard for guard in self.body.guards if guard.blocks == [self.block.block]]


def settings_for(kind: str) -> Json:
    """Settings to begin with: as the kind comes, else those of its example; of no kind, none."""
    if kind not in KINDS:
        return {}
    block_type = KINDS[kind]
    try:
        block_type.Settings.model_validate({})
    except ValidationError:
        example: Json = block_type.example().settings.model_dump(mode="json", exclude_defaults=True)
        return example
    return {}


def _choose_some(labels: dict[str, str], title: str, description: str) -> Any:
    return (some_of(labels), Setting([], title=title, description=description))


def _dump_watch(guard: Guard) -> Json:
    return guard.model_dump(mode="json", exclude={"blocks"})


def name_errors(
    model: type[BaseModel], data: Json, post: QueryDict, prefix: str
) -> Iterator[tuple[str, str]]:
    """(posted name, sentences) for all that is wrong with what was read from a post."""
    for path, sentences in find_errors(model, data).items():
        yield find_posted(model, post, path, prefix), " ".join(sentences)


def say_mistakes(error: InvalidBody) -> Iterator[str]:
    """Each mistake as a sentence."""
    return (sentence for sentences in put_errors(error.mistakes).values() for sentence in sentences)
