"""Sentences and short texts made of stretches of the documents, so that no word and no figure is invented."""

import re
from collections.abc import Collection
from random import Random

WORD = re.compile(r"[^\W_][\w'’.,%€$/-]*")
NOTHING = "The documents say nothing about this"
STRETCH = 20_000
WORD_SPACE = 12
SENTENCE_WORDS = (8, 18)
PARAGRAPH_WORDS = 60
TRIES = 20


class Source:
    """A text to take words from; of a long one only the stretch needed is ever split."""

    def __init__(self, text: str) -> None:
        self._text = text

    @property
    def beginning(self) -> str:
        return self._text[:STRETCH]

    def take(self, count: int, chance: Random) -> list[str]:
        """So many words that stand in a row in the text, from a random place, going round at its end."""
        space = WORD_SPACE * (count + 2)
        start = chance.randrange(max(len(self._text) - space, 1))
        # the first word of a stretch may be half a word, and so may the last
        words = WORD.findall(self._text[start : start + space])[1 if start else 0 : -1]
        words = words or WORD.findall(self._text[:STRETCH]) or NOTHING.split()
        while len(words) < count:
            words += words
        return [word.rstrip(".,/-") or word for word in words[:count]]


def write_prose(source: Source, words: int, chance: Random) -> str:
    """Markdown paragraphs of exactly so many words."""
    paragraphs: list[list[str]] = [[]]
    in_paragraph, said = 0, set[str]()
    while words > 0:
        size = min(chance.randint(*SENTENCE_WORDS), words)
        if in_paragraph >= PARAGRAPH_WORDS:
            paragraphs.append([])
            in_paragraph = 0
        sentence = _say_new(source, size, said, chance)
        said.add(sentence)
        paragraphs[-1].append(sentence)
        words -= size
        in_paragraph += size
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs)


def _say_new(source: Source, words: int, said: Collection[str], chance: Random) -> str:
    """A sentence not said yet, if the documents have one: what is said twice is asked for again."""
    sentence = ""
    for _ in range(TRIES):
        taken = " ".join(source.take(words, chance))
        sentence = f"{taken[0].upper()}{taken[1:]}."
        if sentence not in said:
            break
    return sentence
