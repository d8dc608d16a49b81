"""Files that cannot be read say so in one sentence."""

from io import BytesIO

import pytest

from templates.word import package
from templates.word.read.document import UnreadableWord, read_word
from tests.templates.word.files import paragraph, word_file, zipped

CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
BOMB = (
    '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (BytesIO(b""), "damaged or not a Word file"),
        (BytesIO(b"%PDF-1.7"), "damaged or not a Word file"),
        (BytesIO(word_file(paragraph("a")).getvalue()[:300]), "The file is damaged"),
        (BytesIO(CONTAINER + "EncryptedPackage".encode("utf-16-le")), "protected by a password"),
        (BytesIO(CONTAINER), r"old Word file \(.doc\)"),
        (zipped({"a.txt": "hello"}), "holds no Word document"),
        (zipped({"word/document.xml": "<workbook/>"}), "not a Word document"),
        (zipped({"word/document.xml": "<w:document"}), "XML cannot be read"),
        (zipped({"word/document.xml": BOMB}), "declares XML entities"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(file: BytesIO, sentence: str) -> None:
    with pytest.raises(UnreadableWord, match=sentence) as raised:
        read_word(file)
    assert str(raised.value).endswith(".")


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "_MOST_BYTES", 1000)
    with pytest.raises(UnreadableWord, match="unpacks to more"):
        read_word(word_file(paragraph("a" * 2000)))


def test_a_file_packed_far_too_densely_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "_SMALL", 100_000)
    with pytest.raises(UnreadableWord, match="unpacks to more"):
        read_word(word_file("<w:p/>" * 200_000))


def test_deep_nesting_is_refused_not_a_crash() -> None:
    with pytest.raises(UnreadableWord):
        read_word(word_file("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000))
