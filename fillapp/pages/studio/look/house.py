"""What the page of a template says of its house document."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from templates.body import TemplateBody
from templates.models import HouseStyle
from templates.word.house import WORDS_OF_HOUSE, HouseFindings, UnreadableWord, check_house


@dataclass(frozen=True)
class HouseOnPage:
    """The house document as its card shows it; block names are what people call the blocks."""

    name: str
    is_here: bool
    placeholders: list[str]
    unknown: list[str]
    unplaced: list[str]
    has_report: bool
    left_out: bool
    notes: list[str]


def describe_house(body: TemplateBody) -> HouseOnPage | None:
    """What the page says of the draft's house document, None if it has none."""
    if not body.word.style:
        return None
    name = PurePosixPath(body.word.style).name
    found = _look_through(body.word.sha256, tuple(block.block for block in body.fillable))
    if found is None:
        return HouseOnPage(name, False, [], [], [], False, False, [])
    return HouseOnPage(
        name=name,
        is_here=True,
        placeholders=[f"{{{{ {one} }}}}" for one in found.placeholders],
        unknown=[f"{{{{ {one} }}}}" for one in found.unknown],
        unplaced=[_name(body, key) for key in found.unplaced] if found.has_places else [],
        has_report=found.has_report,
        left_out=found.has_places and not found.has_report and not found.unplaced and _has_statics(body),
        notes=list(found.notes),
    )


def house_words(body: TemplateBody) -> list[str]:
    """Every placeholder a house document for this template may use."""
    return [f"{{{{ {name} }}}}" for name in (*WORDS_OF_HOUSE, *(block.block for block in body.fillable))]


@lru_cache(maxsize=64)
def _look_through(sha256: str, keys: tuple[str, ...]) -> HouseFindings | None:
    """Looked through once a process: neither the document nor the blocks it is asked about change."""
    found = HouseStyle.objects.filter(sha256=sha256).first() if sha256 else None
    try:
        return check_house(bytes(found.content), keys) if found else None
    except UnreadableWord as error:
        # It was fit when it was kept, by an older Fill.
        return HouseFindings(notes=(str(error),))


def _has_statics(body: TemplateBody) -> bool:
    return len(body.blocks) > len(body.fillable)


def _name(body: TemplateBody, key: str) -> str:
    return body.block(key).title or key
