"""Data that names or reaches one person: e-mail addresses, phone, account, card and identity numbers."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any, Literal

from pydantic import Field

from signals.rules.base import Found, Rule, RuleSettings
from signals.rules.personal.identity import CARD, IBAN, IDENTITY, find_numbers

_EMAIL = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@((?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})\b")
# So many digits, with what stands between them: without them the search for phone numbers need not start.
_MAY_BE_PHONE = re.compile(r"\+?\d(?:[ ()./-]{0,3}\d){6}")
_FIRST = 20
_NAMES = {
    "email": "E-mail addresses",
    "phone": "Phone numbers",
    "iban": "Account numbers (IBAN)",
    "card": "Card numbers",
    "identity": "Identity, tax and social security numbers",
}
_LABELS: dict[str, Any] = {"labels": _NAMES}
What = Annotated[Literal["email", "phone", "iban", "card", "identity"], Field(json_schema_extra=_LABELS)]


class PersonalSettings(RuleSettings):
    """What to look for, and what is nobody's secret."""

    what: tuple[What, ...] = Field(
        ("email", "phone", "iban", "card", "identity"), min_length=1, title="What to look for"
    )
    region: str = Field(
        "",
        pattern=r"^([A-Z]{2})?$",
        title="Country of phone numbers",
        description="Two capitals: GB, DE. Left empty, only numbers with + and a country code are found",
    )
    allowed: tuple[str, ...] = Field(
        (),
        max_length=200,
        title="May stand there",
        description="Addresses and numbers of your own, or the end of an address: @example.org",
    )


class Personal(Rule[PersonalSettings]):
    """Flags a piece that holds such data. Its reason shows an address or a number in part only."""

    name = "personal_data"
    label = "Personal data"
    about = "Flags e-mail addresses, phone numbers, and account, card and identity numbers."
    Settings = PersonalSettings

    def look(self, settings: PersonalSettings, said: str) -> Found | None:
        """The first of each sort is named."""
        allowed = tuple(one.casefold().strip() for one in settings.allowed)
        found = (
            words
            for written, words in _find(settings, said)
            if not written.casefold().endswith(allowed or ("\0",))
        )
        # A list of thousands is not read to its end.
        first = list(dict.fromkeys(islice(found, _FIRST)))[:3]
        return Found(1.0, f"It holds {' and '.join(first)}.") if first else None


def _find(settings: PersonalSettings, said: str) -> Iterator[tuple[str, str]]:
    """What is found as it is written, and in words that do not give it away."""
    if "email" in settings.what and "@" in said:
        for one in _EMAIL.finditer(said):
            yield one[0], f"the e-mail address {one[1][0]}…@{one[2]}"
    numbers = IDENTITY * ("identity" in settings.what)
    numbers += (IBAN,) * ("iban" in settings.what) + (CARD,) * ("card" in settings.what)
    if any(sign.isdigit() for sign in said):
        for kind, number in find_numbers(said, numbers):
            article = "an" if kind.name[0] in "AEIO" else "a"
            yield number, f"{article} {kind.name} ending in {''.join(number.split())[-2:]}"
    if "phone" in settings.what and _MAY_BE_PHONE.search(said):
        yield from _find_phones(said, settings.region)


def _find_phones(said: str, region: str) -> Iterator[tuple[str, str]]:
    """By the numbering plans of all countries, which tell them from other numbers."""
    # 48 MB on disk, 30 ms to load: not for processes that never need it.
    import phonenumbers

    for one in phonenumbers.PhoneNumberMatcher(said, region or None):
        yield one.raw_string, f"a phone number ending in {one.raw_string[-2:]}"
