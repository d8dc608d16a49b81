"""A report as a Word file: static parts, current values, and plain marks on what is not finished."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from generation.flags import load_fills, shown_checks, shown_notes
from generation.models import Fill, Report
from generation.offline import OFFLINE_NOTICE
from generation.profiles import OFFLINE
from templates.blocks.base import BlockType
from templates.body import Block, StaticHeading, StaticText, TemplateBody, WordLook
from templates.models import load_style
from templates.word.body import Body, Run
from templates.word.house import UnreadableWord, write_house
from templates.word.report import ReportPart, WordReport
from templates.word.write import write_report

_NO_STYLE = "The house style “{}” was never kept with the template, so this report has Fill's own."
_BAD_STYLE = "The house style “{}” cannot be filled, so this report has Fill's own. {}"
# What is longer than this does not stand inside a sentence of a house document.
_LONGEST_LINE = 200
# Stands inside a sentence for a value that is not there; the note behind it says why.
_NOTHING = "[…]"
_PENDING = "This part is not filled yet."


def export_word(report: Report) -> bytes:
    """The .docx of a report as it stands now."""
    fills = load_fills(report)
    template = report.snapshot.parsed
    word = WordReport(
        title=report.title,
        subtitle=template.name if template.name != report.title else template.description,
        author=(report.owner.get_full_name() or report.owner.get_username()) if report.owner else "",
        template=template.name,
        date=spell_today(template.language),
        language=template.language,
        notices=tuple(_notices(report, list(fills.values()))),
        parts=tuple(
            lay_out(
                template,
                lambda block, level: _block_part(block, fills[block.block], level, template.language),
            )
        ),
        toc=template.word.toc,
    )
    return write_in_look(word, template.word)


def write_in_look(word: WordReport, look: WordLook) -> bytes:
    """The .docx in the house document and the styles a template chose; in our own style where that fails."""
    style = load_style(look)
    if style is None:
        notices = (_NO_STYLE.format(look.style),) if look.style else ()
        return write_report(replace(word, notices=(*word.notices, *notices)))
    try:
        return write_house(style, word, look.styles)
    except UnreadableWord as error:
        # It was tried when it was kept; a report is given out all the same.
        notice = _BAD_STYLE.format(look.style, error)
        return write_report(replace(word, notices=(*word.notices, notice)))


def lay_out(template: TemplateBody, write_block: Callable[[Block, int], ReportPart]) -> Iterator[ReportPart]:
    """The parts of a template in order; what a block writes is told the level its title has."""
    level = 1
    for part in template.blocks:
        if isinstance(part, StaticHeading):
            yield ReportPart(title=part.heading, level=part.level)
            level = min(part.level + 1, 4)
        elif isinstance(part, StaticText):
            yield ReportPart(write=_paragraph(part.text))
        else:
            yield write_block(part, level)


def show_value(part: ReportPart, block: Block, data: object, language: str) -> ReportPart:
    """A block's part with a stored value in it. Raises `UnreadableAnswer`."""
    settings = block.parsed_settings
    value = block.type.show(block.type.load_value(data), settings, language)
    return replace(
        part,
        line=_line(block.type, value),
        write=lambda body: block.type.write_word(value, settings, body),
    )


def _notices(report: Report, fills: list[Fill]) -> list[str]:
    notices = [OFFLINE_NOTICE] if report.profile == OFFLINE else []
    open_fills = [fill for fill in fills if fill.review == Fill.Review.NOT_YET]
    if open_fills:
        notices.append(f"Draft: {len(open_fills)} of {len(fills)} parts are not reviewed yet.")
    return notices


def spell_today(language: str) -> str:
    """Today, written out as the report's language does; plain "en" as Britain does."""
    in_english = {"en-US": "F j, Y"}.get(language, "j F Y")
    with translation.override(language.lower()):
        return date_format(timezone.localdate(), in_english if language.startswith("en") else "DATE_FORMAT")


def _paragraph(text: str) -> Callable[[Body], None]:
    return lambda body: body.paragraph([Run(text)])


def _block_part(block: Block, fill: Fill, level: int, language: str) -> ReportPart:
    part = ReportPart(key=block.block, title=block.title, level=level, notes=tuple(_notes(fill)))
    data = None if fill.withheld else fill.current_value
    if data is None:
        return replace(part, line=_NOTHING)
    return show_value(part, block, data, language)


def _line(block_type: BlockType[Any, Any], value: object) -> str:
    """A value as it can stand inside a sentence; empty if it is too long for one."""
    pieces, text = block_type.pieces(value), block_type.text(value).strip()
    line = pieces[0].text.strip() if len(pieces) == 1 else text
    return line if "\n" not in line and len(line) <= _LONGEST_LINE else ""


def _notes(fill: Fill) -> list[str]:
    """What the reader of this part must know, one line each."""
    if fill.withheld:
        return ["This part is withheld until someone with the permission releases it."]
    if fill.state in (Fill.State.FAILED, Fill.State.CANCELLED) and fill.current_value is None:
        return [f"This part could not be filled. {fill.error}"]
    if fill.current_value is None:
        return [_PENDING]
    problems = [f"Check: {problem}" for problem in shown_checks(fill)]
    if fill.review == Fill.Review.REJECTED:
        return ["This part was rejected in review.", *shown_notes(fill), *problems]
    # Whoever accepted or rewrote it answers for it now.
    return (
        ["Not reviewed yet.", *shown_notes(fill), *problems]
        if fill.review == Fill.Review.NOT_YET
        else problems
    )
