"""Text is cleaned once, on entry, so that every string survives to Word and back exactly."""

import re
from typing import Any

# What XML 1.0 forbids, and the lone surrogates no encoding can carry.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile("[\x0b\x0c\x1c-\x1f]")
_NEWLINES = re.compile("\r\n|\r|\x85|\u2028|\u2029")


def clean_text(text: str) -> str:
    """`text` with one kind of newline and nothing a Word file or a database refuses.

    Form feeds and separators become a space, other forbidden characters U+FFFD.
    """
    # What can be printed holds none of these, and nearly all texts can be.
    if text.isprintable():
        return text
    return _FORBIDDEN.sub("\ufffd", _SPACES.sub(" ", _NEWLINES.sub("\n", text)))


def clean_json(value: Any) -> Any:
    """JSON data with every text in it cleaned, also the names."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_json(one) for one in value]
    if isinstance(value, dict):
        return {clean_text(name): clean_json(one) for name, one in value.items()}
    return value
