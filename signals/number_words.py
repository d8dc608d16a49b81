"""Numbers written as words, alone or together: "twelve", "twenty-five", "two hundred thousand"."""

from collections.abc import Iterator, Sequence

_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_ORDINALS = "_ first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_GERMAN = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"
_FRENCH = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_TENS = {
    "twenty zwanzig vingt": 20,
    "thirty dreißig dreissig trente": 30,
    "forty vierzig quarante": 40,
    "fifty fünfzig cinquante": 50,
    "sixty sechzig soixante": 60,
    "seventy siebzig septante": 70,
    "eighty achtzig": 80,
    "ninety neunzig nonante": 90,
    "dozen dutzend douzaine": 12,
    "hundred hundert cent": 100,
    "thousand tausend mille": 1_000,
    "million millions millionen": 1_000_000,
    "billion billions milliarde milliarden milliard milliards": 1_000_000_000,
}
NUMBER_WORDS = {
    word: number
    for words in (_ENGLISH, _ORDINALS, _GERMAN, _FRENCH)
    for number, word in enumerate(words.split())
    if word != "_"
} | {word: number for words, number in _TENS.items() for word in words.split()}
_JOINTS = frozenset(["and", "und", "et"])


def read_number_words(words: Sequence[str]) -> set[int]:
    """The numbers among lower-case `words`: each by itself, and neighbours read as one."""
    if NUMBER_WORDS.keys().isdisjoint(words):
        return set()
    found: set[int] = set()
    run: list[int] = []
    for word in (*words, ""):
        number = NUMBER_WORDS.get(word)
        if number is not None:
            run.append(number)
        elif run and word not in _JOINTS:
            found.update(run)
            found.update(_together(run))
            run = []
    return found


def _together(run: list[int]) -> Iterator[int]:
    """The numbers in a row of number words: [2, 100, 25] is 225, [2, 3] is two numbers."""
    total = current = 0
    for number in run:
        if number >= 1_000:
            total, current = total + (current or 1) * number, 0
        elif number in (12, 100) and current and current < 12:
            current *= number
        elif (current % 100 == 0 or (current % 100 >= 20 and current % 10 == 0 and number < 10)) and (
            number < 100
        ):
            current += number
        else:
            yield total + current
            total, current = 0, number
    yield total + current
