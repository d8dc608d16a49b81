"""Making a report: the snapshot, the documents and an empty fill for each block, checked before any call."""

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from generation.models import Document, Fill, Report, ReportDocument
from generation.profiles import ModelProfile, UnknownProfile, default_profile
from generation.prompt import SYSTEM, PromptDocument, write_own_part, write_shared_part
from generation.tokens import count_tokens
from signals.clean import clean_text
from templates.body import Block, TemplateBody
from templates.models import ReportTemplate, Snapshot, TemplateVersion

LONGEST_TITLE = 255
# The error code of a part that nobody has asked for yet.
NOT_WRITTEN = "not_written"


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


def not_written(report: Report, block: Block, position: int) -> Fill:
    """A fill, not stored yet, that is written when somebody asks for it."""
    return Fill(
        report=report,
        block=block.block,
        kind=block.kind,
        position=position,
        state=Fill.State.CANCELLED,
        error_code=NOT_WRITTEN,
        error="This part is new in the template, and not written yet.",
    )


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
        raise CannotStart("This template has no part to fill yet.")
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
