"""Texts of strangers framed in a prompt, so that none of them ends its frame."""

import re


def keep_inside(frame: str, text: str) -> str:
    """`text` that neither closes its frame nor opens another, whatever is written in it."""
    return re.sub(rf"<(?=\s{{0,9}}/?\s{{0,9}}{frame}\b)", "‹", text, flags=re.IGNORECASE)
