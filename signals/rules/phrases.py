"""Words and phrases that a text should not hold."""

import re
from functools import lru_cache

from pydantic import Field

from signals.rules.base import Found, Rule, RuleSettings

_MOST = 500
_LONGEST = 200
_SPACE = re.compile(r"\s+")


class PhrasesSettings(RuleSettings):
    """What to look for, as it is written."""

    phrases: tuple[str, ...] = Field(
        min_length=1,
        max_length=_MOST,
        title="Words and phrases",
        description="Found as whole words, in capitals or not",
    )
    match_case: bool = Field(False, title="Tell capitals from small letters")
    inside_words: bool = Field(False, title="Also inside longer words")


class Phrases(Rule[PhrasesSettings]):
    """Flags a piece that holds one of them."""

    name = "phrases"
    label = "Words and phrases"
    about = "Flags a text that holds one of these words or phrases."
    Settings = PhrasesSettings

    def look(self, settings: PhrasesSettings, said: str) -> Found | None:
        """Space within a phrase stands for any space."""
        found = _compile(settings.phrases, settings.match_case, settings.inside_words).search(said)
        return Found(1.0, f"It says “{found[0][:_LONGEST]}”.") if found else None


@lru_cache(maxsize=64)
def _compile(phrases: tuple[str, ...], match_case: bool, inside_words: bool) -> re.Pattern[str]:
    wanted = (_SPACE.split(phrase.strip().replace("’", "'")) for phrase in phrases if phrase.strip())
    # Longer ones first: the reason names all that was found.
    written = sorted((r"\s+".join(map(_escape, words)) for words in wanted), key=len, reverse=True)
    either = "|".join(written) or "(?!)"
    bounded = either if inside_words else rf"(?<!\w)(?:{either})(?!\w)"
    return re.compile(bounded, 0 if match_case else re.IGNORECASE)


def _escape(word: str) -> str:
    """The word with either apostrophe."""
    return re.escape(word).replace("'", "['’]")
