"""What differs between two states of one block, and what a block that is new or gone is."""

import re
from collections import Counter
from collections.abc import Iterator

from templates.body import Block, TemplateBody
from templates.compare.changes import Detail
from templates.compare.pairing import find_moved, find_partners
from templates.compare.settings import compare_settings
from templates.settings_words import summarise

_WORD = re.compile(r"\w+")


def name_block(block: Block) -> str:
    """What people call a block."""
    return block.title or block.block


def count_words(text: str) -> Counter[str]:
    """The words of a text, by which it is known when it was changed."""
    return Counter(_WORD.findall(text.lower()))


def compare_blocks(old: TemplateBody, was: Block, new: TemplateBody, now: Block) -> Iterator[Detail]:
    """Everything that differs between two blocks of one key."""
    if was.kind != now.kind:
        yield Detail("Kind", was.type.name, now.type.name)
    if was.title != now.title:
        yield Detail("Title", was.title, now.title)
    if was.instructions != now.instructions:
        yield Detail("Instructions", was.instructions, now.instructions, is_prose=True)
    if was.kind == now.kind:
        yield from compare_settings(was.type.Settings, was.settings, now.settings)
    else:
        yield from _say_settings(was, now)
    if was.after != now.after:
        yield Detail("Waits for", _titles(old, was.after), _titles(new, now.after))
    if was.reads != now.reads:
        yield Detail("Uses", _documents(old, was.reads), _documents(new, now.reads))
    yield from _compare_examples(was.examples, now.examples)
    if was.candidates != now.candidates:
        yield Detail("Drafts made at once", str(was.candidates), str(now.candidates))


def describe_block(block: Block) -> Iterator[tuple[str, str]]:
    """What a block is, by the names of its things."""
    yield "Kind", block.type.name
    if block.instructions:
        yield "Instructions", block.instructions
    if said := summarise(block.type.Settings, block.settings):
        yield "Settings", said


def _say_settings(was: Block, now: Block) -> Iterator[Detail]:
    """Those of two kinds have nothing in common."""
    said = [summarise(block.type.Settings, block.settings) for block in (was, now)]
    if said[0] != said[1]:
        yield Detail("Settings", said[0] or "as the kind comes", said[1] or "as the kind comes")


def _titles(body: TemplateBody, keys: list[str]) -> str:
    return ", ".join(name_block(body.block(key)) for key in keys) or "nothing"


def _documents(body: TemplateBody, keys: list[str]) -> str:
    names = {slot.key: slot.name for slot in body.documents}
    return ", ".join(names[key] for key in keys) or "all documents"


def _compare_examples(was: list[str], now: list[str]) -> Iterator[Detail]:
    partners = find_partners(was, now, str, count_words, lambda one: "example")
    for i, text in enumerate(was):
        if i not in partners:
            yield Detail("Example", text, None, is_prose=True)
    back = {j: i for i, j in partners.items()}
    for j, text in enumerate(now):
        if j not in back:
            yield Detail("Example", None, text, is_prose=True)
        elif was[back[j]] != text:
            yield Detail("Example", was[back[j]], text, is_prose=True)
    if find_moved(partners):
        order = [back[j] for j in sorted(back)]
        before, after = (", ".join(str(i + 1) for i in places) for places in (sorted(order), order))
        yield Detail("Order of the examples", before, after)
