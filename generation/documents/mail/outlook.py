"""Outlook mails (.msg), read as far as they are: headers, text and attachments."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import olefile

from generation.documents import refusals
from generation.documents.builder import TextBuilder
from generation.documents.html.read import read_html_parts
from generation.documents.mail.attachments import Attachments, show_headers
from generation.documents.parts import add_parts
from generation.documents.passages import ReadDocument
from templates.word.parts import Paragraph, Part

# Properties of a message by number (MS-OXPROPS).
_SUBJECT, _BODY, _HTML, _TO, _CC = "0037", "1000", "1013", "0E04", "0E03"
_SENDER, _SENDER_ADDRESS, _SENDER_SMTP = "0C1A", "0C1F", "5D01"
_DATA, _LONG_NAME, _SHORT_NAME = "3701", "3707", "3704"
_SENT, _RECEIVED = b"\x40\x00\x39\x00", b"\x40\x00\x06\x0e"
_UNICODE, _BYTES, _MAIL = "001F", "0102", "000D"
_CODE_PAGED = "001E"
_STREAM = "__substg1.0_"


def read_msg(path: Path, name: str) -> ReadDocument:
    if not olefile.isOleFile(str(path)):
        raise refusals.damaged(name)
    builder = TextBuilder()
    try:
        with olefile.OleFileIO(str(path)) as file:
            _Message(file, []).add_to(builder, Attachments(builder), ())
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise refusals.damaged(name) from error
    return builder.finish()


class _Message:
    """A message in a file, or attached to one: what lies in the storage `at`."""

    def __init__(self, file: "olefile.OleFileIO[str]", at: list[str]) -> None:
        self._file = file
        self._at = at

    def add_to(self, builder: TextBuilder, attachments: Attachments, under: tuple[str, ...]) -> None:
        parts = [*show_headers(self.subject, self._headers()), *self._read_body()]
        add_parts(builder, parts, under)
        for storage in self._attached():
            self._add_attachment(builder, storage, attachments, under)

    @property
    def subject(self) -> str:
        return self._text(self._at, _SUBJECT)

    def _headers(self) -> dict[str, str]:
        sender = self._text(self._at, _SENDER)
        address = self._text(self._at, _SENDER_SMTP) or self._text(self._at, _SENDER_ADDRESS)
        shown = f"{sender} <{address}>" if "@" in address and address != sender else sender or address
        return {
            "From": shown,
            "To": self._text(self._at, _TO).rstrip("\0"),
            "Cc": self._text(self._at, _CC).rstrip("\0"),
            "Date": self._date(),
        }

    def _date(self) -> str:
        """When it was sent: hundreds of nanoseconds since 1601, in universal time."""
        properties = self._bytes(self._at, "__properties_version1.0")
        for tag in (_SENT, _RECEIVED):
            start = properties.find(tag)
            if start >= 0 and len(properties) >= start + 16:
                ticks = int.from_bytes(properties[start + 8 : start + 16], "little")
                try:
                    sent = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
                except OverflowError:
                    return ""
                return f"{sent:%Y-%m-%d %H:%M} UTC"
        return ""

    def _read_body(self) -> list[Part]:
        plain = self._text(self._at, _BODY).replace("\r\n", "\n")
        if plain.strip():
            return [Paragraph(paragraph) for paragraph in plain.split("\n\n")]
        page = self._bytes(self._at, f"{_STREAM}{_HTML}{_BYTES}")
        return read_html_parts(page.decode("utf-8", "replace")) if page else []

    def _attached(self) -> list[str]:
        depth = len(self._at)
        storages = {
            entry[depth]
            for entry in self._file.listdir(streams=False, storages=True)
            if entry[:depth] == self._at and len(entry) == depth + 1
        }
        return sorted(storage for storage in storages if storage.startswith("__attach_version1.0_"))

    def _add_attachment(
        self, builder: TextBuilder, storage: str, attachments: Attachments, under: tuple[str, ...]
    ) -> None:
        at = [*self._at, storage]
        inner = [*at, f"{_STREAM}{_DATA}{_MAIL}"]
        if self._file.exists(inner):
            mail = _Message(self._file, inner)
            if attachments.enter_mail(mail.subject or "mail", under):
                mail.add_to(builder, attachments, (*under, f"Attached mail “{mail.subject}”"))
            return
        name = self._text(at, _LONG_NAME) or self._text(at, _SHORT_NAME) or "without a name"
        attachments.add(name, self._bytes(at, f"{_STREAM}{_DATA}{_BYTES}"), under)

    def _text(self, at: list[str], number: str) -> str:
        data = self._bytes(at, f"{_STREAM}{number}{_UNICODE}")
        if data:
            return data.decode("utf-16-le", "replace").strip("\0")
        # Older files keep their letters in a code page they name nowhere reliably.
        data = self._bytes(at, f"{_STREAM}{number}{_CODE_PAGED}")
        try:
            return data.decode("utf-8").strip("\0")
        except UnicodeDecodeError:
            return data.decode("cp1252", "replace").strip("\0")

    def _bytes(self, at: list[str], stream: str) -> bytes:
        place = [*at, stream]
        if not self._file.exists(place) or self._file.get_type(place) != olefile.STGTY_STREAM:
            return b""
        data: bytes = self._file.openstream(place).read()
        return data
