"""Reading a text by a rule, in the tests of rules."""

from typing import Any

from signals.kinds import KINDS
from signals.pieces import split_text, with_whole
from signals.to_read import TextToRead, Verdict


def text_of(said: str, about: str = "", language: str = "") -> TextToRead:
    return TextToRead(tuple(with_whole(said, split_text(said))), about, language)


def read(rule: str, said: str, *, about: str = "", language: str = "", **options: Any) -> Verdict:
    kind = KINDS["rule"]
    settings = kind.Settings.model_validate({"rule": rule, "options": options})
    return kind.read(settings, None, [text_of(said, about, language)])[0]
