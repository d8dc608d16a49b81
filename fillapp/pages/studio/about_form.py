"""The form of the template itself: its name, its language, the documents it expects, its rules."""

from typing import Annotated

from django.http import QueryDict
from pydantic import Field as Setting
from pydantic import StringConstraints, create_model

from fillapp.pages.studio.block_form import Unfit, name_errors, say_mistakes
from fillapp.pages.studio.guard_signals import find_idle_guards, list_of_guards, name_signals
from fillapp.settings_form import Field, make_fields, one_of, read_fields
from generation.prompt import LANGUAGES
from templates.blocks.base import Json, Strict
from templates.body import Block, Guard, Key, PartOfBody, Require, TemplateBody, read_body
from templates.editing import make_free_key
from templates.mistakes import InvalidBody

_PREFIX = "about"
_CONTEXTS = {
    "refuse": "Refuse to fill",
    "select": "Choose what is relevant",
    "parts": "Read them in parts",
}


# Spaces alone are no name.
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Slot(Strict):
    """A document the template expects."""

    name: Words = Setting(title="Name")
    hint: str = Setting("", title="What it is")
    required: bool = False
    key: str = Setting("", pattern=r"^([a-z][a-z0-9_-]*)?$", max_length=60, title="Key")


class AboutForm:
    """The template itself, as fields and back."""

    def __init__(self, body: TemplateBody) -> None:
        self.body = body
        languages = LANGUAGES if body.language in LANGUAGES else {**LANGUAGES, body.language: body.language}
        self.model = create_model(
            "About",
            __base__=Strict,
            name=(Words, Setting(max_length=200, title="Name")),
            description=(
                str,
                Setting(
                    "",
                    title="What it is for",
                    description="Shown where a template is chosen",
                    json_schema_extra={"format": "multiline"},
                ),
            ),
            documents=(
                list[Slot],
                Setting(
                    [],
                    title="Documents",
                    description="What people are asked for when they start a report",
                    json_schema_extra={"item": "document"},
                ),
            ),
            language=(one_of(languages), Setting("en", title="Language of the report")),
            tone=(str, Setting("neutral", title="Tone")),
            context=(one_of(_CONTEXTS), Setting("refuse", title="When the documents are too long")),
            require=(Require, Setting(Require(), title="Required")),
            guards=(
                list_of_guards(Guard, name_signals(guard.signal for guard in _of_several(body))),
                Setting(
                    [],
                    title="Guards",
                    description="Signals that look at several blocks; without blocks, at all",
                    json_schema_extra={"item": "guard"},
                ),
            ),
        )

    @property
    def idle_guards(self) -> list[str]:
        """A sentence for each guard that would not run."""
        return find_idle_guards(_of_several(self.body))

    @property
    def fields(self) -> list[Field]:
        """The fields with what the draft says."""
        body = self.body
        data: Json = body.model_dump(mode="json", include=set(self.model.model_fields))
        data["guards"] = [guard.model_dump(mode="json") for guard in _of_several(body)]
        return make_fields(self.model, data, prefix=_PREFIX)

    def apply(self, post: QueryDict) -> TemplateBody:
        """The body as posted. Raises `Unfit`."""
        read = read_fields(self.model, post, _PREFIX)
        if wrong := list(name_errors(self.model, read, post, _PREFIX)):
            raise Unfit(wrong)
        data: Json = self.body.dump()
        for name in self.model.model_fields:
            data.pop(name, None)
        documents = _with_keys(read.pop("documents", []))
        parts = _follow_slots(self.body, [one["key"] for one in documents])
        own = [
            guard.model_dump(mode="json", exclude_defaults=True)
            for guard in self.body.guards
            if _is_of_one(guard)
        ]
        data |= read | {
            "documents": documents,
            "guards": [*read.get("guards", []), *own],
            "blocks": [part.model_dump(mode="json", exclude_defaults=True) for part in parts],
        }
        try:
            return read_body(data)
        except InvalidBody as error:
            raise Unfit([("", sentence) for sentence in say_mistakes(error)]) from error


def _of_several(body: TemplateBody) -> list[Guard]:
    return [guard for guard in body.guards if not _is_of_one(guard)]


def _is_of_one(guard: Guard) -> bool:
    """Whether it is edited in the form of its block."""
    return len(guard.blocks) == 1


def _with_keys(documents: list[Json]) -> list[Json]:
    """The documents, each with a key: that of its name where none was typed."""
    taken = [one["key"] for one in documents if one.get("key")]
    keyed = []
    for one in documents:
        key: Key = one.get("key") or make_free_key(one["name"], taken, otherwise="document")
        taken.append(key)
        keyed.append(one | {"key": key})
    return keyed


def _follow_slots(body: TemplateBody, keys: list[str]) -> list[PartOfBody]:
    """The parts, reading what there is: a document whose key is changed in place is still the same one."""
    old = [slot.key for slot in body.documents]
    same_number = len(old) == len(keys)
    now = {key: keys[place] if same_number and key not in keys else key for place, key in enumerate(old)}
    return [
        part.model_copy(update={"reads": [now[key] for key in part.reads if now[key] in keys]})
        if isinstance(part, Block)
        else part
        for part in body.blocks
    ]
