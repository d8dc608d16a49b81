"""Rows made of sentences: which column can take one, and what it says of the others."""

import re
from collections.abc import Sequence

from generation.offline.asked import asks_who_spoke
from generation.offline.periods import find_periods
from generation.offline.prose import Sentence, Speaker
from signals.figures import find_figures, read_date
from templates.blocks.base import WantedColumn

_TAKES_ON = re.compile(r"\bI\b|\bI['’]ll\b")
_SAYS = re.compile(
    r"\b(?:says?|said|in (?:one|a)(?: \w+)? sentence|main point|what (?:is|was) to be done|aussagen?)\b",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"speaker|said by|redner|sprecher", re.IGNORECASE)
_PERSON = re.compile(
    r"owner|who|responsible|speaker|person|name|member|participant|redner|sprecher", re.IGNORECASE
)
_PEOPLE = re.compile(
    r"(?:full )?(?:names?|who|speakers?|persons?|people|members?|participants?|attendees?|redner|"
    r"rednerin(?:nen)?|sprecher|teilnehmer|teilnehmende|personen?)",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:date|period|deadline|due|when|duration|datum|termin|frist|dauer|zeitraum|wann)(?:e?s|en)?\b",
    re.IGNORECASE,
)
# Columns that hold a name or a few words, never a sentence.
_BRIEF = re.compile(
    r"\b(?:name|ref|reference|no|number|item|line|person|who|party|role|office|position|function|owner|member|"
    r"participant|company|organi[sz]ation|firm|supplier|client|type|kind|category|status|place|address|phone|"
    r"e-?mail|amount|price|partei|vertragspartei|rolle|funktion|firma|unternehmen|art|nr|nummer|betrag|preis|"
    r"ort|adresse|anschrift|mitglied|teilnehmer)(?:e?s|n|en)?\b|\bpart(?:y|ies)\b|\bcompanies\b",
    re.IGNORECASE,
)
_NAME_OF_A_NAME = 3
_OFFICE = re.compile(r"\b(?:role|office|position|function|rolle|funktion|amt)\b", re.IGNORECASE)
_BETWEEN = "; "
# Of somebody's main point.
FEWEST_WORDS = 10
MOST_WORDS = 35


def asks_speakers(columns: Sequence[WantedColumn], about: str) -> bool:
    """Whether each row is to be a person who spoke."""
    asked = " ".join([about, *(f"{one.name} {one.about}" for one in columns)])
    return bool(_PEOPLE.fullmatch(columns[0].name.strip())) and asks_who_spoke(asked)


def speaker_row(speaker: Speaker, point: str, columns: Sequence[WantedColumn]) -> list[str]:
    """Who speaks, the office they hold and what they say, each where it is asked for."""
    row = [speaker.name, *("" for _ in columns[1:])]
    for place, column in enumerate(columns[1:], 1):
        if column is _says(columns):
            row[place] = point
        elif _OFFICE.search(column.name):
            row[place] = speaker.office
    return row


def sentence_column(columns: Sequence[WantedColumn]) -> WantedColumn | None:
    """The column that a sentence may stand in; None when the rows would begin with a name or a figure."""
    said = _says(columns)
    first = next((one for one in columns if not _wants_period(one)), None)
    if first is None or first.type != "text" or (first is not said and _is_brief(first)):
        return None
    return said or first


def needs_figures(columns: Sequence[WantedColumn], whole: WantedColumn) -> bool:
    """Whether beside the sentence only dates, periods and figures are asked for."""
    others = [one for one in columns if one is not whole]
    return bool(others) and all(_wants_period(one) or one.type != "text" for one in others)


def holds_figures(sentence: Sentence, columns: Sequence[WantedColumn], whole: WantedColumn) -> bool:
    """Whether the sentence says something of another column, so that its row is not bare."""
    return any(_cell(sentence, one) for one in columns if one is not whole)


def sentence_row(sentence: Sentence, columns: Sequence[WantedColumn], whole: WantedColumn) -> list[str]:
    """The sentence under the column that takes it, what it says of the others under theirs."""
    return [sentence.text if one is whole else _cell(sentence, one) for one in columns]


def _says(columns: Sequence[WantedColumn]) -> WantedColumn | None:
    texts = [one for one in columns if one.type == "text" and not _wants_period(one)]
    return next((one for one in texts if _SAYS.search(f"{one.name} {one.about}")), None)


def _is_brief(column: WantedColumn) -> bool:
    return len(column.name.split()) <= _NAME_OF_A_NAME and bool(_BRIEF.search(column.name))


def _wants_period(column: WantedColumn) -> bool:
    return column.type == "date" or (column.type == "text" and bool(_PERIOD.search(column.name)))


def _cell(sentence: Sentence, column: WantedColumn) -> str:
    if column.type == "text":
        if _wants_period(column):
            return _BETWEEN.join(find_periods(sentence.text))
        takes_on = _PERSON.search(column.name) and _TAKES_ON.search(sentence.text)
        return sentence.speaker if takes_on or _SPEAKER.search(column.name) else ""
    figures = [figure.text for figure in find_figures(sentence.text)]
    dates = [text for text in figures if read_date(text) or re.search(r"[^\W\d]{3}", text)]
    if column.type == "date":
        return dates[-1] if dates else ""
    amounts = [text for text in figures if text not in dates]
    return amounts[0] if len(amounts) == 1 else ""
