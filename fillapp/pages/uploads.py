"""Files that came with a form, read and kept as documents."""

from pathlib import PurePosixPath

from fillapp.pages.accounts import SignedIn
from generation.documents.passages import UnreadableDocument
from generation.models import Document
from generation.uploads import refuse_large, store_documents

# What systems leave in folders, and nobody put there.
_LITTER = {"thumbs.db", "desktop.ini", "ehthumbs.db"}


def read_uploads(request: SignedIn) -> tuple[list[Document], list[tuple[str, str]]]:
    """The documents in the form's `files`, and (name, why not) of each that is none.

    One that cannot be read takes nothing else with it.
    """
    taken, refused = [], []
    for file in request.FILES.getlist("files"):
        name = file.name or "file"
        if is_litter(name):
            continue
        try:
            refuse_large(name, file.size or 0)
            taken.append((file.read(), name))
        except UnreadableDocument as refusal:
            refused.append((name, str(refusal)))
    documents = []
    stored = store_documents(taken, owner=request.user) if taken else []
    for (_, name), document in zip(taken, stored, strict=True):
        if isinstance(document, UnreadableDocument):
            refused.append((name, str(document)))
        else:
            documents.append(document)
    return documents, refused


def is_litter(name: str) -> bool:
    """Whether a file is one that systems and Office leave in a folder for themselves."""
    last = PurePosixPath(name).name.lower()
    return last.startswith((".", "~$")) or last in _LITTER
