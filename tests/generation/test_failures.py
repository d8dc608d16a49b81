"""Failures: what a status and its words mean, and how long a server asks to wait."""

import time
from email.utils import formatdate

import pytest

from generation.failures import ModelFailure, code_of, read_retry_after
from tests.factories import make_profile


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (401, "", "bad_key"),
        (403, "country not supported", "bad_key"),
        (404, "model_not_found", "unknown_model"),
        (408, "", "server_error"),
        (413, "", "too_long"),
        (400, "This model's maximum context length is 4096 tokens", "too_long"),
        (400, "the request exceeds the available context size", "too_long"),
        (400, "Prompt is too long", "too_long"),
        (400, "unknown field", "bad_request"),
        (429, "rate_limit_exceeded", "rate_limit"),
        (429, "insufficient_quota", "quota"),
        (429, "Request too large for gpt-4o on tokens per min (TPM)", "too_long"),
        (502, "Bad Gateway", "server_error"),
        (529, "overloaded", "server_error"),
    ],
)
def test_a_status_and_its_words_have_one_meaning(status: int, said: str, code: str) -> None:
    assert code_of(status, said) == code


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("3", 3), ("0.5", 0.5), ("-4", 0), ("", None), ("soon", None), ("nan", None), ("inf", float("inf"))],
)
def test_a_wait_in_seconds_is_read(header: str, seconds: float | None) -> None:
    assert read_retry_after(header) == seconds


def test_a_wait_until_a_date_is_read() -> None:
    seconds = read_retry_after(formatdate(time.time() + 30, usegmt=True))

    assert seconds is not None
    assert 28 < seconds <= 30


def test_a_date_in_the_past_asks_for_no_wait() -> None:
    assert read_retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0


def test_a_servers_words_with_braces_are_shown_as_they_are() -> None:
    failure = ModelFailure("bad_request", make_profile("http://x"), detail="{field} is unknown")

    assert str(failure) == "The model's server refused the request: {field} is unknown"


def test_long_words_of_a_server_are_cut() -> None:
    assert len(str(ModelFailure("bad_request", make_profile("http://x"), detail="x" * 5000))) < 400
