"""What stands below one heading, cut into passages: what stays in every report, and what is written anew."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from templates.proposing.aligning import Row, align_units
from templates.proposing.kinds import choose_kind
from templates.proposing.sections import Unit, fold, is_text, unit_text
from templates.word.parts import Choice, Paragraph, Part

_LONGEST_LABEL = 60
_LONGEST_LINE = 70
_MOST_LEAD_INS = 3
_SENTENCE_ENDS = (".", "!", "?", "…", ";", "。", "！", "？", "；")
_COLONS = (":", "：")
_LABELLED = re.compile(r"\s*([^:：\n]{1,60}[:：])\s+(\S[^\n]{0,120})\s*")
_SMALL_PRINT = re.compile(
    r"©|\b(?:copyright|all rights reserved|disclaimer|vertraulich|confidential|confidentiel|confidencial)\b",
    re.IGNORECASE,
)
_SHORT_ANSWER = 8


@dataclass(frozen=True)
class Passage:
    """The same place in each report (None where one lacks it); `static` says why it stays as it is."""

    places: tuple[Unit | None, ...]
    static: str = ""

    @property
    def found(self) -> list[Unit]:
        """The passage in the reports that have it."""
        return [place for place in self.places if place is not None]


def cut_passages(sections: Sequence[Sequence[Unit] | None], has_heading: bool = True) -> list[Passage]:
    """The passages below one heading, from what each report has there (None where it lacks the heading)."""
    present = [n for n, units in enumerate(sections) if units is not None]
    rows = align_units([units for units in sections if units is not None])
    passages: list[Passage] = []
    pending: list[Row[Unit]] = []

    def put(row: Sequence[Unit | None]) -> tuple[Unit | None, ...]:
        places: list[Unit | None] = [None] * len(sections)
        for n, unit in zip(present, row, strict=True):
            places[n] = unit
        return tuple(places)

    def end_text() -> None:
        if pending:
            passages.append(Passage(put([_join(units) for units in zip(*pending, strict=True)])))
            pending.clear()

    lead_ins = _lead_ins(rows, has_heading)
    for n, row in enumerate(rows):
        for static, units in _judge(row, n in lead_ins):
            if static or static is None:
                end_text()
                passages.append(Passage(put(units), static or ""))
            else:
                pending.append(units)
    end_text()
    return passages


def _join(units: Sequence[Unit | None]) -> Unit | None:
    parts: list[Part] = [part for unit in units if unit for part in unit]
    return tuple(parts) or None


def _lead_ins(rows: Sequence[Row[Unit]], has_heading: bool) -> set[int]:
    """The rows of a single report that stand like headings over what follows.

    Where there is a real heading, and more such lines than a few, they are rather a list of some sort.
    """
    if not rows or len(rows[0]) > 1:
        return set()
    lines = [row[0] is not None and is_line(row[0]) for row in rows]
    found = {n for n, line in enumerate(lines[:-1]) if line and not lines[n + 1]}
    return set() if has_heading and len(found) > _MOST_LEAD_INS else found


def _judge(row: Row[Unit], leads_in: bool) -> Iterator[tuple[str | None, Row[Unit]]]:
    """What becomes of a row: why it is static, "" for text that goes on, None for a passage of its own."""
    units = [unit for unit in row if unit is not None]
    if not all(map(is_text, units)):
        yield None, row
    elif len(row) > 1 and len(units) == len(row) and len({fold(unit_text(unit)) for unit in units}) == 1:
        yield f"the same in all {len(row)} reports", row
    elif labelled := _split_labels(row):
        yield labelled
        yield None, [(Paragraph(match[2]),) for match in map(_match_label, units) if match]
    elif len(row) == 1 and (why := _is_fixed(units[0])):
        yield why, row
    elif leads_in:
        yield "a short line that is no sentence: it reads like a heading", row
    else:
        yield "", row


def _split_labels(row: Row[Unit]) -> tuple[str, Row[Unit]] | None:
    """The label in front of what differs ("Outcome:"); in a single report only before a date or the like."""
    matches = [_match_label(unit) for unit in row]
    found = [match for match in matches if match]
    if len(found) < len(row) or len({fold(match[1]) for match in found}) > 1:
        return None
    if len(row) == 1:
        fit = choose_kind([Paragraph(found[0][2])])
        if fit is None or fit.type.prose:
            return None
    why = f"a label, the same in all {len(row)} reports" if len(row) > 1 else "a label"
    return why, [(Paragraph(found[0][1]),)] * len(row)


def _match_label(unit: Unit | None) -> re.Match[str] | None:
    return _LABELLED.fullmatch(unit[0].text) if unit and isinstance(unit[0], Paragraph) else None


def _is_fixed(unit: Unit) -> str:
    """Why a paragraph of a single report is taken to stand in every other; "" where it is not."""
    paragraph = unit[0]
    if not isinstance(paragraph, Paragraph):
        return ""
    text = paragraph.text.strip()
    if text.endswith(_COLONS) and len(text) <= _LONGEST_LABEL:
        return "a label: it ends in a colon"
    if paragraph.style.casefold() == "caption":
        return "a caption"
    if _SMALL_PRINT.search(text):
        return "small print, which rarely changes"
    return ""


def is_line(unit: Unit) -> bool:
    """Whether this is one short line that begins and ends as no sentence does."""
    if not isinstance(unit[0], Paragraph):
        return False
    text = unit[0].text.strip()
    fit = choose_kind(unit)
    is_prose = fit is None or fit.type.prose
    begins = text[:1].isalnum() and not text[:1].islower()
    short = len(text) <= _LONGEST_LINE and "\n" not in text
    return is_prose and begins and short and not text.endswith(_SENTENCE_ENDS)


def repeated_choice(passage: Passage) -> Choice | None:
    """The choice that short answers make, when at least three reports have fewer of them than there are."""
    texts = [unit_text(place).strip() for place in passage.found]
    short = all(len(place) == 1 and is_text(place) for place in passage.found) and all(
        len(text.split()) <= _SHORT_ANSWER for text in texts
    )
    options: dict[str, str] = {}
    for text in texts:
        options.setdefault(fold(text), text)
    if not short or len(texts) < 3 or not 1 < len(options) < len(texts):
        return None
    return Choice(tuple(options.values()), (texts[0],))
