"""What a person does to a draft: each takes a body and gives the next; the rules of a body are checked."""

from collections.abc import Collection, Sequence

from templates.blocks.base import Json
from templates.body import Block, Guard, PartOfBody, TemplateBody, read_body
from templates.editing.parts import find_part
from templates.publish import make_slug

_LONGEST_KEY = 60
_LONGEST_TITLE = 500
_COPY = " (copy)"


def add_part(
    body: TemplateBody, part: PartOfBody, after: str = "", guards: Sequence[Guard] = ()
) -> TemplateBody:
    """`part` behind the part named `after`, else first. Raises `NoSuchPart`, `InvalidBody`."""
    parts = list(body.blocks)
    parts.insert(_place_behind(body, after), part)
    return _with(body, parts, [*body.guards, *guards])


def duplicate_part(body: TemplateBody, name: str) -> TemplateBody:
    """The same part once more, right behind it; a block gets a key of its own and the same guards."""
    place, part = find_part(body, name)
    guards = list(body.guards)
    if isinstance(part, Block):
        title = part.title and part.title[: _LONGEST_TITLE - len(_COPY)] + _COPY
        copy = part.model_copy(update={"block": make_key(body, part.block), "title": title})
        guards = [
            guard.model_copy(update={"blocks": [*guard.blocks, copy.block]})
            if part.block in guard.blocks
            else guard
            for guard in guards
        ]
        part = copy
    return _with(body, [*body.blocks[: place + 1], part, *body.blocks[place + 1 :]], guards)


def move_part(body: TemplateBody, name: str, after: str = "") -> TemplateBody:
    """The part of this name behind the part named `after`, else first. Raises `NoSuchPart`."""
    place, part = find_part(body, name)
    if after == name:
        return body
    to = _place_behind(body, after)
    parts = list(body.blocks)
    del parts[place]
    parts.insert(to - (place < to), part)
    return _with(body, parts, body.guards)


def remove_part(body: TemplateBody, name: str) -> TemplateBody:
    """The body without the part; nothing waits for it or watches it any more. Raises `NoSuchPart`."""
    place, part = find_part(body, name)
    parts = [*body.blocks[:place], *body.blocks[place + 1 :]]
    if not isinstance(part, Block):
        return _with(body, parts, body.guards)
    return _with(
        body,
        [_without_after(one, part.block) for one in parts],
        [kept for guard in body.guards if (kept := _without_block(guard, part.block))],
    )


def replace_part(
    body: TemplateBody, name: str, part: PartOfBody, guards: Sequence[Guard] | None = None
) -> TemplateBody:
    """`part` in the place of the one of this name; `guards` in the place of those that watch it alone.

    Raises `NoSuchPart`, `InvalidBody`.
    """
    place, old = find_part(body, name)
    parts = [*body.blocks[:place], part, *body.blocks[place + 1 :]]
    if guards is None or not isinstance(old, Block):
        return _with(body, parts, body.guards)
    others = [guard for guard in body.guards if guard.blocks != [old.block]]
    return _with(body, parts, [*others, *guards])


def make_key(body: TemplateBody, words: str) -> str:
    """A key for a block called `words` that no block of the body has."""
    return make_free_key(words, [block.block for block in body.fillable], otherwise="block")


def make_free_key(words: str, taken: Collection[str], *, otherwise: str) -> str:
    """A key made of `words` that is not `taken`; `otherwise` stands first where they begin with no letter."""
    plain = make_slug(words)
    plain = plain if plain[:1].isalpha() else f"{otherwise}-{plain}"
    plain = plain[: _LONGEST_KEY - 4].rstrip("-")
    if plain not in taken:
        return plain
    return next(key for number in range(2, len(taken) + 3) if (key := f"{plain}-{number}") not in taken)


def _place_behind(body: TemplateBody, after: str) -> int:
    return find_part(body, after)[0] + 1 if after else 0


def _without_after(part: PartOfBody, key: str) -> PartOfBody:
    if not isinstance(part, Block) or key not in part.after:
        return part
    return part.model_copy(update={"after": [one for one in part.after if one != key]})


def _without_block(guard: Guard, key: str) -> Guard | None:
    """None for a guard that watched this block alone: without a block it would watch all."""
    if key not in guard.blocks:
        return guard
    left = [one for one in guard.blocks if one != key]
    return guard.model_copy(update={"blocks": left}) if left else None


def _with(body: TemplateBody, parts: Sequence[PartOfBody], guards: Sequence[Guard]) -> TemplateBody:
    data: Json = body.dump()
    data["blocks"] = [part.model_dump(mode="json", exclude_defaults=True) for part in parts]
    data["guards"] = [guard.model_dump(mode="json", exclude_defaults=True) for guard in guards]
    return read_body(data)
