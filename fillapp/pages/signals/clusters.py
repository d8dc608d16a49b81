"""The page of what stands out: pieces of one block that do not look like the others, in groups."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.json import KT
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.backfills import MAY_LOOK
from fillapp.pages.signals.monitoring.texts import address_of
from fillapp.pages.signals.tag_names import TagNames
from fillapp.scopes import texts_open_to
from signals.backfilling.embedding import current_pass
from signals.clusters import FEWEST, Group, find_groups
from signals.handed import CannotEmbed
from signals.models import Reading, Sample, Text
from signals.vectors import known_vectors

# Of more, the newest: a page answers at once.
_MOST_PIECES = 3_000
_MOST_GROUPS = 12
_EXAMPLES = 5
# So many go along to teach from.
_MOST_START = 16


@dataclass(frozen=True)
class Block:
    """A block that can be looked at, with how many texts of it there are."""

    value: str
    name: str
    texts: int


@dataclass(frozen=True)
class Example:
    """A piece of a group, and where it stands."""

    said: str
    address: str


@dataclass(frozen=True)
class ShownGroup:
    """A group: its telling words, a few of its pieces, and its samples to teach from.

    `known` names a signal that flags most of it already.
    """

    words: str
    count: int
    texts: int
    examples: list[Example]
    start: str
    known: str


@dataclass(frozen=True)
class Look:
    """What was looked at: so many pieces of so many texts; `waiting` have no vector yet."""

    pieces: int
    texts: int
    waiting: int
    groups: list[ShownGroup]
    fewest: int = FEWEST


@require_GET
@needs(MAY_LOOK)
def show_clusters(request: SignedIn) -> HttpResponse:
    """The blocks whose texts one may read, and what stands out in one of them."""
    names = TagNames(request.user)
    mine = Text.objects.tagged(purpose="case").within(texts_open_to(request))
    blocks = _find_blocks(mine, names)
    asked = request.GET.get("block", "")
    chosen = next((block for block in blocks if block.value == asked), blocks[0] if blocks else None)
    error, look = "", None
    if chosen:
        template, _, key = chosen.value.partition(":")
        try:
            look = _look(
                list(mine.tagged(template=template, block=key).order_by("-at", "-pk")[:_MOST_PIECES])
            )
        except CannotEmbed as refusal:
            error = str(refusal)
    context = {
        "blocks": blocks,
        "chosen": chosen,
        "look": look,
        "error": error,
        "embedding": current_pass(),
        "page": "signals",
        "area": "clusters",
    }
    return render(request, "signals/clusters/page.html", context)


def _find_blocks(texts: QuerySet[Text], names: TagNames) -> list[Block]:
    """The most written ones first; those of templates one may not see have no name to choose them by."""
    # As text: SQLite would give a template's "1" as a number.
    rows = texts.order_by().values_list(KT("tags__template"), KT("tags__block"))
    blocks = []
    for template, key, count in rows.annotate(count=Count("pk")):
        tags = {"template": template or "", "block": key or ""}
        value = f"{tags['template']}:{tags['block']}"
        name = (
            names.name("block", names.shown(tags, "block"))
            if names.sees(tags)
            else f"A block “{tags['block']}”"
        )
        blocks.append(Block(value, name, count))
    return sorted(blocks, key=lambda block: (-block.texts, block.name))


def _look(texts: list[Text]) -> Look:
    by_pk = {text.pk: text for text in texts}
    rows = Sample.objects.filter(text__in=list(by_pk)).order_by("-text__at", "-text_id", "number")
    # The whole of a text with several pieces would only repeat them.
    several = Q(address="", number__gt=1)
    samples = list(rows.exclude(several)[:_MOST_PIECES])
    found, vectors = known_vectors([sample.sha256 for sample in samples])
    known = [samples[number] for number in found]
    groups = find_groups([sample.said for sample in known], vectors) if found else []
    groups = [group for group in groups if len(group.rows) > 1][:_MOST_GROUPS]
    return Look(
        pieces=len(known),
        texts=len({sample.text_id for sample in known}),
        waiting=len(samples) - len(known),
        groups=[_show(group, known, by_pk) for group in groups],
    )


def _show(group: Group, samples: list[Sample], texts: dict[int, Text]) -> ShownGroup:
    own = [samples[row] for row in group.rows]
    examples: dict[str, Example] = {}
    for sample in own:
        examples.setdefault(sample.said, Example(sample.said, address_of(texts[sample.text_id])))
    return ShownGroup(
        words=", ".join(group.words),
        count=len(own),
        texts=len({sample.text_id for sample in own}),
        examples=list(examples.values())[:_EXAMPLES],
        start=",".join(str(sample.pk) for sample in own[:_MOST_START]),
        known=_find_known(own),
    )


def _find_known(samples: list[Sample]) -> str:
    """The title of a signal that flags most of these pieces."""
    wanted = {(sample.text_id, sample.address) for sample in samples}
    flagged = Reading.objects.filter(flagged=True, text__in=[sample.text_id for sample in samples])
    rows = flagged.filter(signal__archived=None).values_list("text_id", "piece", "signal__title")
    titles = Counter(title for text, piece, title in rows if (text, piece) in wanted)
    best = titles.most_common(1)
    return best[0][0] if best and 2 * best[0][1] > len(samples) else ""
