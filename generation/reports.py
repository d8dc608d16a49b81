"""Making a report: the snapshot, the documents and an empty fill for each block, checked before any call."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from generation.models import Document, Fill, Report, ReportDocument
from generation.profiles import ModelProfile, UnknownProfile, default_profile
from generation.prompt import SYSTEM, PromptDocument, write_own_part, write_shared_part
from generation.tokens import count_tokens
from signals.clean import clean_text
from templates.body import DocumentSlot, TemplateBody
from templates.models import ReportTemplate, Snapshot, TemplateVersion

LONGEST_TITLE = 255
# Words that stand in the names and hints of any document.
_EMPTY_WORDS = {"the", "and", "for", "from", "with", "file", "document", "copy", "final", "draft", "several"}


class CannotStart(ValueError):
    """The report cannot be filled; the message says why and what to do."""


@transaction.atomic
def create_report(
    snapshot: Snapshot,
    documents: Sequence[tuple[Document, str]],
    *,
    title: str = "",
    owner: User | None = None,
    template: ReportTemplate | None = None,
    version: TemplateVersion | None = None,
    profile: ModelProfile | None = None,
    queue: str = "",
    purpose: Report.Purpose = Report.Purpose.CASE,
) -> Report:
    """A report on (document, slot) pairs, ready to be started. Raises `CannotStart`."""
    try:
        profile, body = profile or default_profile(), snapshot.parsed
    except UnknownProfile as error:
        raise CannotStart(str(error)) from error
    check_documents(body, documents)
    check_window(body, documents, profile)
    report = Report.objects.create(
        title=clean_title(title) or clean_title(body.name),
        owner=owner,
        purpose=purpose,
        template=template,
        version=version,
        snapshot=snapshot,
        profile=profile.name,
        queue=queue or settings.FILL_QUEUE,
    )
    ReportDocument.objects.bulk_create(
        ReportDocument(report=report, document=document, slot=slot, position=position)
        for position, (document, slot) in enumerate(documents)
    )
    inputs = hash_inputs(snapshot, [(document.sha256, slot) for document, slot in documents], profile)
    Fill.objects.bulk_create(
        Fill(report=report, block=block.block, kind=block.kind, position=position, inputs=inputs)
        for position, block in enumerate(body.fillable)
    )
    return report


def clean_title(title: str) -> str:
    """A title as it is kept: nothing that a file or a database refuses, and not too long."""
    return clean_text(title).strip()[:LONGEST_TITLE]


def hash_inputs(snapshot: Snapshot, documents: Sequence[tuple[str, str]], profile: ModelProfile) -> str:
    """What a fill is pinned to, from (content hash, slot) pairs; another hash means that it is stale."""
    parts = [snapshot.text_hash, profile.name, profile.model, profile.address]
    parts += [f"{slot}:{sha256}" for sha256, slot in documents]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def check_documents(body: TemplateBody, documents: Sequence[tuple[Document, str]]) -> None:
    """Raise `CannotStart` when there is nothing to fill, nothing to read, or a required document missing."""
    if not body.fillable:
        raise CannotStart("This template has no block to fill yet.")
    if not documents:
        raise CannotStart("Add at least one document.")
    given = {slot for _, slot in documents}
    missing = [slot.name for slot in body.documents if slot.required and slot.key not in given]
    if missing:
        raise CannotStart(
            f"This template needs: {', '.join(missing)}. Add it, or say which of your files it is."
        )


def check_window(
    body: TemplateBody, documents: Sequence[tuple[Document, str]], profile: ModelProfile
) -> None:
    """Raise `CannotStart` with the figures when the longest prompt and its answer exceed the window."""
    if profile.window is None or profile.offline:
        return
    needed = count_prompt(body, documents, profile)
    if needed > profile.window:
        raise CannotStart(
            f"The documents need {needed:,} tokens with the prompt and the answer; "
            f"the model “{profile.model}” can read {profile.window:,}. "
            f"Leave out {needed - profile.window:,} tokens of documents, or use a model that reads more."
        )


def count_prompt(body: TemplateBody, documents: Sequence[tuple[Document, str]], profile: ModelProfile) -> int:
    """Tokens of the longest prompt with room for its answer."""
    shown = [PromptDocument(document.name, document.text, slot) for document, slot in documents]
    shared = count_tokens(SYSTEM + write_shared_part(shown, body), profile.tokenizer)
    own = 0
    for block in body.fillable:
        form = block.type.ask(block.parsed_settings)
        prompt = write_own_part(block, form, body, [], enforced=False)
        own = max(own, count_tokens(prompt, profile.tokenizer) + form.max_tokens)
    return shared + own


def guess_slots(body: TemplateBody, names: Sequence[str]) -> list[str]:
    """For each file name, the document of the template it most likely is; "" where nothing speaks for one.

    The words of a file's name count for a document's key and name, then for its hint. A required document
    that no name speaks for takes a file that is left, in order; of the others, a file joins the document
    that its name speaks for, though another was there first.
    """
    slots = [""] * len(names)
    _match_best(slots, names, {slot.key: _words(f"{slot.key} {slot.name}") for slot in body.documents})
    named = list(slots)
    hints = {slot.key: _words(slot.hint) for slot in body.documents if slot.key not in slots}
    _match_best(slots, names, hints)
    required = [slot.key for slot in body.documents if slot.required]
    # A hint says little: what only a hint speaks for may be needed elsewhere.
    spare = [n for n in range(len(names)) if not named[n] and slots[n] not in required]
    spare.sort(key=lambda n: (slots[n] != "", n))
    missing = [key for key in required if key not in slots]
    for index, key in zip(spare, missing, strict=False):
        slots[index] = key
    for index, name in enumerate(names):
        if not slots[index]:
            slots[index] = _nearest(name, body.documents)
    return slots


def _match_best(slots: list[str], names: Sequence[str], wanted: Mapping[str, set[str]]) -> None:
    """Give files without one their slot, the strongest matches first, each slot once."""
    matches = [
        (-_shared_words(_words(PurePath(name).stem), words), index, key)
        for key, words in wanted.items()
        for index, name in enumerate(names)
    ]
    for score, index, key in sorted(matches, key=lambda match: match[:2]):
        if score and not slots[index] and key not in slots:
            slots[index] = key


def _nearest(name: str, documents: Sequence[DocumentSlot]) -> str:
    words = _words(PurePath(name).stem)
    scores = [
        (_shared_words(words, _words(f"{slot.key} {slot.name}")), _shared_words(words, _words(slot.hint)))
        for slot in documents
    ]
    best = max(range(len(scores)), key=lambda index: scores[index], default=0)
    return documents[best].key if scores and any(scores[best]) else ""


def _shared_words(first: set[str], second: set[str]) -> int:
    return sum(any(_are_alike(one, other) for other in second) for one in first)


def _are_alike(first: str, second: str) -> bool:
    """Whether two words are one, or begin alike, as “finances” and “financial”."""
    return first == second or (min(len(first), len(second)) >= 6 and first[:6] == second[:6])


def _words(text: str) -> set[str]:
    parted = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", text).lower()
    words = {word.rstrip("s") for word in re.findall(r"[^\W\d_]{3,}", parted)}
    return words - _EMPTY_WORDS
