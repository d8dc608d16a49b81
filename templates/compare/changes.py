"""What became of one part of a template, in data and in sentences for people."""

from dataclasses import dataclass
from typing import Literal

About = Literal["template", "word", "document", "heading", "text", "block", "guard"]
What = Literal["new", "gone", "changed", "moved"]
_SORTS = {"document": "The document ", "heading": "The heading ", "text": "The text ", "guard": "The guard "}
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Detail:
    """One thing that differs in a part, by its human name; None where it was not, or is no longer.

    Of prose the words differ, which is shown word by word; all else is said whole.
    """

    name: str
    was: str | None
    now: str | None
    is_prose: bool = False

    @property
    def sentence(self) -> str:
        """What differs, in words."""
        if self.was is None or self.now is None:
            became = "new" if self.was is None else "gone"
            return f"{self.name}: {quote(self.now or self.was or '')} is {became}."
        if self.is_prose:
            how = "changed" if self.was and self.now else "added" if self.now else "taken out"
            return f"{self.name}: {how}."
        return f"{self.name}: was {self.was or 'empty'}, now {self.now or 'empty'}."


@dataclass(frozen=True)
class PartChange:
    """A part that is new, gone, changed or only moved; `key` is that of a block or of a document.

    `moved` says where it stands now, empty where it kept its place. Of a new or a gone part the details
    say what it is or was.
    """

    about: About
    what: What
    name: str
    key: str = ""
    moved: str = ""
    details: tuple[Detail, ...] = ()

    @property
    def label(self) -> str:
        """The part as a sentence names it."""
        if self.about in ("template", "word"):
            return self.name
        return _SORTS.get(self.about, "") + quote(self.name)

    @property
    def sentence(self) -> str:
        """What became of it, in one sentence."""
        if self.what == "moved":
            return f"{self.label} is moved: it stands {self.moved} now."
        if self.what != "changed":
            return f"{self.label} is {self.what}."
        end = f"; it stands {self.moved} now" if self.moved else ""
        if self.about in ("heading", "text"):
            return f"{self.label} {self._reads}{end}."
        names = dict.fromkeys(lower_first(detail.name) for detail in self.details)
        apart = "; " if any("," in name for name in names) else ", "
        return f"{self.label} is changed: {apart.join(names)}{end}."

    @property
    def _reads(self) -> str:
        """What a changed heading or text says now; a long one only that it was changed."""
        now = next((detail.now for detail in self.details if detail.is_prose), None)
        if now is None:
            return "is changed: level"
        return f"is {quote(now)} now" if self.about == "heading" else "is changed"


def quote(name: str) -> str:
    """A name in quotation marks, a long one cut."""
    line = " ".join(name.split())
    return f"“{line if len(line) <= _LONGEST_NAME else line[: _LONGEST_NAME - 1].rstrip() + '…'}”"


def lower_first(name: str) -> str:
    """A label as it stands within a sentence."""
    return name[:1].lower() + name[1:]
