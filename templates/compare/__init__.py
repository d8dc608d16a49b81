"""What differs between two templates, part by part and in words."""

from templates.body import TemplateBody
from templates.compare.blocks import name_block
from templates.compare.changes import Detail, PartChange
from templates.compare.parts import compare_parts
from templates.compare.whole import compare_guards, compare_wholes

__all__ = ["Detail", "PartChange", "compare_bodies", "name_block", "say_changes"]


def compare_bodies(old: TemplateBody, new: TemplateBody) -> list[PartChange]:
    """What became of every part: the whole and its documents first, then the report in order, then guards.

    Empty where both mean the same.
    """
    return [*compare_wholes(old, new), *compare_parts(old, new), *compare_guards(old, new)]


def say_changes(old: TemplateBody, new: TemplateBody) -> list[str]:
    """The same in short, a sentence for each part."""
    return [change.sentence for change in compare_bodies(old, new)]
