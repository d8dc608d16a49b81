"""Taking a change back, also when the draft has gone on since: what it did is undone, the rest stays."""

from templates.blocks.base import Json
from templates.body import PartOfBody, TemplateBody, read_body
from templates.editing.parts import name_parts


class CannotReverse(ValueError):
    """What the change did was itself changed since."""


def reverse(before: TemplateBody, after: TemplateBody, now: TemplateBody) -> TemplateBody:
    """`now` without what led from `before` to `after`. Raises `CannotReverse`, `InvalidBody`."""
    if now == after:
        return before
    data: Json = now.dump()
    old, new, kept = (
        before.model_dump(mode="json"),
        after.model_dump(mode="json"),
        now.model_dump(mode="json"),
    )
    for field in old.keys() - {"blocks"}:
        if old[field] != new[field]:
            if kept[field] != new[field]:
                raise CannotReverse
            data[field] = old[field]
    parts = _reverse_parts(_by_name(before), _by_name(after), _by_name(now))
    data["blocks"] = [part.model_dump(mode="json", exclude_defaults=True) for part in parts]
    return read_body(data)


def _by_name(body: TemplateBody) -> dict[str, PartOfBody]:
    return dict(zip(name_parts(body), body.blocks, strict=True))


def _reverse_parts(
    before: dict[str, PartOfBody], after: dict[str, PartOfBody], now: dict[str, PartOfBody]
) -> list[PartOfBody]:
    for name, part in after.items():
        if before.get(name) != part and now.get(name) != part:
            raise CannotReverse
    parts = {name: part for name, part in now.items() if name in before or name not in after}
    parts |= {name: part for name, part in before.items() if after.get(name) != part}
    return [parts[name] for name in _order(list(before), list(after), list(now), parts)]


def _order(before: list[str], after: list[str], now: list[str], wanted: dict[str, PartOfBody]) -> list[str]:
    """As `now`, but what was moved goes back, and what was removed stands behind what it followed."""
    names = [name for name in now if name in wanted]
    both = [name for name in before if name in after and name in names]
    if both != [name for name in after if name in both]:
        places = [place for place, name in enumerate(names) if name in both]
        for place, name in zip(places, both, strict=True):
            names[place] = name
    for place, name in enumerate(before):
        if name in wanted and name not in names:
            leaders = [one for one in before[:place] if one in names]
            names.insert(names.index(leaders[-1]) + 1 if leaders else 0, name)
    return names
