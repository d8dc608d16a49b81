"""Text that stands where something is still to be filled in."""

import re

from signals.rules.base import Found, Rule, RuleSettings

_WORDS = (
    "insert|enter|add|your|name|date|title|company|organi[sz]ation|address|amount|number|xx+|tbd|tbc|todo|"
    "to be (?:added|completed|confirmed|determined|filled)|fill in|placeholder|client|recipient|signature|"
    "einfügen|eintragen|ihr name|name|datum|betrag|ergänzen|insérer|votre|nom|à compléter"
)
# In small letters they may be words of some language.
_SHOUTED = re.compile(r"\b(?:TODO|FIXME|TBD|TBC|XXX+)\b")
_GAP = re.compile(
    r"\b(?:lorem ipsum|dolor sit amet)\b"
    r"|\{\{[^{}\n]{0,80}\}\}|\{%[^\n]{0,80}?%\}|\$\{[^{}\n]{1,60}\}"
    rf"|\[(?=[^\[\]\n]{{1,80}}\])(?:[^\[\]\n]*\b)?(?:{_WORDS})\b[^\[\]\n]*\]"
    rf"|<(?=[^<>\n]{{1,80}}>)(?:{_WORDS})\b[^<>\n]*>"
    # Signs to be written over, behind a word; a line of them alone stands between paragraphs.
    r"|(?<=[^\W_])[ :]+(?:_{3,}|\.{6,}|…{3,})"
    r"|\binsert (?:text|name|date|figures?) here\b|\btext goes here\b|\bplaceholder text\b"
    r"|\bto be (?:added|completed|filled in) here\b",
    re.IGNORECASE,
)


class PlaceholderSettings(RuleSettings):
    """Nothing to set."""


class Placeholder(Rule[PlaceholderSettings]):
    """Flags a piece with a gap in it."""

    name = "placeholder"
    label = "Placeholder text"
    about = "Flags gaps that were left to be filled in: [Name], TBD, lorem ipsum, {{date}}."
    Settings = PlaceholderSettings

    def look(self, settings: PlaceholderSettings, said: str) -> Found | None:
        """Numbers in brackets are references, and empty ones are boxes to tick."""
        found = _SHOUTED.search(said) or _GAP.search(said)
        return Found(1.0, f"Something is left to be filled in: “{found[0].strip()[:80]}”.") if found else None
