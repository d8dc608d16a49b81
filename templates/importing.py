"""Making a template of Word reports: read once, looked through in peace, then made."""

from collections.abc import Mapping, Sequence

from django.contrib.auth.models import User
from django.db import transaction

from templates import copies
from templates.body import WordLook
from templates.models import ReportTemplate, WordImport, keep_style
from templates.proposing import Decision, Proposal, Proposed, apply_decisions, make_body, propose_template

_LONGEST_STYLE = 100


class NothingKept(ValueError):
    """All proposals were dropped."""


def read_reports(files: Sequence[tuple[str, bytes]], owner: User) -> WordImport:
    """What reports (name and bytes) propose, kept until their owner decides. Raises `UnreadableWord`."""
    proposed, house = propose_template(files)
    return WordImport.objects.create(
        owner=owner,
        name=proposed.name,
        files=[name for name, _ in files],
        proposed=proposed.model_dump(mode="json"),
        house=house,
    )


def load_proposed(found: WordImport) -> Proposed:
    """What was proposed."""
    return Proposed.model_validate(found.proposed)


def load_decisions(found: WordImport) -> dict[str, Decision]:
    """What was decided so far, by number of the proposal."""
    return {number: Decision.model_validate(data) for number, data in found.decided.items()}


@transaction.atomic
def save_decisions(
    pk: int, decisions: Mapping[str, Decision], *, name: str | None = None, look: bool | None = None
) -> None:
    """Keep what was decided on some proposals, beside what was decided on others."""
    found = WordImport.objects.select_for_update().get(pk=pk)
    found.decided |= {
        number: decision.model_dump(mode="json", exclude_defaults=True)
        for number, decision in decisions.items()
    }
    found.name = found.name if name is None else name
    found.keeps_look = found.keeps_look if look is None else look
    found.save(update_fields=["decided", "name", "keeps_look", "changed"])


def load_kept(found: WordImport) -> list[Proposal]:
    """What was proposed and is kept, as it was decided."""
    return apply_decisions(load_proposed(found).proposals, load_decisions(found))


@transaction.atomic
def make_template(found: WordImport) -> ReportTemplate:
    """The template as it was decided, as a draft of its owner; the reports' texts are forgotten.

    Raises `NothingKept`, and `WordImport.DoesNotExist` when it was made already.
    """
    # Pressed twice, it is made once.
    found = WordImport.objects.select_for_update().get(pk=found.pk)
    proposed, kept = load_proposed(found), load_kept(found)
    if not kept:
        raise NothingKept
    look = WordLook(toc=proposed.toc)
    if found.house is not None and found.keeps_look:
        style = f"{found.name[:_LONGEST_STYLE]}.docx".replace("/", "-").replace("\\", "-").replace(":", "-")
        look = look.model_copy(update={"style": style.lstrip("~."), "sha256": keep_style(bytes(found.house))})
    body = make_body(found.name, kept, language=proposed.language, word=look)
    template = copies.make_template(body, owner=found.owner)
    found.delete()
    return template
