"""Texts are kept with their pieces as samples, and looked at by every signal at work."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from signals.models import Sample, Text, hash_said
from signals.pieces import Piece, with_whole


@transaction.atomic
def keep_text(
    origin: str,
    scope: str,
    whole: str,
    pieces: Sequence[Piece],
    *,
    tags: Mapping[str, str] | None = None,
    about: str = "",
    language: str = "",
    at: datetime | None = None,
) -> Text:
    """The text of this origin with its samples; one that is known already stays as it is."""
    more = {"tags": dict(tags or {}), "about": about, "language": language}
    text, is_new = Text.objects.get_or_create(
        origin=origin, defaults={"scope": scope, **more, **({"at": at} if at else {})}
    )
    if is_new:
        Sample.objects.bulk_create(
            Sample(
                text=text, number=number, address=piece.address, said=piece.text, sha256=hash_said(piece.text)
            )
            for number, piece in enumerate(with_whole(whole, pieces), 1)
        )
    return text


def forget_texts(scope: str) -> int:
    """Remove the texts of a scope with their samples, labels and readings; how many texts that were."""
    texts = Text.objects.filter(scope=scope)
    count = texts.count()
    texts.delete()
    return count
