"""One file comes up and becomes a document; the form carries its id from then on."""

import hashlib

from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.views.decorators.http import require_POST

from fillapp.pages.accounts import SignedIn
from fillapp.pages.start.case import say_twin
from fillapp.pages.start.form import read_ids
from generation.documents.passages import UnreadableDocument
from generation.models import Document
from generation.uploads import refuse_large, store_document

MAY_START = "generation.add_report"
NOT_ALLOWED = (
    "Your role does not include starting reports. "
    "Ask an administrator to add you to the group “Business users”."
)


@require_POST
@login_required
def upload(request: SignedIn) -> JsonResponse:
    """Read and keep the file: its id as `document`, or as `refused` the sentence that says why not."""
    if not request.user.has_perm(MAY_START):
        return JsonResponse({"refused": NOT_ALLOWED}, status=403)
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"refused": "No file arrived. Add it again."})
    name = file.name or "file"
    try:
        refuse_large(name, file.size or 0)
        content = file.read()
        # Said before it is read: reading takes the longest.
        here = Document.objects.visible_to(request.user).filter(pk__in=read_ids(request.POST))
        if twin := here.filter(sha256=hashlib.sha256(content).hexdigest()).first():
            return JsonResponse({"refused": say_twin(name, twin)})
        document = store_document(content, name, request.user)
    except UnreadableDocument as refusal:
        return JsonResponse({"refused": str(refusal)})
    return JsonResponse({"document": document.pk})
