"""The parts of a body by name: a block by its key, a heading or text by what it says.

So no part needs a mark of its own in the file, and a name that is found says that a static part is unchanged.
"""

import hashlib
from collections import Counter

import orjson
from pydantic import BaseModel

from templates.blocks.base import Json
from templates.body import Block, PartOfBody, StaticHeading, TemplateBody

_LETTERS = 10
# The name of what is no part: what the template says of itself.
ABOUT = "about"


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


def stamp_of(body: TemplateBody, part: PartOfBody) -> str:
    """The same as long as the part says the same, and the same guards watch it alone."""
    said: list[BaseModel] = [part]
    if isinstance(part, Block):
        said += [guard for guard in body.guards if guard.blocks == [part.block]]
    return _hash([one.model_dump(mode="json") for one in said])


def stamp_of_about(body: TemplateBody) -> str:
    """The same as long as the template says the same of itself: all but its parts and its Word look."""
    said: Json = body.model_dump(mode="json", exclude={"blocks", "guards", "word"})
    guards = [guard.model_dump(mode="json") for guard in body.guards if len(guard.blocks) != 1]
    return _hash([said, guards])


def _name(part: PartOfBody) -> str:
    if isinstance(part, Block):
        return f"block-{part.block}"
    what = "heading" if isinstance(part, StaticHeading) else "text"
    return f"{what}-{_hash([part.model_dump(mode='json')])}"


def _hash(said: object) -> str:
    content = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(content).hexdigest()[:_LETTERS]
