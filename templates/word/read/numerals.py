"""Numbers in the ways Word's lists count; in plain digits where a way is not known here."""

_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RUSSIAN = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"
_CHINESE = "〇一二三四五六七八九"
_MOST_ROMAN, _MOST_LETTERS, _MOST_CHINESE = 3999, 20, 99


def write_numeral(count: int, form: str) -> str:
    """`count` in a number format of Word, such as "lowerRoman"."""
    match form:
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{count:02}"
        case "upperRoman":
            return _roman(count)
        case "lowerRoman":
            return _roman(count).lower()
        case "upperLetter":
            return _letter(count, _LATIN)
        case "lowerLetter":
            return _letter(count, _LATIN).lower()
        case "russianUpper":
            return _letter(count, _RUSSIAN)
        case "russianLower":
            return _letter(count, _RUSSIAN).lower()
        case "ordinal":
            return f"{count}{_ending(count)}"
        case _ if form.startswith(("chineseCounting", "japaneseCounting", "taiwaneseCounting")):
            return _chinese(count)
    return str(count)


def _roman(count: int) -> str:
    if not 0 < count <= _MOST_ROMAN:
        return str(count)
    written = ""
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        written += letters * times
    return written


def _letter(count: int, letters: str) -> str:
    """After Z come AA, BB and so on."""
    times, place = divmod(count - 1, len(letters))
    return letters[place] * (times + 1) if 0 <= times < _MOST_LETTERS else str(count)


def _ending(count: int) -> str:
    if count % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")


def _chinese(count: int) -> str:
    if not 0 < count <= _MOST_CHINESE:
        return str(count)
    tens, ones = divmod(count, 10)
    return (_CHINESE[tens] if tens > 1 else "") + ("十" if tens else "") + (_CHINESE[ones] if ones else "")
