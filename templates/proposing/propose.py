"""From the bytes of reports to a proposed template and its house document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from templates.proposing.aligning import Row, align_sections
from templates.proposing.kinds import choose_kind
from templates.proposing.notes import find_notes
from templates.proposing.passages import Passage, cut_passages, is_line, repeated_choice
from templates.proposing.sections import Section, fold, split_sections, unit_text
from templates.proposing.values import Proposal, Proposed
from templates.proposing.wording import count_of, describe, say_where, shorten, write_instructions
from templates.word.house import LARGEST_HOUSE, check_house
from templates.word.house.empty import EmptiedHouse, empty_house
from templates.word.package import UnreadableWord
from templates.word.parts import Heading, Paragraph, Part
from templates.word.read.document import read_word_and_warnings

MOST_REPORTS = 10
# More would take minutes to be laid side by side.
_MOST_COMPARED = 6000
_LONGEST_NAME, _SHORT_NAME = 120, 40
_LONGEST_EXAMPLE = 4000
_MOST_EXAMPLES = 3
# What Fill writes into a report for its reviewer.
_REMARK = "Fill Note"
_REMARKS = "Remarks that Fill wrote for the reviewer are left out."
_LOOSE_ENDS = " ,;:.-–—/|("


@dataclass(frozen=True)
class _Report:
    """One report as it was read."""

    name: str
    parts: list[Part]
    warnings: list[str]
    data: bytes


def propose_template(files: Sequence[tuple[str, bytes]]) -> tuple[Proposed, bytes | None]:
    """The template that reports (name and bytes) suggest, and its house document, made from the first.

    Raises `UnreadableWord` with the name of the file that cannot be read; a report that can be read, but
    not be written on, leaves the house document None and says so in the notes.
    """
    reports = [_read(name, data) for name, data in files]
    if len(reports) > 1 and sum(len(report.parts) for report in reports) > _MOST_COMPARED:
        raise UnreadableWord(
            "These reports are too long to be compared with each other; import one of them alone."
        )
    notes = [warning for report in reports for warning in report.warnings]
    house: EmptiedHouse | None = None
    try:
        house = empty_house(reports[0].data)
        check_house(house.content, [])
    except UnreadableWord as error:
        house = None
        notes.append(f"The look of “{reports[0].name}” is not taken over. {error}")
    shows_title = house is not None and house.shows_title
    bodies, titles = zip(*[_without_title(report.parts, shows_title) for report in reports], strict=True)
    proposals = list(_propose([split_sections(parts) for parts in bodies]))
    notes += find_notes([report.data for report in reports], reports[0].parts, proposals)
    proposed = Proposed(
        name=_name(titles, reports[0].name, proposals),
        title=titles[0],
        language=(house.language if house else "") or "en",
        toc=house is not None and house.has_contents,
        reports=len(reports),
        proposals=proposals,
        notes=list(dict.fromkeys(notes)),
    )
    return proposed, house.content if house else None


def _read(name: str, data: bytes) -> _Report:
    if len(data) > LARGEST_HOUSE:
        raise UnreadableWord(f"“{name}” is larger than {LARGEST_HOUSE // 1_000_000} MB.")
    try:
        parts, warnings = read_word_and_warnings(BytesIO(data))
    except UnreadableWord as error:
        raise UnreadableWord(f"“{name}”: {error}") from error
    own = [part for part in parts if not (isinstance(part, Paragraph) and part.style == _REMARK)]
    if not own:
        raise UnreadableWord(f"“{name}” holds no text. Choose a report that is filled in.")
    left_out = [_REMARKS] if len(own) < len(parts) else []
    return _Report(name, own, [*warnings, *left_out], data)


def _without_title(parts: list[Part], shows_title: bool) -> tuple[list[Part], str]:
    """The parts below the title, and the title; "" where the report has no paragraph in that style."""
    first = parts[0]
    if shows_title and isinstance(first, Paragraph):
        return parts[1:], " ".join(first.text.split())
    return parts, ""


def _name(titles: Sequence[str], file: str, proposals: Sequence[Proposal]) -> str:
    """What the titles begin with in all reports, else a line or heading of all, else the file's name."""
    words = [title.split() for title in titles]
    common = []
    for at in zip(*words, strict=False):
        if len({fold(word) for word in at}) > 1:
            break
        common.append(at[0])
    fixed = (one.text for one in proposals if one.what != "block" and len(one.text) <= _SHORT_NAME)
    of_all = next(fixed, "") if len(titles) > 1 else titles[0]
    name = " ".join(common) or of_all or PurePath(file).stem.replace("_", " ")
    return name.rstrip(_LOOSE_ENDS)[:_LONGEST_NAME] or "Imported report"


def _propose(reports: Sequence[Sequence[Section]]) -> Iterator[Proposal]:
    rows = align_sections(reports)
    for n, row in enumerate(rows):
        heading = next((one.heading for one in row if one), None)
        below = next((one.heading for one in rows[n + 1] if one), None) if n + 1 < len(rows) else None
        units = [section.units if section else None for section in row]
        passages = cut_passages(units, has_heading=heading is not None)
        yield from _propose_section(row, heading, below, passages)


def _propose_section(
    row: Row[Section], heading: Heading | None, below: Heading | None, passages: Sequence[Passage]
) -> Iterator[Proposal]:
    title, level = (heading.text, heading.level) if heading else ("", 1)
    subject, label = title, ""
    starts_with_block = bool(passages) and not passages[0].static
    if heading and not starts_with_block:
        groups = below is not None and below.level > level and not passages
        yield Proposal(what="heading", text=title, level=level, reason=_say_heading(row, groups))
        title = ""
    for passage in passages:
        if passage.static:
            text = unit_text(passage.found[0])
            yield Proposal(
                what="text", text=text, level=level, original=text, subject=subject, reason=passage.static
            )
            label = text.strip(_LOOSE_ENDS) if is_line(passage.found[0]) else ""
            # A label with a colon is about what stands next, any other line about all below.
            subject = subject if text.rstrip().endswith((":", "：")) else label or subject
        elif (proposal := _propose_block(passage, title, level, label or subject)) is not None:
            yield proposal
            title = label = ""


def _say_heading(row: Row[Section], groups: bool) -> str:
    texts = [one.heading.text for one in row if one and one.heading]
    what = "a heading that groups those below it" if groups else "a heading"
    if len(row) == 1:
        return what
    if len(texts) < len(row):
        return f"{what}, only in {len(texts)} of the {len(row)} reports"
    if len({fold(text) for text in texts}) > 1:
        return f"{what} that differs: " + "; ".join(f"“{shorten(text)}”" for text in dict.fromkeys(texts))
    return f"{what}, the same in all {len(row)} reports"


def _propose_block(passage: Passage, title: str, level: int, subject: str) -> Proposal | None:
    first, largest = passage.found[0], max(passage.found, key=lambda place: len(unit_text(place)))
    reason = "; ".join(filter(None, (describe(largest), say_where(passage.places))))
    repeated = repeated_choice(passage)
    if repeated is not None:
        first = largest = (repeated,)
        answers = count_of(len(repeated.options), "answer")
        reason = f"the same {answers} again and again in {len(passage.places)} reports"
    fit = choose_kind(largest)
    if fit is None:
        return None
    # The settings leave room for the largest, the value is that of the first.
    own = fit.type.propose_from_word(first) or fit.example
    return Proposal(
        what="block",
        text=title,
        level=level,
        reason=reason,
        original=unit_text(passage.found[0]),
        subject=subject,
        kind=fit.type.kind,
        settings=fit.example.settings.model_dump(mode="json", exclude_defaults=True),
        instructions=write_instructions(subject, passage.places, fit.type.prose),
        examples=_examples(passage) if fit.type.prose else [],
        value=own.value.model_dump(mode="json"),
    )


def _examples(passage: Passage) -> list[str]:
    """The passage as different reports have it."""
    texts = dict.fromkeys(unit_text(place).strip()[:_LONGEST_EXAMPLE] for place in passage.found)
    return [text for text in texts if text][:_MOST_EXAMPLES]
