"""A case being put together: documents uploaded so far, what each is, and how much there is to read.

Nothing is kept between requests but the documents themselves; the form carries their ids.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from fillapp.pages.accounts import SignedIn
from generation.documents.passages import UnreadableDocument
from generation.models import Document
from generation.profiles import ModelProfile, UnknownProfile, default_profile
from generation.guesses import guess_slots
from generation.reports import CannotStart, check_window, count_prompt
from generation.uploads import refuse_large, store_documents
from templates.body import DocumentSlot, TemplateBody

# What is longer is no id, and no number that a database could compare.
_LONGEST_ID = 19


@dataclass
class Entry:
    """A document of the case: which of the template's documents it is, and which Fill thought it was."""

    document: Document
    slot: str = ""
    guess: str = ""

    @property
    def is_guessed(self) -> bool:
        """Whether nobody has said anything else."""
        return self.slot == self.guess


@dataclass(frozen=True)
class Refused:
    """A file that could not be read, and why."""

    name: str
    reason: str


@dataclass
class Case:
    """Everything the form shows."""

    body: TemplateBody
    title: str = ""
    entries: list[Entry] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    cannot_start: str = ""

    @property
    def expected(self) -> list[tuple[DocumentSlot, list[str]]]:
        """The template's documents, each with the names of the files that are it."""
        return [
            (slot, [entry.document.name for entry in self.entries if entry.slot == slot.key])
            for slot in self.body.documents
        ]

    @cached_property
    def tokens(self) -> int:
        """What the model must read: the longest prompt where its window is known, else the documents."""
        if self.window and self._profile:
            return count_prompt(self.body, self._pairs, self._profile)
        return sum(entry.document.tokens for entry in self.entries)

    @cached_property
    def window(self) -> int | None:
        """How many tokens the model can read, where that is known and there is a model."""
        profile = self._profile
        return profile.window if profile and not profile.offline else None

    @cached_property
    def too_much(self) -> str:
        """Why the documents do not fit the model; empty when they do."""
        if not self._profile or not self.entries:
            return ""
        try:
            check_window(self.body, self._pairs, self._profile)
        except CannotStart as refusal:
            return str(refusal)
        return ""

    @cached_property
    def _profile(self) -> ModelProfile | None:
        try:
            return default_profile()
        except UnknownProfile:
            return None

    @property
    def _pairs(self) -> list[tuple[Document, str]]:
        return [(entry.document, entry.slot) for entry in self.entries]


def read_case(request: SignedIn, body: TemplateBody) -> Case:
    """The case in a request: what the form carried, without what is to be removed, with what was uploaded."""
    case = Case(body, title=request.POST.get("title", ""))
    case.entries = _carried(request)
    _add(case, request.FILES.getlist("files"), request)
    _guess(case)
    return case


def _carried(request: SignedIn) -> list[Entry]:
    """The documents whose ids came with the form, if the user may see them."""
    posted = request.POST
    removed = posted.get("do", "").removeprefix("remove-")
    given = (pk for pk in posted.getlist("document") if pk.isdecimal() and pk != removed)
    ids = dict.fromkeys(int(pk) for pk in given if len(pk) < _LONGEST_ID)
    documents = Document.objects.visible_to(request.user).in_bulk(list(ids))
    return [_entry(documents[pk], posted) for pk in ids if pk in documents]


def _entry(document: Document, posted: QueryDict) -> Entry:
    return Entry(
        document,
        slot=posted.get(f"slot-{document.pk}", ""),
        guess=posted.get(f"guess-{document.pk}", ""),
    )


def _add(case: Case, files: "list[UploadedFile[bytes]]", request: SignedIn) -> None:
    """Read the files; one that cannot be read takes nothing else with it."""
    taken = []
    for file in files:
        name = file.name or "file"
        try:
            refuse_large(name, file.size or 0)
            taken.append((file, name))
        except UnreadableDocument as refusal:
            case.refused.append(Refused(name, str(refusal)))
    stored = store_documents([(file.read(), name) for file, name in taken], owner=request.user)
    for (_, name), document in zip(taken, stored, strict=True):
        if isinstance(document, UnreadableDocument):
            case.refused.append(Refused(name, str(document)))
        else:
            case.entries.append(Entry(document))


def _guess(case: Case) -> None:
    """Guess anew wherever the user has not chosen: a file that came later may fit a slot better."""
    slots = {slot.key for slot in case.body.documents}
    chosen = {entry.slot for entry in case.entries if not entry.is_guessed}
    free = [slot for slot in case.body.documents if slot.key not in chosen]
    open_entries = [entry for entry in case.entries if entry.is_guessed]
    guesses = guess_slots(
        case.body.model_copy(update={"documents": free}), [entry.document.name for entry in open_entries]
    )
    for entry, guess in zip(open_entries, guesses, strict=True):
        entry.slot = entry.guess = guess
    for entry in case.entries:
        if entry.slot not in slots:
            entry.slot = ""
