"""The language most of a Word file's text is in, as its runs and styles say, or else its letters."""

import re
from collections import Counter

from templates.word.blank import W
from templates.word.package import Element, child, value

_W = f"{{{W}}}"
_TAG = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")
# The languages that letters leave open, the likeliest first.
_LETTERS = (
    (re.compile(r"[\u3040-\u30ff]"), ("ja",)),
    (re.compile(r"[\uac00-\ud7af]"), ("ko",)),
    (re.compile(r"[\u3400-\u9fff]"), ("zh", "ja", "ko")),
    (re.compile(r"[\u0590-\u05ff]"), ("he", "yi")),
    (re.compile(r"[\u0600-\u08ff]"), ("ar", "fa", "ur", "ps")),
    (re.compile(r"[\u0370-\u03ff]"), ("el",)),
    (re.compile(r"[\u0400-\u04ff]"), ("ru", "uk", "bg", "sr", "be", "mk", "kk")),
)
_NOT_LATIN = frozenset(tag for _, tags in _LETTERS for tag in tags)


def find_language(root: Element, defaults: list[Element | None]) -> str:
    """A tag like "de-DE", or "" where nothing tells; `defaults` are run properties, the nearest first."""
    counts: Counter[str] = Counter()
    for run in root.iter(f"{_W}r"):
        text = "".join(found.text or "" for found in run.iterchildren(f"{_W}t"))
        if text.strip():
            counts[_of_run(text, [child(run, "rPr"), *defaults])] += len(text)
    return next((tag for tag, _ in counts.most_common() if tag), "")


def _of_run(text: str, looks: list[Element | None]) -> str:
    by_letters = next((tags for letters, tags in _LETTERS if letters.search(text)), ())
    kind = "eastAsia" if _EAST_ASIAN.search(text) else "bidi" if _RIGHT_TO_LEFT.search(text) else "val"
    for look in looks:
        said = value(child(look, "lang"), kind) or ""
        tag = _TAG.match(said)
        if tag and (tag[0][:2] in by_letters if by_letters else tag[0][:2] not in _NOT_LATIN):
            return tag[0]
    return by_letters[0] if by_letters else ""
