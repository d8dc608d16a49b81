"""What is said of a proposal: its reason, and instructions to start from."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from templates.blocks.base import count_words
from templates.proposing.sections import Unit, fold, unit_text
from templates.word.parts import Choice, ListItem, Part, Table

_SHORTENED = 60
# Letters looked at to tell whether passages are alike, and from where on they are.
_LOOKED_AT, _ALIKE = 2000, 0.6
_MOST_NAMED = 20
_LONGEST_NAMED = 400


def shorten(text: str, most: int = _SHORTENED) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rstrip()}…"


def count_of(number: int, word: str) -> str:
    """A number with its word ("3 columns")."""
    return f"{number:,} {word}{'s' * (number != 1)}"


def describe(parts: Sequence[Part]) -> str:
    """What a passage is ("a table with 4 columns and 6 rows")."""
    first = parts[0]
    if isinstance(first, Table):
        size = f"{count_of(len(first.rows[0]), 'column')} and {count_of(len(first.rows), 'row')}"
        return f"a table with {size}"
    if isinstance(first, Choice):
        return f"a choice among {count_of(len(first.options), 'option')}"
    if all(isinstance(part, ListItem) for part in parts):
        numbered = any(isinstance(part, ListItem) and part.ordered for part in parts)
        return f"a {'numbered ' * numbered}list of {count_of(len(parts), 'point')}"
    return f"running text of {count_of(sum(count_words(unit_text([part])) for part in parts), 'word')}"


def say_where(places: Sequence[Unit | None]) -> str:
    """How the passage compares over the reports ("differs in the 3 reports"), "" for a single one."""
    found = [place for place in places if place is not None]
    if len(places) == 1:
        return ""
    if len(found) < len(places):
        return f"only in {len(found)} of the {len(places)} reports"
    if len({fold(unit_text(place)) for place in found}) == 1:
        return f"the same in all {len(places)} reports"
    if are_alike(found):
        return f"mostly the same words in all {len(places)} reports"
    return f"differs in the {len(places)} reports"


def are_alike(found: Sequence[Unit]) -> bool:
    """Whether all have most of their words from the first: a form of words with a few gaps."""
    first, *others = (fold(unit_text(place))[:_LOOKED_AT].split() for place in found)
    return bool(others) and all(SequenceMatcher(None, first, other).ratio() >= _ALIKE for other in others)


def write_instructions(subject: str, places: Sequence[Unit | None], prose: bool) -> str:
    """What to ask for, from what can be seen: the part's name, its length, and what never changes."""
    found = [place for place in places if place is not None]
    # Without quotation marks: what stands in them is looked for among the blocks.
    named = f"{shorten(subject)}: " if subject else ""
    several = len(found) > 1
    if not prose:
        sentences = [_sentence(f"{named}fill it in with what the documents say.")]
    elif isinstance(found[0][0], ListItem):
        points = round(sum(map(len, found)) / len(found))
        sentences = [_sentence(f"{named}the points, about {points}.")]
    else:
        words = sum(count_words(unit_text(place)) for place in found) / len(found)
        length = max(10, round(words, -1))
        sentences = [_sentence(f"{named}write it as in earlier reports. About {length:.0f} words.")]
    if several and len(found) == len(places) and prose and are_alike(found):
        sentences.append("Keep the wording of the examples; change only names, dates and figures.")
    if fixed := _fixed_column(found):
        sentences.append(fixed)
    return " ".join(sentences)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _fixed_column(found: Sequence[Unit]) -> str:
    """What stands in the first column of every report; of a single one, where it holds labels."""
    columns = []
    for place in found:
        if not isinstance(place[0], Table) or len(place[0].rows[0]) < 2:
            return ""
        columns.append([" ".join(row[0].split()) for row in place[0].rows])
    first = columns[0]
    labels = 2 * sum(label.endswith((":", "：")) for label in first) > len(first)
    if any(column != first for column in columns) or (len(columns) == 1 and not labels):
        return ""
    # The first row may name the columns; then its cell is no label.
    named = [label for label in first[0 if labels else 1 :] if label][:_MOST_NAMED]
    words = shorten("; ".join(named), _LONGEST_NAMED)
    if not named:
        return ""
    return f"One row for each of these, in this order, with its name in the first column: {words}."
