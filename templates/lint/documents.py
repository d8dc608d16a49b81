"""Instructions that name a document the template does not ask for, or one that the block does not use."""

import re
from collections.abc import Iterator

from templates.lint.advice import Advice, Case, fold, suggest
from templates.lint.quotes import find_quoted

_DOCUMENT = (
    r"(?:documents?|files?|attachments?|uploads?|Dokumente?n?|Dateie?n?|fichiers?|documentos?|archivos?)"
)
_BEFORE = re.compile(rf"\b{_DOCUMENT}(?:\s+(?:called|named|namens))?:?\s*$", re.IGNORECASE)
_AFTER = re.compile(rf"\s*{_DOCUMENT}\b", re.IGNORECASE)
_FILE = re.compile(r"[\w -]+\.(?:pdf|docx?|xlsx?|csv|txt|md|html?|pptx?|eml|msg|rtf|odt|ods)", re.IGNORECASE)


def find_unknown_documents(case: Case) -> Iterator[Advice]:
    """Advice where a document is named in quotation marks and is none of the template's, or not used."""
    slots = {fold(slot.name): slot for slot in case.body.documents}
    if not slots:
        return
    keys = {fold(slot.key): slot for slot in case.body.documents}
    for quoted in find_quoted(case.text):
        slot = (slots | keys).get(fold(quoted.name))
        if slot and case.block.reads and slot.key not in case.block.reads:
            do = f"Tick “{slot.name}” among the documents it uses, or leave it out here."
            yield Advice(
                "document-not-used",
                f"This block does not use the document “{slot.name}”.",
                do,
                quoted.start,
                quoted.end,
            )
        is_document = _BEFORE.search(quoted.before) or _AFTER.match(quoted.after)
        if slot is None and (is_document or _FILE.fullmatch(quoted.name)):
            do = suggest(quoted.name, [one.name for one in case.body.documents], "documents")
            wrong = f"No document of this template is called “{quoted.name}”."
            yield Advice("no-such-document", wrong, do, quoted.start, quoted.end)
