"""The palette: what can be added to a template, each with an example of what it writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.shown.value import render_value
from fillapp.pages.studio.found import MAY_CHANGE, find_template
from templates.blocks import KINDS
from templates.body import Block
from templates.library import ReadyBlock, by_group, find_ready_block, load_library, search_library

# Headings in an example stand below those of the palette.
_LEVEL = 4


@dataclass(frozen=True)
class Entry:
    """One thing to add: `add` is what the studio is told, `glyph` the drawings that stand for its kind."""

    add: str
    name: str
    about: str
    kind: str
    glyph: tuple[str, ...]
    html: SafeString
    title: str = ""
    instructions: str = ""

    @property
    def id(self) -> str:
        """What its elements are called on the page."""
        return self.add.replace(":", "-")


@require_GET
@needs(MAY_CHANGE)
def show_palette(request: SignedIn, slug: str) -> HttpResponse:
    """A fragment of the studio: the kinds, and the library or what a search finds in it."""
    language = find_template(request, slug).draft.parsed.language
    search = request.GET.get("search", "").strip()
    found = search_library(search) if search else load_library()
    context = {
        "slug": slug,
        "kinds": [_show_kind(kind, language) for kind in KINDS],
        "groups": [(group, list(_show_ready(blocks, language))) for group, blocks in by_group(found)],
        "count": len(found),
        "search": search,
    }
    return render(request, "templates/studio/palette.html", context)


@lru_cache(maxsize=100)
def _show_kind(kind: str, language: str) -> Entry:
    block_type = KINDS[kind]
    example = block_type.example()
    block = Block(
        block="example", kind=kind, title=block_type.name, settings=example.settings.model_dump(mode="json")
    )
    html = render_value(block, example.value, _LEVEL, language)
    return Entry(f"kind:{kind}", block_type.name, block_type.about, block_type.name, _glyph(kind), html)


def _show_ready(blocks: list[ReadyBlock], language: str) -> Iterator[Entry]:
    return (_show_one(one.key, language) for one in blocks)


@lru_cache(maxsize=1000)
def _show_one(key: str, language: str) -> Entry:
    ready = find_ready_block(key)
    return Entry(
        add=f"library:{key}",
        name=ready.name,
        about=ready.good_for,
        kind=ready.type.name,
        glyph=_glyph(ready.kind),
        html=render_value(ready.make_block("example"), ready.value, _LEVEL, language),
        title=ready.title,
        instructions=ready.instructions,
    )


def _glyph(kind: str) -> tuple[str, ...]:
    return tuple(f"generation/glyphs/{name}.html" for name in (kind, "any"))
