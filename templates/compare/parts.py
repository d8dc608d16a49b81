"""What became of the parts of a report: blocks by their keys, headings and texts by what they say."""

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from templates.body import Block, StaticHeading, StaticText, TemplateBody
from templates.compare.blocks import compare_blocks, count_words, describe_block, name_block
from templates.compare.changes import About, Detail, PartChange, What, quote
from templates.compare.pairing import find_moved, find_partners

Part = Block | StaticHeading | StaticText


def compare_parts(old: TemplateBody, new: TemplateBody) -> Iterator[PartChange]:
    """In the order of the new template; what is gone stands where it stood."""
    partners = find_partners(old.blocks, new.blocks, _key, _words, _sort)
    moved = find_moved(partners)
    gone = _Gone(old, partners)
    yield from gone.behind(-1)
    back = {j: i for i, j in partners.items()}
    for j, now in enumerate(new.blocks):
        if j not in back:
            yield _whole(now, is_gone=False)
        else:
            was = old.blocks[back[j]]
            where = _place(new, j) if back[j] in moved else ""
            details = tuple(_compare(old, was, new, now))
            if details or where:
                what: What = "changed" if details else "moved"
                yield PartChange(_about(now), what, name_part(was), _block_key(now), where, details)
        yield from gone.behind(j)


def name_part(part: Part) -> str:
    """What people call a part: a block's title, else what it says."""
    if isinstance(part, Block):
        return name_block(part)
    return part.heading if isinstance(part, StaticHeading) else part.text


@dataclass(frozen=True)
class _Gone:
    """The old parts without a partner."""

    old: TemplateBody
    partners: dict[int, int]

    def behind(self, place: int) -> Iterator[PartChange]:
        """Those that stood behind the old part which is now in this place; -1 is the beginning."""
        last = -1
        for i, part in enumerate(self.old.blocks):
            if i in self.partners:
                last = self.partners[i]
            elif last == place:
                yield _whole(part, is_gone=True)


def _key(part: Part) -> Hashable:
    return ("block", part.block) if isinstance(part, Block) else part


def _sort(part: Part) -> Hashable:
    return None if isinstance(part, Block) else type(part)


def _words(part: Part) -> Counter[str]:
    return count_words(name_part(part))


def _about(part: Part) -> About:
    if isinstance(part, Block):
        return "block"
    return "heading" if isinstance(part, StaticHeading) else "text"


def _block_key(part: Part) -> str:
    return part.block if isinstance(part, Block) else ""


def _place(body: TemplateBody, place: int) -> str:
    """Where a part stands, by the one before it."""
    if not place:
        return "at the very beginning"
    before = body.blocks[place - 1]
    sort = "" if isinstance(before, Block) else f"the {_about(before)} "
    return f"after {sort}{quote(name_part(before))}"


def _whole(part: Part, *, is_gone: bool) -> PartChange:
    """A part that is new or gone, with what it is or was."""
    said = list(describe_block(part)) if isinstance(part, Block) else []
    details = tuple(
        Detail(name, text if is_gone else None, None if is_gone else text, name == "Instructions")
        for name, text in said
    )
    what: What = "gone" if is_gone else "new"
    return PartChange(_about(part), what, name_part(part), _block_key(part), details=details)


def _compare(old: TemplateBody, was: Part, new: TemplateBody, now: Part) -> Iterator[Detail]:
    if isinstance(was, Block) and isinstance(now, Block):
        yield from compare_blocks(old, was, new, now)
    elif isinstance(was, StaticHeading) and isinstance(now, StaticHeading):
        if was.heading != now.heading:
            yield Detail("Words", was.heading, now.heading, is_prose=True)
        if was.level != now.level:
            yield Detail("Level", str(was.level), str(now.level))
    elif name_part(was) != name_part(now):
        yield Detail("Words", name_part(was), name_part(now), is_prose=True)
