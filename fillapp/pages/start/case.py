"""A case being put together: documents uploaded so far, what each is, and how much there is to read.

Nothing is kept between requests but the documents themselves; the form carries their ids.
"""

from dataclasses import dataclass, field
from functools import cached_property

from generation.document_checks import DocumentNote, find_notes
from generation.guesses import guess_slots
from generation.models import Document
from generation.profiles import ModelProfile, UnknownProfile, default_profile
from generation.reports import CannotStart, check_documents, check_window, count_prompt
from generation.titles import Titled, suggest_title
from templates.body import DocumentSlot, TemplateBody


@dataclass
class Entry:
    """A document of the case: which of the template's documents it is, and which Fill thought it was."""

    document: Document
    slot: str = ""
    guess: str = ""
    # What signals found in it.
    notes: list[DocumentNote] = field(default_factory=list)

    @property
    def is_guessed(self) -> bool:
        """Whether nobody has said anything else."""
        return self.slot == self.guess


@dataclass(frozen=True)
class Refused:
    """A file that was not added, and why."""

    name: str
    reason: str


@dataclass
class Case:
    """Everything the form shows; without a template there is nothing to tell documents apart by."""

    body: TemplateBody | None
    title: str = ""
    # The title that the form was sent with before anybody typed one.
    suggested: str = ""
    entries: list[Entry] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    cannot_start: str = ""

    def add(self, document: Document, entry: Entry | None = None) -> None:
        """Take a document in, or say that the same file is here already."""
        here = (entry.document for entry in self.entries)
        twin = next((one for one in here if one.sha256 == document.sha256), None)
        if twin is None:
            self.entries.append(entry or Entry(document))
        elif twin.pk != document.pk:
            self.refused.append(Refused(document.name, say_twin(document.name, twin)))

    def take_notes(self) -> None:
        """Put beside each document what signals found in it."""
        notes = find_notes([entry.document.pk for entry in self.entries]) if self.entries else {}
        for entry in self.entries:
            entry.notes = notes.get(entry.document.pk, [])

    def guess(self) -> None:
        """Guess anew wherever the user has not chosen: a file that came later may fit a slot better."""
        slots = [slot.key for slot in self.slots]
        chosen = {entry.slot for entry in self.entries if not entry.is_guessed}
        open_entries = [entry for entry in self.entries if entry.is_guessed]
        if self.body and open_entries:
            free = [slot for slot in self.slots if slot.key not in chosen]
            documents = [entry.document for entry in open_entries]
            guesses = guess_slots(
                self.body.model_copy(update={"documents": free}),
                [document.name for document in documents],
                [document.text for document in documents],
            )
            for entry, guess in zip(open_entries, guesses, strict=True):
                entry.slot = entry.guess = guess
        for entry in self.entries:
            if entry.slot not in slots:
                entry.slot = ""

    def suggest(self) -> None:
        """Give the case the title its documents suggest, unless somebody typed one."""
        if self.title not in ("", self.suggested):
            return
        titled = [Titled(entry.document.name, entry.document.text, entry.slot) for entry in self.entries]
        self.title = self.suggested = suggest_title(self.body, titled) if self.body else ""

    @property
    def slots(self) -> list[DocumentSlot]:
        """The documents the template expects."""
        return self.body.documents if self.body else []

    @property
    def expected(self) -> list[tuple[DocumentSlot, list[str]]]:
        """The template's documents, each with the names of the files that are it."""
        return [
            (slot, [entry.document.name for entry in self.entries if entry.slot == slot.key])
            for slot in self.slots
        ]

    @property
    def not_yet(self) -> str:
        """What is still to do before Generate, in one sentence; empty when nothing is."""
        if self.body is None:
            return "Choose a template."
        try:
            check_documents(self.body, self._pairs)
        except CannotStart as refusal:
            return str(refusal)
        return self.too_much

    @cached_property
    def tokens(self) -> int:
        """What the model must read: the longest prompt where its window is known, else the documents."""
        if self.window and self._profile and self.body:
            return count_prompt(self.body, self._pairs, self._profile)
        return sum(entry.document.tokens for entry in self.entries)

    @cached_property
    def window(self) -> int | None:
        """How many tokens the model can read, where that is known and there is a model."""
        profile = self._profile
        return profile.window if profile and not profile.offline else None

    @property
    def share(self) -> int:
        """Per cent of the window that is used; any use is at least 1."""
        return max(1, round(100 * self.tokens / self.window)) if self.window else 0

    @cached_property
    def too_much(self) -> str:
        """Why the documents do not fit the model, and which are the largest; empty when they fit."""
        if not self._profile or not self.entries or not self.body:
            return ""
        try:
            check_window(self.body, self._pairs, self._profile)
        except CannotStart as refusal:
            return f"{refusal} {self._largest}"
        return ""

    @property
    def _largest(self) -> str:
        first = sorted((entry.document for entry in self.entries), key=lambda one: -one.tokens)[:3]
        names = ", ".join(f"“{one.name}” ({one.tokens:,} tokens)" for one in first)
        return f"The largest: {names}."

    @cached_property
    def _profile(self) -> ModelProfile | None:
        try:
            return default_profile()
        except UnknownProfile:
            return None

    @property
    def _pairs(self) -> list[tuple[Document, str]]:
        return [(entry.document, entry.slot) for entry in self.entries]


def say_twin(name: str, twin: Document) -> str:
    """Why a file is not added a second time."""
    return f"“{name}” is the same file as “{twin.name}”, which is here already."
