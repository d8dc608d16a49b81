"""What the tags of texts are called: templates and blocks by name, to those who may see the template."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from django.contrib.auth.models import User

from templates.compare import name_block
from templates.models import ReportTemplate

OTHER = "other"
OTHER_TEMPLATES = "Other templates"
_KINDS = {"long_text": "Text", "table": "Table", "bullets": "Bullets", "selection": "Choice"}
# In the order in which one asks.
TAGS = {"template": "Template", "block": "Block", "kind": "Kind", "model": "Model", "version": "Version"}


class TagNames:
    """The names of tags for one person; what he or she may not see is one of the other templates."""

    def __init__(self, user: User | None) -> None:
        self._user = user

    def sees(self, tags: Mapping[str, str]) -> bool:
        """Whether the person may know which template a text is of."""
        return tags.get("template", "") in self._templates

    def shown(self, tags: Mapping[str, str], tag: str) -> str:
        """The value to group by: of a template that the person may not see, only that it is another."""
        if tag in ("template", "block", "version") and not self.sees(tags):
            return OTHER
        if tag in ("block", "version"):
            # The same key stands for another block in another template.
            return f"{tags['template']}:{tags.get(tag, '')}"
        return tags.get(tag, "")

    def name(self, tag: str, value: str) -> str:
        """What the value that `shown` gave is called."""
        if value == OTHER:
            return OTHER_TEMPLATES
        if tag == "template":
            return self._templates[value].draft.parsed.name
        if tag in ("block", "version"):
            template, _, own = value.partition(":")
            return f"{self.name('template', template)}: {self.name_within(template, tag, own)}"
        return _KINDS.get(value, value) or "not known"

    def name_within(self, template: str, tag: str, value: str) -> str:
        """What a block or a version is called where one knows of which template."""
        if tag == "version":
            return f"version {value}" if value else "draft"
        for block in self._templates[template].draft.parsed.fillable if template in self._templates else ():
            if block.block == value:
                return name_block(block)
        return value

    def slug(self, value: str) -> str:
        """The slug of a template that the person may see, empty for others."""
        return self._templates[value].slug if value in self._templates else ""

    def say(self, tags: Mapping[str, str]) -> str:
        """Tags in words, such as “Minutes, Summary, gpt-x”; empty when there are none."""
        said = []
        for tag in TAGS:
            value = tags.get(tag, "")
            if not value:
                continue
            if tag in ("template", "block", "version") and not self.sees(tags):
                if tag == "template":
                    said.append("one template")
            elif tag in ("block", "version"):
                said.append(self.name_within(tags["template"], tag, value))
            else:
                said.append(self.name(tag, value))
        return ", ".join(said)

    @cached_property
    def _templates(self) -> dict[str, ReportTemplate]:
        if self._user is None:
            return {}
        visible = ReportTemplate.objects.visible_to(self._user).select_related("draft")
        return {str(template.pk): template for template in visible}


def values_of(sets: Iterable[Mapping[str, str]], names: TagNames, tag: str) -> list[str]:
    """The values of a tag that occur, as the person may know them."""
    return sorted({names.shown(tags, tag) for tags in sets})
