"""Going back: an old version becomes the draft and is published again; what stood in the draft is kept."""

from django.contrib.auth.models import User
from django.db import transaction

from templates.editing import change_draft
from templates.models import TemplateVersion
from templates.publish import publish


@transaction.atomic
def publish_again(version: TemplateVersion, *, note: str = "", by: User | None = None) -> TemplateVersion:
    """The version's content as the newest version and as the draft; undo brings the draft before back.

    Of the newest version itself no other is made: then only the draft goes back to it.
    """
    body = version.snapshot.parsed
    what = f"The draft went back to version {version.number}"
    change_draft(version.template, lambda draft: body, what=what, by=by)
    note = note or f"Version {version.number} again"
    return publish(version.template, note=note, by=by)
