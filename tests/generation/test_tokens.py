"""Counting tokens: exact, and never by way of the network."""

import hashlib
import socket
from pathlib import Path
from typing import NoReturn

import pytest

from generation import tokens
from generation.tokens import count_tokens


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No counter is remembered, no vocabulary lies on the disk, and no socket can be opened."""
    tokens._counter.cache_clear()
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))

    def refuse(*args: object, **options: object) -> NoReturn:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize(
    ("text", "tokenizer", "count"),
    [
        ("", "o200k_base", 0),
        ("hello world", "o200k_base", 2),
        ("hello world", "cl100k_base", 2),
        # as OpenAI's cookbook compares encodings
        ("antidisestablishmentarianism", "cl100k_base", 6),
        ("antidisestablishmentarianism", "o200k_base", 6),
        ("2 + 2 = 4", "cl100k_base", 7),
        ("2 + 2 = 4", "o200k_base", 7),
        ("お誕生日おめでとう", "cl100k_base", 9),
        ("お誕生日おめでとう", "o200k_base", 8),
    ],
)
def test_tokens_are_counted_as_tiktoken_does(text: str, tokenizer: str, count: int) -> None:
    assert count_tokens(text, tokenizer) == count


def test_special_tokens_in_a_document_are_the_text_they_are() -> None:
    assert count_tokens("<|endoftext|>") > 1


def test_a_long_document_is_counted_in_no_time() -> None:
    assert count_tokens("The committee met. " * 20_000) == 80_001


@pytest.mark.parametrize("text", ["a\u0000b", "😀" * 50, "\u202e\ufeff", " " * 5000, "x" * 20_000])
def test_any_text_can_be_counted(text: str) -> None:
    assert count_tokens(text) > 0


@pytest.mark.parametrize("folder", ["", "/nowhere/at/all"])
def test_nothing_is_downloaded_wherever_the_cache_is_said_to_be(
    monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", folder)

    assert count_tokens("hello world") == 2


def test_a_variable_set_to_nothing_means_no_cache_though_another_has_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = tokens._VOCABULARIES.format("o200k_base")
    (tmp_path / hashlib.sha1(address.encode()).hexdigest()).touch()
    monkeypatch.setenv("DATA_GYM_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "")

    assert count_tokens("hello world") == 2


def test_a_damaged_vocabulary_on_the_disk_is_not_used(tmp_path: Path) -> None:
    address = tokens._VOCABULARIES.format("o200k_base")
    (tmp_path / hashlib.sha1(address.encode()).hexdigest()).write_bytes(b"half of it")

    assert count_tokens("hello world") == 2
