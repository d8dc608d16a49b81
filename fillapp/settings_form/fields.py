"""The fields of a form, ready for the fragment that shows each of them."""

from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import BaseModel

from fillapp.settings_form.errors import Errors, Path
from templates.blocks.base import Json
from templates.shapes import NO_DEFAULT, Input, Shape, read_shapes, say_choice

_MOST_IN_A_LINE = 4
_LONGEST_LINE = 200
_LETTERS_A_LINE = 90


@dataclass(frozen=True)
class Option:
    """One of the choices."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Row:
    """One object of a list; the last is empty, for one more."""

    name: str
    number: int
    fields: list["Field"]
    is_new: bool

    @property
    def id(self) -> str:
        """What the ids in the row begin with."""
        return self.name.replace(".", "-")

    @property
    def is_flat(self) -> bool:
        """Whether its fields can stand side by side."""
        return len(self.fields) <= _MOST_IN_A_LINE and all(one.is_short for one in self.fields)


@dataclass(frozen=True)
class Field:
    """One input: its name in the post, its words, and what stands in it."""

    name: str
    shape: Shape
    value: str = ""
    checked: bool = False
    required: bool = False
    errors: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    fields: tuple["Field", ...] = ()

    @property
    def id(self) -> str:
        """The id of its input."""
        return self.name.replace(".", "-")

    @property
    def template(self) -> str:
        """The fragment of its input."""
        return f"templates/fields/{self.shape.input}.html"

    @property
    def hint(self) -> str:
        """What the schema says beyond the title, as sentences."""
        words = [self.shape.description.rstrip("."), _limits(self.shape)]
        if self.shape.nullable:
            words.append("May be empty")
        return ". ".join(word for word in words if word) + "." * any(words)

    @property
    def described_by(self) -> str:
        """The ids of what is said about it."""
        ids = [f"{self.id}-hint"] * bool(self.hint) + [f"{self.id}-error"] * bool(self.errors)
        return " ".join(ids)

    @property
    def is_short(self) -> bool:
        """Whether it takes one line."""
        return self.shape.input in ("number", "checkbox", "select", "text") and not self.is_long

    @property
    def is_long(self) -> bool:
        """Whether a text needs more than one line: one with a line break would lose it."""
        return self.shape.multiline or "\n" in self.value or len(self.value) > _LONGEST_LINE

    @property
    def step(self) -> str:
        """The step of a number."""
        return str(self.shape.step or (1 if self.shape.whole else "any"))

    @property
    def lines(self) -> int:
        """How tall an area is, in lines."""
        lines = sum(len(line) // _LETTERS_A_LINE + 1 for line in self.value.split("\n"))
        return min(max(lines + 1, 4), 16)

    @property
    def item_name(self) -> str:
        """What one row is called in a sentence."""
        return self.shape.item.title.lower() if self.shape.item else ""


def make_fields(
    model: type[BaseModel], data: Json, errors: Errors | None = None, prefix: str = "settings"
) -> list[Field]:
    """The fields of a model with what `data` holds, also where it is no valid value."""
    shapes = read_shapes(model)
    return [_make(shape, f"{prefix}.{name}", data, (name,), errors or {}) for name, shape in shapes.items()]


def _make(shape: Shape, name: str, data: Json, path: Path, errors: Errors, *, in_row: bool = False) -> Field:
    value = data.get(str(path[-1]), None if shape.default is NO_DEFAULT else shape.default)
    rows: list[Row] = []
    parts: list[Field] = []
    if shape.input == "rows" and shape.item:
        given = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
        for number, item in enumerate([*given, {}]):
            made = _parts(shape.item, f"{name}.{number}", item, (*path, number), errors, in_row=True)
            rows.append(Row(f"{name}.{number}", number + 1, made, is_new=number == len(given)))
    elif shape.input == "group":
        inside = value if isinstance(value, dict) else {}
        parts = _parts(shape, name, inside, path, errors, in_row=in_row)
    return Field(
        name=name,
        shape=shape,
        value=_text(shape.input, value),
        checked=value is True,
        # An empty row is no mistake, so a browser must not stop at it.
        required=shape.needed and not in_row,
        errors=tuple(_errors_at(shape, path, errors)),
        options=tuple(_options(shape, value)),
        rows=tuple(rows),
        fields=tuple(parts),
    )


def _parts(shape: Shape, name: str, data: Json, path: Path, errors: Errors, *, in_row: bool) -> list[Field]:
    return [
        _make(part, f"{name}.{key}", data, (*path, key), errors, in_row=in_row)
        for key, part in shape.parts.items()
    ]


def _text(kind: Input, value: Any) -> str:
    """What stands in the input; a list stands one item a line."""
    if value is None or kind in ("rows", "group", "checkbox", "select", "checks"):
        return ""
    if kind == "lines" and isinstance(value, list):
        return "\n".join(" ".join(str(item).split("\n")) for item in value)
    if kind == "json" and not (isinstance(value, str) and not _is_json(value)):
        return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    return str(value)


def _is_json(text: str) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _options(shape: Shape, value: Any) -> list[Option]:
    if shape.input not in ("select", "checks"):
        return []
    chosen = value if shape.input == "checks" and isinstance(value, list) else [value]
    options = [
        Option(str(one), shape.labels.get(str(one), say_choice(one)), one in chosen) for one in shape.choices
    ]
    if shape.input == "checks":
        return options
    if shape.nullable or not any(option.chosen for option in options):
        options.insert(0, Option("", "–", value is None))
    return options


def _errors_at(shape: Shape, path: Path, errors: Errors) -> list[str]:
    """What is wrong here, and below where no input of its own stands."""
    found = list(errors.get(path, ()))
    if shape.input in ("rows", "group"):
        return found
    for at, messages in errors.items():
        if len(at) > len(path) and at[: len(path)] == path:
            item = at[len(path)]
            line = f"Line {item + 1}: " if isinstance(item, int) else ""
            found += [f"{line}{message}" for message in messages]
    return found


def _limits(shape: Shape) -> str:
    least, most = shape.minimum, shape.maximum
    if least is not None and most is not None:
        return f"{least:,} to {most:,}"
    if least is not None:
        return f"At least {least:,}"
    if most is not None:
        return f"At most {most:,}"
    return "One on each line" if shape.input == "lines" else ""
