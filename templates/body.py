"""The body of a template: what a snapshot holds, what a YAML file says, what a fill reads."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from signals.clean import clean_text
from templates.blocks import KINDS
from templates.blocks.base import BlockType, Json, Strict
from templates.mistakes import InvalidBody, Mistake, Path, mistakes_of
from templates.word.house.roles import ROLES

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]


def _is_role(name: str) -> str:
    if name not in ROLES:
        raise ValueError(
            f"nothing in a report is called “{name}”; styles can be chosen for {', '.join(ROLES)}"
        )
    return name


RoleName = Annotated[str, AfterValidator(_is_role)]
StyleName = Annotated[str, Field(min_length=1, max_length=255)]
_STYLES_SCHEMA = {
    "type": "object",
    "properties": {name: {"type": "string", "minLength": 1, "maxLength": 255} for name in ROLES},
    "additionalProperties": False,
    "title": "Styles",
}


class DocumentSlot(Strict):
    """A document the template expects."""

    key: Key
    name: str = Field(min_length=1)
    hint: str = ""
    required: bool = False


class WordLook(Strict):
    """How the Word file looks: in the organisation's own document, with a table of contents or without.

    `style` is the name of that document, beside the template's file; `sha256` says which content it had.
    `styles` names the style of that document for a role; what is not named is detected.
    """

    style: str = Field("", max_length=200)
    toc: bool = False
    sha256: str = Field("", pattern=r"^([0-9a-f]{64})?$")
    styles: Annotated[dict[RoleName, StyleName], WithJsonSchema(_STYLES_SCHEMA)] = {}

    @field_validator("style")
    @classmethod
    def _stays_in_its_folder(cls, style: str) -> str:
        parts = style.replace("\\", "/").split("/")
        if ".." in parts or style.startswith(("/", "\\", "~")) or ":" in style:
            raise ValueError(f"“{style}” leaves the template's folder; put the Word file beside the template")
        return style

    @field_validator("styles")
    @classmethod
    def _styles_in_order(cls, styles: dict[str, str]) -> dict[str, str]:
        """Equal choices are spelt alike."""
        return {role: styles[role] for role in ROLES if role in styles}

    @model_validator(mode="after")
    def _styles_are_somewhere(self) -> Self:
        if self.styles and not self.style:
            raise ValueError("the styles are those of a Word file: name it with “style”")
        return self


class Require(Strict):
    """What must be done before export or publishing."""

    review: bool = False
    tests: bool = False


class StaticHeading(Strict):
    """A heading that stands in every report."""

    heading: str = Field(min_length=1)
    level: int = Field(1, ge=1, le=4)


class StaticText(Strict):
    """A paragraph that stands in every report."""

    text: str


class Block(Strict):
    """One slot that the model fills."""

    block: Key
    kind: str
    title: str = ""
    instructions: str = ""
    settings: Json = {}
    after: list[Key] = []
    reads: list[Key] = []
    examples: list[str] = []
    candidates: int = Field(1, ge=1, le=5)

    @field_validator("kind")
    @classmethod
    def _kind_is_known(cls, kind: str) -> str:
        if kind not in KINDS:
            raise ValueError(f"“{kind}” is not a kind; the kinds are {', '.join(KINDS)}")
        return kind

    @field_validator("settings")
    @classmethod
    def _settings_in_order(cls, settings: Json, info: ValidationInfo) -> Json:
        """Equal settings are spelt alike, also when a database kept their keys in an order of its own."""
        block_type = KINDS.get(info.data.get("kind", ""))
        if block_type is None:
            return settings
        try:
            parsed = block_type.Settings.model_validate(settings)
        except ValidationError:
            return settings  # the body says what is wrong, and where
        in_order: Json = parsed.model_dump(mode="json", exclude_unset=True)
        return in_order

    @property
    def type(self) -> BlockType[Any, Any]:
        """The block's kind."""
        return KINDS[self.kind]

    @property
    def parsed_settings(self) -> Any:
        """The settings as the kind's own model."""
        return self.type.Settings.model_validate(self.settings)


class Guard(Strict):
    """Which signal watches which blocks, and what happens when it fires."""

    signal: Key
    blocks: list[Key] = []
    action: Literal["flag", "resample", "withhold"] = "flag"
    # None: from where the signal itself flags.
    threshold: float | None = Field(None, ge=0, le=1)
    max_tries: int = Field(2, ge=1, le=5)
    on_error: Literal["pass", "fail"] = "pass"


def _which_part(data: Any) -> str:
    keys = vars(data).keys() if isinstance(data, BaseModel) else data if isinstance(data, dict) else ()
    return next((key for key in ("block", "heading", "text") if key in keys), "block")


PartOfBody = Annotated[
    Annotated[StaticHeading, Tag("heading")]
    | Annotated[StaticText, Tag("text")]
    | Annotated[Block, Tag("block")],
    Discriminator(_which_part),
]


class TemplateBody(Strict):
    """A whole template. Two bodies with equal content have the same hash."""

    fill: Literal[1] = 1
    name: str = Field(min_length=1, max_length=200)
    description: str = ""
    language: str = Field("en", pattern=r"^[a-z]{2}(-[A-Z]{2})?$")
    tone: str = "neutral"
    documents: list[DocumentSlot] = []
    word: WordLook = WordLook()
    require: Require = Require()
    context: Literal["refuse", "select", "parts"] = "refuse"
    blocks: list[PartOfBody] = []
    guards: list[Guard] = []

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if mistakes := list(_find_mistakes(self)):
            raise InvalidBody(mistakes)
        return self

    @property
    def fillable(self) -> list[Block]:
        """The blocks that the model fills, in the order of the report."""
        return [part for part in self.blocks if isinstance(part, Block)]

    def block(self, key: str) -> Block:
        """The block of this key. Raises `KeyError`."""
        for block in self.fillable:
            if block.block == key:
                return block
        raise KeyError(key)

    def with_instructions(self, key: str, instructions: str) -> Self:
        """The same body, other instructions in one block. Raises `KeyError`."""
        block = self.block(key)
        changed = block.model_copy(update={"instructions": instructions})
        return self.model_copy(update={"blocks": [changed if one is block else one for one in self.blocks]})

    def dump(self) -> Json:
        """The body as plain data without what is default, in the order of the fields."""
        return {"fill": 1, **self.model_dump(mode="json", exclude_defaults=True)}


def read_body(data: object) -> TemplateBody:
    """The body in plain data, its texts cleaned. Raises `InvalidBody` with every mistake."""
    try:
        return TemplateBody.model_validate(_clean(data))
    except InvalidBody:
        raise
    except ValidationError as error:
        raise InvalidBody(mistakes_of(error)) from error


def _find_mistakes(body: TemplateBody) -> Iterator[Mistake]:
    keys = [block.block for block in body.fillable]
    slots = [slot.key for slot in body.documents]
    for index, slot in enumerate(body.documents):
        if slot.key in slots[:index]:
            yield Mistake(("documents", index, "key"), f"the key “{slot.key}” is used twice")
    seen: set[str] = set()
    for index, part in enumerate(body.blocks):
        if isinstance(part, Block):
            at: Path = ("blocks", index)
            if part.block in seen:
                yield Mistake((*at, "block"), f"the key “{part.block}” is used twice")
            seen.add(part.block)
            yield from _block_mistakes(part, at, keys, slots)
    yield from _circles(body)
    for index, guard in enumerate(body.guards):
        for number, key in enumerate(guard.blocks):
            if key not in keys:
                yield Mistake(("guards", index, "blocks", number), f"there is no block “{key}”")


def _block_mistakes(block: Block, at: Path, keys: list[str], slots: list[str]) -> Iterator[Mistake]:
    for number, key in enumerate(block.after):
        if key not in keys or key == block.block:
            yield Mistake((*at, "after", number), f"there is no other block “{key}”")
    for number, key in enumerate(block.reads):
        if key not in slots:
            yield Mistake((*at, "reads", number), f"there is no document “{key}”")
    try:
        block.type.Settings.model_validate(block.settings)
    except ValidationError as error:
        yield from mistakes_of(error, (*at, "settings"))


def _circles(body: TemplateBody) -> Iterator[Mistake]:
    """Blocks that wait for themselves, however far round."""
    after = {block.block: set(block.after) - {block.block} for block in body.fillable}
    for index, part in enumerate(body.blocks):
        if isinstance(part, Block) and part.block in awaited(part.block, after):
            yield Mistake(("blocks", index, "after"), f"“{part.block}” waits for itself, directly or not")


def awaited(key: str, after: dict[str, set[str]]) -> set[str]:
    """All that the block `key` waits for, directly or not."""
    found: set[str] = set()
    ahead = list(after[key])
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += after.get(one, ())
    return found


def _clean(data: Any) -> Any:
    if isinstance(data, str):
        return clean_text(data)
    if isinstance(data, dict):
        return {_clean(key): _clean(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_clean(value) for value in data]
    return data
