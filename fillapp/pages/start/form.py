"""What the form of a new case carries: documents by their ids, files, and what was said of each."""

from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from fillapp.pages.accounts import SignedIn
from fillapp.pages.start.cards import Card
from fillapp.pages.start.case import Case, Entry, Refused
from generation.documents.passages import UnreadableDocument
from generation.models import Document, Report
from generation.uploads import refuse_large, store_documents

# What is longer is no id, and no number that a database could compare.
_LONGEST_ID = 19
# What systems leave in folders, and nobody put there.
_LITTER = {"thumbs.db", "desktop.ini", "ehthumbs.db"}


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
    _upload(case, request.FILES.getlist("files"), request)
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


def _upload(case: Case, files: "list[UploadedFile[bytes]]", request: SignedIn) -> None:
    """Read the files; one that cannot be read takes nothing else with it."""
    taken = []
    for file in files:
        name = file.name or "file"
        if is_litter(name):
            continue
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
            case.add(document)


def is_litter(name: str) -> bool:
    """Whether a file is one that systems and Office leave in a folder for themselves."""
    last = PurePosixPath(name).name.lower()
    return last.startswith((".", "~$")) or last in _LITTER


def is_id(pk: str) -> bool:
    """Whether a text can be the id of anything."""
    return pk.isdecimal() and len(pk) < _LONGEST_ID
