"""Whether a short text declines instead of answering."""

import re

_LONGEST = 400
_DECLINES = re.compile(
    r"^\W*(i'?m sorry|i am sorry|sorry,|i apologi[sz]e|i (can(no|')t|am unable to|'m unable to|won't)|"
    r"as an ai|unfortunately,? i)\b.*?\b(can(no|')t|unable|not able|won't|cannot|decline|assist|help)",
    re.I | re.S,
)


def is_refusal(text: str) -> bool:
    """Whether `text` is nothing but a refusal; a long text that regrets something is not."""
    return len(text) <= _LONGEST and bool(_DECLINES.match(text.replace("’", "'")))
