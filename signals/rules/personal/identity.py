"""Numbers that name one person or account, told from other numbers by their check digits."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle

_DNI = "TRWAGMYFPDXBNJZSQVHLCKE"
# What a digit or letter counts at an odd place of an Italian tax code.
_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


# How long cards are that begin so: Visa, Mastercard, American Express, Diners, and others.
_ISSUED = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[068]\d{12}|6\d{15,18}"
)


@dataclass(frozen=True)
class NumberKind:
    """A kind of number: how it is written, and whether one so written can be one."""

    name: str
    pattern: re.Pattern[str]
    is_valid: Callable[[str], bool]


def find_numbers(text: str, kinds: tuple[NumberKind, ...]) -> Iterator[tuple[NumberKind, str]]:
    """Each number of these kinds in `text`, as it is written."""
    for kind in kinds:
        for found in kind.pattern.finditer(text):
            if kind.is_valid(_bare(found[0])):
                yield kind, found[0]


def _bare(number: str) -> str:
    return re.sub(r"[\s.\-/]", "", number).upper()


def _is_iban(number: str) -> bool:
    """ISO 13616: read with its head behind, letters as 10 to 35, it leaves 1 of 97."""
    return 15 <= len(number) <= 34 and _leaves(number[4:] + number[:4], 97) == 1


def _leaves(number: str, modulus: int) -> int:
    return int("".join(str(int(sign, 36)) for sign in number)) % modulus


def is_luhn(number: str) -> bool:
    """ISO/IEC 7812: every second digit from the right doubled, the digits' sum is a multiple of 10."""
    weighted = (int(digit) * weight for digit, weight in zip(reversed(number), cycle((1, 2)), strict=False))
    return sum(one // 10 + one % 10 for one in weighted) % 10 == 0


def _is_card(number: str) -> bool:
    return bool(_ISSUED.fullmatch(number)) and len(set(number)) > 1 and is_luhn(number)


def _is_ssn(number: str) -> bool:
    return number[:3] not in ("000", "666") and number[3:5] != "00" and number[5:] != "0000"


def _is_nino(number: str) -> bool:
    return number[:2] not in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")


def _is_dni(number: str) -> bool:
    figures = number[:-1].translate(str.maketrans("XYZ", "012"))
    return _DNI[int(figures) % 23] == number[-1]


def _is_fiscal_code(number: str) -> bool:
    places = [int(sign) if sign.isdigit() else ord(sign) - 65 for sign in number[:15]]
    return chr((sum(_ODD[place] for place in places[::2]) + sum(places[1::2])) % 26 + 65) == number[15]


def _is_nir(number: str) -> bool:
    figures = number[:13].replace("2A", "19").replace("2B", "18")
    return figures.isdigit() and 97 - int(figures) % 97 == int(number[13:])


def _is_tax_id(number: str) -> bool:
    """The German tax number: ISO 7064 MOD 11,10; among the first ten digits one stands twice or thrice."""
    if len(set(number[:10])) not in (8, 9):
        return False
    product = 10
    for digit in number[:10]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(number[10])


def _is_ahv(number: str) -> bool:
    weighted = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(number[:12]))
    return (10 - weighted % 10) % 10 == int(number[12])


def _is_pesel(number: str) -> bool:
    weighted = sum(
        int(digit) * weight for digit, weight in zip(number, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3), strict=False)
    )
    return (10 - weighted % 10) % 10 == int(number[10]) and _is_day(int(number[2:4]) % 20, number[4:6])


def _is_personnummer(number: str) -> bool:
    return is_luhn(number[-10:]) and _is_day(int(number[-8:-6]), number[-6:-4])


def _is_day(month: int, day: str) -> bool:
    try:
        date(2000, month, int(day))
    except ValueError:
        return False
    return True


def _kind(name: str, written: str, is_valid: Callable[[str], bool]) -> NumberKind:
    return NumberKind(name, re.compile(rf"(?<![\w.,/-]){written}(?![\w-]|[.,]\d)"), is_valid)


_NINO = "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
IBAN = _kind("IBAN", r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?", _is_iban)
CARD = _kind("card number", r"(?<!\d )\d(?:[ -]?\d){12,18}", _is_card)
IDENTITY = (
    _kind("US social security number", r"(?!9)\d{3}-\d{2}-\d{4}", _is_ssn),
    _kind("British national insurance number", rf"{_NINO} ?(?:\d\d ?){{3}}[A-D]", _is_nino),
    _kind("Spanish identity number", r"[XYZ\d][ -]?\d{7}[ -]?[A-Z]", _is_dni),
    _kind("Italian tax code", r"[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]", _is_fiscal_code),
    _kind("French social security number", r"[12] ?\d\d ?\d\d ?\d[\dAB] ?\d{3} ?\d{3} ?\d\d", _is_nir),
    _kind("German tax number", r"[1-9]\d(?: ?\d{3}){3}", _is_tax_id),
    _kind("Swiss social security number", r"756\.?\d{4}\.?\d{4}\.?\d\d", _is_ahv),
    _kind("Polish identity number", r"\d{11}", _is_pesel),
    _kind("Swedish identity number", r"(?:\d\d)?\d{6}[-+]\d{4}", _is_personnummer),
)  # fmt: skip
