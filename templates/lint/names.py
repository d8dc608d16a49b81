"""Names of columns and options that the settings do not have."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from templates.lint.advice import Advice, Case, fold, suggest
from templates.lint.quotes import find_quoted

_COLUMN = r"(?:columns?|Spalten?|colonnes?|columnas?)"
_COLUMN_BEFORE = re.compile(
    rf"\b{_COLUMN}(?:\s+(?:called|named|headed|for|namens|für|intitulée?s?|llamadas?))?:?\s*$", re.IGNORECASE
)
_COLUMN_AFTER = re.compile(rf"[ -]?{_COLUMN}\b", re.IGNORECASE)
# Without quotation marks: only what begins with a capital letter.
_PLAIN_COLUMN = re.compile(r"\b(?:the|The|each|every) ([A-Z][\w/&-]+(?: [\w/&-]+){0,2}?) column\b")
_NO_NAME = "a an has have is the with in of"
_ARTICLES = frozenset(_NO_NAME.split())

_CHOOSE = r"(?:choose|select|pick|tick|answer|option|wähle\w*|Option|choisi\w*|cochez|elija|elige|seleccione)"
_OPTION_BEFORE = re.compile(rf"\b{_CHOOSE}(?:\s+(?:only|always|the option|die Option|l’option))?:?\s*$", re.I)
_OPTION_AFTER = re.compile(r"\s*[,:]?\s*(?:only\s+)?(?:when|if|unless|where|wenn|falls|si|cuando)\b", re.I)
_PLAIN_OPTION = re.compile(
    r"\b(?:[Cc]hoose|[Ss]elect|[Pp]ick|[Tt]ick) ([A-Z][\w-]+(?: [\w-]+){0,3}?) (?:only )?"
    r"(?:when|if|unless|where)\b"
)
_NEARLY = 0.8


def find_unknown_columns(case: Case) -> Iterator[Advice]:
    """Advice where the instructions name a column that the table does not have."""
    names = case.fixed.columns
    if not names:
        return
    known = {fold(name) for name in names}
    for name, start, end in _named_columns(case.text):
        if fold(name) not in known and not _is_of_another(case, name):
            yield Advice(
                "no-such-column",
                f"There is no column “{name}”.",
                suggest(name, names, "columns"),
                start,
                end,
            )


def _named_columns(text: str) -> Iterator[tuple[str, int, int]]:
    """Name and place of each column that the text speaks of, unless it is one of a document."""
    for quoted in find_quoted(text):
        is_column = _COLUMN_BEFORE.search(quoted.before) or _COLUMN_AFTER.match(quoted.after)
        if is_column and not quoted.is_of_a_source and not quoted.is_taken_from:
            yield quoted.name, quoted.start, quoted.end
    for found in _PLAIN_COLUMN.finditer(text):
        is_source = re.match(r"\s+(?:of|in|from|on)\b(?! this)", text[found.end() :])
        is_source = is_source or re.search(r"\bfrom\s*$", text[: found.start()])
        if not is_source and _ARTICLES.isdisjoint(found[1].split()):
            yield found[1], *found.span(1)


def _is_of_another(case: Case, name: str) -> bool:
    """Whether it is a column of another block that the instructions name."""
    text = fold(case.text)
    return any(
        fold(name) in map(fold, block.type.fixed(block.parsed_settings).columns)
        for block in case.body.fillable
        if block != case.block and block.title and fold(block.title) in text
    )


def find_unknown_options(case: Case) -> Iterator[Advice]:
    """Advice where the instructions name an option that cannot be chosen."""
    names = case.fixed.options
    if not names:
        return
    known = {fold(name): name for name in names}
    for name, start, end in _named_options(case.text, known):
        if fold(name) not in known:
            yield Advice(
                "no-such-option", f"There is no option “{name}”.", suggest(name, names, "options"), start, end
            )


def _named_options(text: str, known: dict[str, str]) -> Iterator[tuple[str, int, int]]:
    """Name and place of what the text says may be chosen, or spells nearly like an option."""
    for quoted in find_quoted(text):
        is_option = _OPTION_BEFORE.search(quoted.before) or _OPTION_AFTER.match(quoted.after)
        if is_option or get_close_matches(fold(quoted.name), known, n=1, cutoff=_NEARLY):
            yield quoted.name, quoted.start, quoted.end
    for found in _PLAIN_OPTION.finditer(text):
        yield found[1], *found.span(1)
