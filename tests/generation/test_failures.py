"""Failures: what a status and its words mean, and how long a server asks to wait."""

import re
import time
from email.utils import formatdate

import pytest

from generation.failures import ModelFailure, code_of, read_retry_after, read_wait
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
        (500, "input (3001 tokens) is too large to process. increase the physical batch size", "too_long"),
        (400, "unknown field", "bad_request"),
        (400, "'response_format' of type 'json_schema' is not supported with this model", "no_schema"),
        (400, "Conversation roles must alternate user/assistant/user/assistant/...", "roles"),
        (400, "System role not supported", "roles"),
        (400, "request (1407 tokens) exceeds the available context size (256 tokens)", "too_long"),
        (405, "", "bad_request"),
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


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3),
        ({"retry-after-ms": "250", "retry-after": "3"}, 0.25),
        ({"retry-after-ms": "soon", "retry-after": "3"}, 3),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s"}, 360),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1h2m3.5s"}, 3723.5),
        # When the limit is whole again, though there is some left of it: no time to wait.
        ({"x-ratelimit-remaining-tokens": "500", "x-ratelimit-reset-tokens": "6m0s"}, None),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "later"}, None),
        ({"x-ratelimit-remaining-tokens": "0"}, None),
        ({}, None),
    ],
)
def test_the_wait_a_server_asks_for_is_found_in_its_headers(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert read_wait(headers) == seconds


@pytest.mark.parametrize("seconds", [None, 5, float("inf")])
def test_a_rate_limit_without_a_time_worth_telling_names_none(seconds: float | None) -> None:
    failure = ModelFailure("rate_limit", make_profile("http://x"), retry_after=seconds)

    assert str(failure).endswith("Try again in a few minutes.")


def test_a_rate_limit_of_days_names_the_day() -> None:
    failure = ModelFailure("rate_limit", make_profile("http://x"), retry_after=3 * 86400)

    assert re.search(r"until \d\d:\d\d UTC on \d+ [A-Z][a-z]+\. Try again then\.$", str(failure))


@pytest.mark.parametrize("code", ["bad_key", "unknown_model", "bad_request", "too_long", "no_model"])
def test_a_mistake_in_the_set_up_is_no_reason_for_a_fallback(code: str) -> None:
    assert not ModelFailure(code, make_profile("http://x")).another_may_do
