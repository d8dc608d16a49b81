"""What a Word file says, as plain values in reading order."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A paragraph in a heading style; `level` counts from 1.

    `number` is what Word's own counting writes before it ("1.01"), which is no part of what it says.
    """

    text: str
    level: int
    number: str = field(default="", compare=False)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph that is neither heading nor list item; `style` is its style's name."""

    text: str
    style: str = "Normal"


@dataclass(frozen=True)
class ListItem:
    """One item of a native list; `level` counts from 0, `number` is as in a heading."""

    text: str
    level: int = 0
    ordered: bool = False
    number: str = field(default="", compare=False)


@dataclass(frozen=True)
class Table:
    """Rows of cell texts, all rows equally long (merged cells are repeated).

    A table inside a cell is read as that cell's text, cells apart by " | ", rows by newlines.
    `copies` are the rows and columns, from 0, in which a merged cell is repeated; None where that is
    not known. `header`: whether the first row names the columns; None where the file does not say.
    """

    rows: tuple[tuple[str, ...], ...]
    copies: frozenset[tuple[int, int]] | None = field(default=None, compare=False)
    header: bool | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Choice:
    """A drop-down, or a run of checkboxes: the options offered and those chosen."""

    options: tuple[str, ...]
    chosen: tuple[str, ...]
    many: bool = False


Part = Heading | Paragraph | ListItem | Table | Choice
