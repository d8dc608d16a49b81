"""The parts of a body by name: a block by its key, a heading or text by what it says.

So no part needs a mark of its own in the file, and a name that is found says that a static part is unchanged.
"""

import hashlib
from collections import Counter

import orjson

from templates.body import Block, PartOfBody, StaticHeading, TemplateBody

_LETTERS = 10


class NoSuchPart(LookupError):
    """The draft has no part of this name: it was removed, or says something else now."""


def name_parts(body: TemplateBody) -> list[str]:
    """The names of the parts, in their order; no two are alike."""
    seen: Counter[str] = Counter()
    names = []
    for part in body.blocks:
        name = _name(part)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return names


def find_part(body: TemplateBody, name: str) -> tuple[int, PartOfBody]:
    """The place and the part of this name. Raises `NoSuchPart`."""
    try:
        place = name_parts(body).index(name)
    except ValueError as error:
        raise NoSuchPart(name) from error
    return place, body.blocks[place]


def stamp_of(part: PartOfBody) -> str:
    """The same for parts that say the same."""
    content = orjson.dumps(part.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(content).hexdigest()[:_LETTERS]


def _name(part: PartOfBody) -> str:
    if isinstance(part, Block):
        return f"block-{part.block}"
    return f"{'heading' if isinstance(part, StaticHeading) else 'text'}-{stamp_of(part)}"
