"""What a report puts into a Word file, whichever style the file has."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from templates.word.body import Body, Run


def _nothing(body: Body) -> None:
    """What a heading without a text writes."""


@dataclass(frozen=True)
class ReportPart:
    """A heading, a text or a block. `key` is a block's; `line` its text where that fits inside a sentence."""

    key: str = ""
    title: str = ""
    level: int = 1
    notes: tuple[str, ...] = ()
    line: str = ""
    write: Callable[[Body], None] = _nothing

    def write_with_title(self, body: Body) -> None:
        """The part as it stands in the whole report."""
        if self.title:
            body.heading(self.title, self.level)
        self.write_value(body)

    def write_value(self, body: Body) -> None:
        """The part where the house document has a heading of its own."""
        for note in self.notes:
            body.note(note)
        self.write(body)


@dataclass(frozen=True)
class WordReport:
    """A whole report. `date` is spelt as its language does; `notices` concern the report as a whole."""

    title: str
    parts: tuple[ReportPart, ...] = ()
    subtitle: str = ""
    author: str = ""
    template: str = ""
    date: str = ""
    language: str = "en"
    notices: tuple[str, ...] = ()
    toc: bool = False
    created: datetime | None = field(default=None)

    @property
    def words(self) -> dict[str, str]:
        """What stands for the words any house document may use, each on one line."""
        words = {"title": self.title, "author": self.author, "date": self.date, "template": self.template}
        return {name: " ".join(text.split()) for name, text in words.items()}

    def write_top(self, body: Body) -> None:
        """Title and subtitle."""
        body.paragraph([Run(self.title)], style="Title")
        if self.subtitle:
            body.paragraph([Run(self.subtitle)], "Subtitle")

    def write_notices(self, body: Body) -> None:
        """What the reader must know about the whole."""
        for notice in self.notices:
            body.note(notice)

    def write(self, body: Body) -> None:
        """The whole report, in our own style."""
        self.write_top(body)
        self.write_notices(body)
        if self.toc:
            body.contents()
        for part in self.parts:
            part.write_with_title(body)
