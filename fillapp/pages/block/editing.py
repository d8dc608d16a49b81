"""Typing in a block: its document for the editor, and saves that lose nobody's words."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.views.decorators.http import require_GET, require_POST
from pydantic import Field

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn, name_of
from fillapp.pages.block.found import (
    Found,
    Posted,
    Unusable,
    answer_block,
    answer_json,
    answer_refusal,
    find_block,
    read_posted,
)
from fillapp.pages.differences import show_differences
from generation.review import BeingWritten, CannotChange, EditConflict, save_edit
from templates.blocks.base import Json, UnreadableAnswer


class PostedEdit(Posted):
    """A document typed in `window` on top of `revision`."""

    doc: dict[str, Any]
    revision: int
    window: str = Field("", max_length=36)


@require_GET
@needs("generation.view_report")
def show_document(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """The block's value as its editor takes it, in the notation the page shows."""
    found = find_block(request, pk, key, to_change=False)
    value = None if found.fill.withheld else found.fill.current_value
    return answer_json({"doc": _document(found, value), "revision": found.fill.revision})


@require_POST
@needs("generation.change_report")
def save(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """Keep what was typed; 409 with both texts when someone else changed it in between."""
    found = find_block(request, pk, key, to_change=True)
    try:
        posted = read_posted(request, PostedEdit)
        value = found.block.type.from_editor(posted.doc, found.block.parsed_settings)
        kept = save_edit(
            found.fill,
            value.model_dump(mode="json"),
            author=request.user,
            revision=posted.revision,
            window=posted.window,
            seconds_in_view=posted.seconds,
        )
    except EditConflict as conflict:
        return answer_json(_describe(found, conflict), status=409)
    except BeingWritten as refusal:
        return answer_refusal(request, found.report, str(refusal), 409, being_written=True)
    except (Unusable, UnreadableAnswer, CannotChange) as refusal:
        return answer_refusal(request, found.report, str(refusal), 422)
    saved = time_format(timezone.localtime(), "H:i")
    return answer_block(request, found, saved=saved, revision=kept.revision)


def _describe(found: Found, conflict: EditConflict) -> Json:
    """Both texts, who wrote the other one, and what differs."""
    fill = found.fill
    fill.refresh_from_db()
    edit = fill.edit
    at = edit.saved if edit else fill.changed
    differences = show_differences(found.block, conflict.theirs, conflict.yours, found.body.language)
    return {
        "error": "Someone else changed this part in the meantime.",
        "revision": conflict.revision,
        "theirs": _document(found, conflict.theirs),
        "who": name_of(edit.author) if edit else "",
        "at": time_format(timezone.localtime(at), "H:i"),
        "differences": differences,
    }


def _document(found: Found, stored: Json | None) -> Json:
    """A stored value as a Tiptap document; an empty one without a value."""
    settings, block_type = found.block.parsed_settings, found.block.type
    if not stored:
        return {"type": "doc", "content": []}
    value = block_type.show(block_type.load_value(stored), settings, found.body.language)
    return block_type.to_editor(value, settings)
