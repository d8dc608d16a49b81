"""A report as a Word file: static parts, current values, and plain marks on what is not finished."""

from generation.models import Fill, Report
from generation.offline import OFFLINE_NOTICE
from generation.profiles import OFFLINE
from templates.body import Block, StaticHeading, StaticText
from templates.word.body import Body, Run
from templates.word.write import write_word

_STALE = "What this part rests on has changed since it was written."
_PENDING = "This part is not filled yet."


def export_word(report: Report) -> bytes:
    """The .docx of a report as it stands now."""
    template = report.snapshot.parsed
    fills = load_fills(report)
    body = Body()
    body.paragraph([Run(report.title)], style="Title")
    if subtitle := template.name if template.name != report.title else template.description:
        body.paragraph([Run(subtitle)], "Subtitle")
    for notice in _notices(report, list(fills.values())):
        body.note(notice)
    level = 1
    for part in template.blocks:
        if isinstance(part, StaticHeading):
            body.heading(part.heading, part.level)
            level = min(part.level + 1, 4)
        elif isinstance(part, StaticText):
            body.paragraph([Run(part.text)])
        else:
            _write_block(part, fills[part.block], body, level)
    author = report.owner.get_full_name() or report.owner.get_username() if report.owner else ""
    return write_word(
        body, title=report.title, author=author, language=template.language, subject=template.name
    )


def load_fills(report: Report) -> dict[str, Fill]:
    """The fills of a report by block, with what their current values need."""
    fills = report.fills.select_related("chosen").prefetch_related("edits")
    return {fill.block: fill for fill in fills}


def shown_problems(fill: Fill) -> list[str]:
    """The problems of the value that is shown; a person's edit has answered them."""
    if fill.chosen is None or fill.revision:
        return []
    return [*fill.chosen.problems, *([_STALE] if fill.stale else [])]


def shown_notes(fill: Fill) -> list[str]:
    """Who wrote the value that is shown, where it was another model than the report's; nothing of an edit."""
    if fill.chosen is None or fill.revision or fill.chosen.profile == fill.report.profile:
        return []
    if fill.chosen.profile == OFFLINE:
        return [OFFLINE_NOTICE]
    return [f"Written by the model “{fill.chosen.profile}” in place of “{fill.report.profile}”."]


def _notices(report: Report, fills: list[Fill]) -> list[str]:
    notices = [OFFLINE_NOTICE] if report.profile == OFFLINE else []
    open_fills = [fill for fill in fills if fill.review == Fill.Review.NOT_YET]
    if open_fills:
        notices.append(f"Draft: {len(open_fills)} of {len(fills)} parts are not reviewed yet.")
    return notices


def _write_block(block: Block, fill: Fill, body: Body, level: int) -> None:
    if block.title:
        body.heading(block.title, level)
    value = None if fill.withheld else fill.current_value
    for note in _notes(fill):
        body.note(note)
    if value is None:
        return
    block.type.write_word(block.type.load_value(value), block.parsed_settings, body)


def _notes(fill: Fill) -> list[str]:
    """What the reader of this part must know, one line each."""
    if fill.withheld:
        return ["This part is withheld until someone with the permission releases it."]
    if fill.state in (Fill.State.FAILED, Fill.State.CANCELLED) and fill.current_value is None:
        return [f"This part could not be filled. {fill.error}"]
    if fill.current_value is None:
        return [_PENDING]
    problems = [*shown_notes(fill), *(f"Check: {problem}" for problem in shown_problems(fill))]
    if fill.review == Fill.Review.REJECTED:
        return ["This part was rejected in review.", *problems]
    return ["Not reviewed yet.", *problems] if fill.review == Fill.Review.NOT_YET else problems
