"""Cleaned text: stable, and accepted by everything it will meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from signals.clean import clean_text

any_text = st.text(alphabet=st.characters(codec=None)) | st.text(
    alphabet="a\x00\x0b\x0c\r\n\x1c\x7f\x85\x92\u2028\u2029\ud800\udfff\ufffe\uffff\ufeff"
)


@given(any_text)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(any_text)
def test_clean_text_can_be_encoded(text: str) -> None:
    assert clean_text(text).encode().decode() == clean_text(text)


@given(any_text)
def test_clean_text_goes_through_xml_unchanged(text: str) -> None:
    element = etree.Element("text")
    element.text = clean_text(text)
    assert (etree.fromstring(etree.tostring(element)).text or "") == clean_text(text)


@given(st.text(alphabet=st.characters(min_codepoint=0xA0, max_codepoint=0x2000)))
def test_what_needs_no_cleaning_stays(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_newline_becomes_one(newline: str) -> None:
    assert clean_text(f"a{newline}b") == "a\nb"


@pytest.mark.parametrize("separator", ["\x0b", "\x0c", "\x1c", "\x1f"])
def test_separators_become_a_space(separator: str) -> None:
    assert clean_text(f"a{separator}b") == "a b"


@pytest.mark.parametrize("forbidden", ["\x00", "\x08", "\x1b", "\x7f", "\x92", "\ud83d", "\uffff"])
def test_what_no_file_can_hold_is_marked_as_lost(forbidden: str) -> None:
    assert clean_text(f"a{forbidden}b") == "a\ufffdb"


@pytest.mark.parametrize(
    "kept", ["\t", "\u00a0", "\u00ad", "\u200d", "\ufeff", "\U0001f468\u200d\U0001f4bb", "é", "e\u0301"]
)
def test_what_looks_odd_but_is_allowed_stays(kept: str) -> None:
    assert clean_text(f"a{kept}b") == f"a{kept}b"
