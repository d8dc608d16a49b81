"""Personal data: what is found in which notation, what only looks like it, and what its reason gives away."""

import time

import pytest

from tests.signals.rules.reading import read

# All of them published as examples by those who issue them, or made up with a right check digit.
FOUND = {
    "Write to ann.lee+x@mail.example.org, please.": "the e-mail address a…@mail.example.org",
    "Call +44 20 7946 0958 today.": "a phone number ending in 58",
    "Pay to DE89 3704 0044 0532 0130 00 by Friday.": "an IBAN ending in 00",
    "IBAN GB29NWBK60161331926819": "an IBAN ending in 19",
    "Card 4111 1111 1111 1111 was charged.": "a card number ending in 11",
    "SSN 219-09-9999": "a US social security number ending in 99",
    "NI number QQ 12 34 56 C": "",
    "NI number AB 12 34 56 C": "a British national insurance number ending in 6C",
    "DNI 12345678Z": "a Spanish identity number ending in 8Z",
    "Codice fiscale RSSMRA85T10A562S": "an Italian tax code ending in 2S",
    "Numéro 2 55 08 14 168 025 38": "a French social security number ending in 38",
    "Steuer-ID 86 095 742 719": "a German tax number ending in 19",
    "AHV 756.9217.0769.85": "a Swiss social security number ending in 85",
    "PESEL 44051401359": "a Polish identity number ending in 59",
    "Personnummer 811218-9876": "a Swedish identity number ending in 76",
}


@pytest.mark.parametrize(("said", "what"), FOUND.items())
def test_each_sort_is_found_and_named_in_part_only(said: str, what: str) -> None:
    verdict = read("personal_data", said)
    assert verdict.score == bool(what)
    assert verdict.reason == (f"It holds {what}." if what else "")


@pytest.mark.parametrize(
    "said",
    [
        "The budget is € 1,200,000 for 2024–2025, up 4.5 % from 1,148,325.36.",
        "They met on 2024-03-01 at 14:00; see §§ 12-14 and page 123456789.",
        "Card 4111 1111 1111 1112 and DE89 3704 0044 0532 0130 01 are misspelt.",
        "Invoice 86095742710 of 01.02.2024, order 44051401358.",
        "Follow @fill on the web; price 5@2 each.",
        "Version 10.0.17763.1 at 192.168.100.200",
    ],
)
def test_figures_dates_and_wrong_check_digits_are_nobodys_data(said: str) -> None:
    assert read("personal_data", said, region="DE").score == 0


def test_a_number_without_a_country_code_needs_the_country() -> None:
    assert read("personal_data", "Call 020 7946 0958 today.").score == 0
    assert read("personal_data", "Call 020 7946 0958 today.", region="GB").score == 1


def test_only_what_is_ticked_is_looked_for() -> None:
    assert read("personal_data", "Write to ann@example.org.", what=["phone"]).score == 0


def test_the_houses_own_addresses_may_stand_there() -> None:
    allowed = ["@example.org", "+44 20 7946 0958"]
    assert read("personal_data", "ann@example.org, +44 20 7946 0958", allowed=allowed).score == 0
    assert read("personal_data", "ann@other.org", allowed=allowed).score == 1


def test_of_several_sorts_each_is_named_once() -> None:
    verdict = read("personal_data", "Ann: ann@example.org and ann@example.org, 219-09-9999.")
    assert verdict.reason == (
        "It holds the e-mail address a…@example.org and a US social security number ending in 99."
    )


def test_of_a_list_of_thousands_only_the_first_are_looked_at() -> None:
    began = time.process_time()
    assert read("personal_data", "+44 20 7946 0958; " * 50_000).score == 1
    assert time.process_time() - began < 2
