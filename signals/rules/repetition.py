"""A text that says the same again and again."""

import re
from collections import Counter

from pydantic import Field

from signals.rules.base import Found, RuleSettings, WholeRule
from signals.sentences import split_sentences

_WORD = re.compile(r"\w+")
# A model that has lost its way says the same few words over and over, without a sentence's end.
_LOOP = re.compile(r"\b((?:\w+\W+){1,8}?)\1{3,}", re.IGNORECASE)
_LONGEST_READ = 200_000


class RepetitionSettings(RuleSettings):
    """What counts as a sentence worth noticing."""

    words: int = Field(
        5, ge=1, le=50, title="Shortest sentence, in words", description="Shorter ones may come again"
    )


class Repetition(WholeRule[RepetitionSettings]):
    """Flags a text with a sentence that stands in it twice, or with words that go in a circle."""

    name = "repetition"
    label = "Repeated sentences"
    about = "Flags a text that says a sentence twice, or a few words over and over."
    Settings = RepetitionSettings
    is_graded = True

    def look(self, settings: RepetitionSettings, said: str) -> Found | None:
        """Scores n / (n + 1) for n sentences too many, and 1 for a circle."""
        said = said[:_LONGEST_READ]
        if loop := _LOOP.search(said):
            return Found(1.0, f"It says “{loop[1].strip()[:80]}” over and over.")
        # As the first was written, by its words alone.
        first: dict[tuple[str, ...], str] = {}
        times: Counter[tuple[str, ...]] = Counter()
        for sentence in split_sentences(said):
            words = tuple(_WORD.findall(sentence.casefold()))
            if len(words) >= settings.words:
                first.setdefault(words, sentence)
                times[words] += 1
        again = sum(times.values()) - len(times)
        if not again:
            return None
        most, count = times.most_common(1)[0]
        often = {2: "twice"}.get(count, f"{count} times")
        return Found(again / (again + 1), f"It says {often}: “{first[most][:200]}”")
