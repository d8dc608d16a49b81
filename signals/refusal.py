"""Whether a text declines instead of answering."""

import re

_LONGEST = 1_500
_CANNOT = r"(?:can(?:no| ?no)t|can't|won't|will not|unable|not able|not comfortable|don't have|must decline)"
_DECLINES = re.compile(
    rf"^[^\w\"“„«']*(?:"
    rf"(?:i'?m|i am|we'?re|we are)?\s?(?:very |so |truly )?sorry\b[^.!?\n]{{0,60}}?\b{_CANNOT}"
    rf"|(?:i|we) (?:sincerely )?apologi[sz]e\b[^.!?\n]{{0,80}}?\b{_CANNOT}"
    rf"|(?:my )?apologies\b[^.!?\n]{{0,60}}?\b{_CANNOT}"
    r"|(?:i|we) (?:can(?:no| ?no)t|can't|won't|will not|(?:am|are) (?:unable|not able)|must decline)\b"
    r"|i'm (?:unable|not able)\b"
    rf"|as an? (?:ai|artificial|language model)\b[^.!?\n]{{0,80}}?\b{_CANNOT}"
    rf"|unfortunately,? (?:i|we)(?:'m| am| are)? ?{_CANNOT}"
    r"|es tut mir leid\b[^.!?\n]{0,60}?\b(?:kann|darf|nicht)"
    r"|leider kann ich\b|ich kann (?:ihnen |dir )?(?:dabei|damit|diese[nr]?|das) .{0,40}\bnicht\b"
    r"|(?:je suis )?désolée?\b[^.!?\n]{0,60}?\bje ne (?:peux|puis)"
    r"|je ne (?:peux|puis) pas\b"
    r")",
    re.I,
)


def is_refusal(text: str) -> bool:
    """Whether `text` opens by declining and holds little else; a longer one that regrets something does not.

    A quotation is somebody else's refusal.
    """
    return len(text) <= _LONGEST and bool(_DECLINES.match(text.replace("’", "'").lstrip()))
