"""A text in another language than it should be in."""

from functools import cache
from typing import Any

from pydantic import Field

from signals.rules.base import Found, RuleSettings, WholeRule
from signals.to_read import TextToRead, Verdict

_FEWEST_LETTERS = 25
_LONGEST_READ = 5_000
_UNSURE = 0.5
# The detector cannot tell these apart in a few sentences, nor need anybody be told.
_ALIKE = (
    {"en", "pcm"},
    {"no", "nn", "nb", "da"},
    {"bs", "hr", "sr", "sh"},
    {"id", "ms"},
    {"gl", "pt"},
    {"ca", "oc"},
)
_NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "nl": "Dutch",
    "pt": "Portuguese", "pl": "Polish", "cs": "Czech", "sk": "Slovak", "sl": "Slovenian", "hu": "Hungarian",
    "da": "Danish", "sv": "Swedish", "no": "Norwegian", "fi": "Finnish", "ro": "Romanian", "el": "Greek",
    "ru": "Russian", "uk": "Ukrainian", "tr": "Turkish", "ar": "Arabic", "he": "Hebrew", "zh": "Chinese",
    "ja": "Japanese", "ko": "Korean", "hr": "Croatian", "bg": "Bulgarian",
}  # fmt: skip


class LanguageSettings(RuleSettings):
    """The language to expect."""

    language: str = Field(
        "",
        pattern=r"^([a-z]{2})?$",
        title="Language",
        description="Two letters: en, de, fr. Left empty, the language of the text's template counts",
    )


class Language(WholeRule[LanguageSettings]):
    """Flags a whole in another language; names and quotations in it do not make it one."""

    name = "language"
    label = "Language"
    about = "Flags a text that is in another language than it should be."
    Settings = LanguageSettings
    is_graded = True

    def read(self, settings: LanguageSettings, text: TextToRead) -> Verdict:
        """Where nobody said which language to expect, none is wrong."""
        expected = settings.language or text.language.lower()[:2]
        found = _find_language(text.whole.text, expected) if expected else None
        return Verdict(found.score, text.whole.address, found.reason) if found else Verdict(0.0)

    def look(self, settings: LanguageSettings, said: str) -> Found | None:
        """As `read`, of a text whose template is not known."""
        return _find_language(said, settings.language) if settings.language else None


def _find_language(said: str, expected: str) -> Found | None:
    """The detector's own probability; short texts and lists of names belong to no language."""
    said = said[:_LONGEST_READ]
    if sum(letter.isalpha() for letter in said) < _FEWEST_LETTERS:
        return None
    code, probability = _detector().classify(said)
    if probability < _UNSURE or code == expected or any({code, expected} <= same for same in _ALIKE):
        return None
    return Found(float(probability), f"It is in {_name(code)}, not in {_name(expected)}.")


def _name(code: str) -> str:
    return _NAMES.get(code, f"another language ({code})")


@cache
def _detector() -> Any:
    """Loaded at the first text, 0.8 s: py3langid's 140 languages, without a network."""
    # Importing it is not for processes that never look at a language.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
