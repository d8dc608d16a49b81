"""What an instruction asks for: the words that count, and what documents may call it instead."""

import re

# What it rules out is not looked for.
_LEFT_OUT = re.compile(
    r"\b(?:no|not|nothing|none|never|without|leave out|leave it|do not|don't|neither)\b[^.;:,]*",
    re.IGNORECASE,
)
# How the answer is to look, not what it is about.
_FORM = (
    "bullet bullets column columns list lists one ones paragraph paragraphs point points row rows sentence "
    "sentences word words absatz liste punkt punkte satz sätze spalte tabelle zeile zeilen"
)
_FORM_WORDS = frozenset(_FORM.split())
# Words of instructions, and those that documents have for the same.
_KIN = {
    "end ends ended ending": "terminate termination expire expiry cancel",
    "ende enden beendet beendigung": "kündigen kündigung ablauf",
    "pay pays paid payment payments": "fee fees charge charges invoice",
    "zahlung zahlungen zahlt": "vergütung entgelt gebühr gebühren rechnung",
}
_KIN_OF = {word: kin for words, kin in _KIN.items() for word in words.split()}
_QUESTION = re.compile(r"\b(?:questions?|fragen?)\b", re.IGNORECASE)
_TALK = re.compile(
    r"\b(?:spoke|speaks?|speakers?|said|says|attend\w*|present|redner\w*|sprech\w+|teilnehm\w+|anwesen\w+)\b",
    re.IGNORECASE,
)


def asked_words(about: str) -> str:
    """The words of `about` that say what is looked for; all of them when they only say how."""
    words = _words(about)
    return " ".join([word for word in words if word not in _FORM_WORDS] or words)


def kindred_words(about: str) -> str:
    """Other words for what `about` looks for, each once; "" where none are known."""
    return " ".join(dict.fromkeys(kin for word in _words(about) for kin in _KIN_OF.get(word, "").split()))


def asks_questions(about: str) -> bool:
    """Whether questions are what is looked for."""
    return bool(_QUESTION.search(_LEFT_OUT.sub(" ", about)))


def asks_who_spoke(about: str) -> bool:
    """Whether the people of a meeting are what is looked for."""
    return bool(_TALK.search(_LEFT_OUT.sub(" ", about)))


def _words(about: str) -> list[str]:
    return re.findall(r"\w+", _LEFT_OUT.sub(" ", about).lower())
