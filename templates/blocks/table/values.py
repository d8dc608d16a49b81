"""What a table is made of: its columns and limits, and its rows."""

from typing import Self

from pydantic import Field, model_validator

from templates.blocks.base import Strict
from templates.blocks.columns import ColumnType

TYPE_WORDS = {"number": "a number", "money": "an amount of money", "date": "a date"}
NO_HEADING = "-"
"""Stands for a heading that is empty."""
LONGEST_CELL = 400
"""Letters a server lets a model write into a cell."""


class Column(Strict):
    """One column; `description` tells the model what to put there."""

    name: str = Field(min_length=1, title="Name")
    description: str = Field("", title="What stands in it")
    type: ColumnType = Field("text", title="Type")
    heading: str = Field("", title="Shown as (- for nothing)")


class TableSettings(Strict):
    """The columns, and how many rows there may be."""

    columns: list[Column] = Field(min_length=1, title="Columns")
    min_rows: int = Field(0, ge=0, le=1000, title="At least, in rows")
    max_rows: int = Field(30, ge=1, le=1000, title="At most, in rows")
    header: bool = Field(True, title="Column names stand above the rows")
    open_columns: bool = Field(False, title="Reviewers may add, move and delete columns")

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [fold_name(column.name) for column in self.columns]
        if len(set(names)) < len(names):
            raise ValueError("two columns have the same name")
        if self.min_rows > self.max_rows:
            raise ValueError("more rows are asked for at least than at most")
        return self


class TableValue(Strict):
    """Column names and rows of plain text cells; a newline in a cell is a line break."""

    columns: list[str]
    rows: list[list[str]]

    @model_validator(mode="after")
    def _rows_fit(self) -> Self:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells for {len(self.columns)} columns")
        return self


def fold_name(name: str) -> str:
    """What two spellings of a column's name have in common."""
    return " ".join(name.casefold().replace("_", " ").split())
