"""What the form of a new case carries: documents by their ids, files, and what was said of each."""

from django.http import QueryDict

from fillapp.pages.accounts import SignedIn
from fillapp.pages.start.cards import Card
from fillapp.pages.start.case import Case, Entry, Refused
from fillapp.pages.uploads import read_uploads
from generation.models import Document, Report

# What is longer is no id, and no number that a database could compare.
_LONGEST_ID = 19


def read_case(request: SignedIn, card: Card | None) -> Case:
    """The case in a request: what the form carried, without what is to be removed, with what was added."""
    posted = sent(request)
    case = Case(
        card.body if card else None, title=posted.get("title", ""), suggested=posted.get("suggested", "")
    )
    same_template = card is not None and posted.get("slots-of", card.slug) == card.slug
    for document in _find_documents(request, posted):
        case.add(document, _entry(document, posted) if same_template else None)
    for document in _find_earlier(request, posted):
        case.add(document)
    _upload(case, request)
    case.take_notes()
    case.guess()
    case.suggest()
    return case


def sent(request: SignedIn) -> QueryDict:
    """The fields of the form, or of a link that begins one."""
    return request.POST if request.method == "POST" else request.GET


def read_ids(posted: QueryDict) -> list[int]:
    """The ids of documents that came with the form, without the one that is to be removed."""
    removed = posted.get("do", "").removeprefix("remove-")
    given = (*posted.getlist("document"), *posted.getlist("reuse"))
    return list(dict.fromkeys(int(pk) for pk in given if is_id(pk) and pk != removed))


def _find_documents(request: SignedIn, posted: QueryDict) -> list[Document]:
    """The documents of the form that the user may see, in its order."""
    ids = read_ids(posted)
    documents = Document.objects.visible_to(request.user).in_bulk(ids)
    return [documents[pk] for pk in ids if pk in documents]


def _entry(document: Document, posted: QueryDict) -> Entry:
    return Entry(
        document,
        slot=posted.get(f"slot-{document.pk}", ""),
        guess=posted.get(f"guess-{document.pk}", ""),
    )


def _find_earlier(request: SignedIn, posted: QueryDict) -> list[Document]:
    """All documents of the report whose button was pressed."""
    pk = posted.get("do", "").removeprefix("reuse-")
    report = Report.objects.visible_to(request.user).filter(pk=int(pk)).first() if is_id(pk) else None
    return [row.document for row in report.report_documents.select_related("document")] if report else []


def _upload(case: Case, request: SignedIn) -> None:
    documents, refused = read_uploads(request)
    case.refused += [Refused(name, why) for name, why in refused]
    for document in documents:
        case.add(document)


def is_id(pk: str) -> bool:
    """Whether a text can be the id of anything."""
    return pk.isdecimal() and len(pk) < _LONGEST_ID
