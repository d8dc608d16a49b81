"""Outlook mails (.msg)."""

import struct
from datetime import UTC, datetime

import pytest

from generation.documents.passages import UnreadableDocument
from tests.generation.documents.conftest import Read, quotes
from tests.generation.documents.nested_ole import Storage, write_ole


def text(number: str, words: str) -> Storage:
    return {f"__substg1.0_{number}001F": words.encode("utf-16-le")}


def message(subject: str, body: str) -> Storage:
    sent = datetime(2026, 3, 3, 14, 5, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)
    ticks = int(sent.total_seconds()) * 10_000_000
    return {
        "__properties_version1.0": bytes(32) + b"\x40\x00\x39\x00" + bytes(4) + struct.pack("<Q", ticks),
        **text("0037", subject),
        **text("0C1A", "Ann"),
        **text("5D01", "ann@example.org"),
        **text("0E04", "Bob"),
        **text("1000", body),
    }


def test_an_outlook_mail_is_its_subject_its_headers_and_its_text(read: Read) -> None:
    assert quotes(read("a.msg", write_ole(message("Minutes", "We agreed.\r\n\r\nThe rent is due.")))) == [
        "# Minutes",
        "From: Ann <ann@example.org>\nTo: Bob\nDate: 2026-03-03 14:05 UTC",
        "We agreed.",
        "The rent is due.",
    ]


def test_the_page_is_read_where_there_is_no_plain_text(read: Read) -> None:
    mail = message("Minutes", " ") | {"__substg1.0_10130102": "<p>Grüße</p>".encode()}
    assert quotes(read("a.msg", write_ole(mail)))[-1] == "Grüße"


def test_attached_files_and_mails_are_read(read: Read) -> None:
    file: Storage = {**text("3707", "costs.csv"), "__substg1.0_37010102": b"Item,Cost\nRent,5\n"}
    inner: Storage = {"__substg1.0_3701000D": message("Lease", "It ends.")}
    attached: Storage = {"__attach_version1.0_#00000000": file, "__attach_version1.0_#00000001": inner}
    document = read("a.msg", write_ole(message("Minutes", "See below.") | attached))
    assert "| Rent | 5 |" in document.text
    assert document.passages[-1].place.headings == ("Attached mail “Lease”", "Lease")


def test_a_cut_outlook_mail_is_refused_or_read(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match=r"^“a.msg” "):
        read("a.msg", write_ole(message("Minutes", "We agreed."))[:700])
