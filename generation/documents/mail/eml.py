"""Mails (.eml): who wrote what to whom and when, the text, and what is attached."""

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from mimetypes import guess_extension
from pathlib import Path

from generation.documents import refusals
from generation.documents.builder import TextBuilder
from generation.documents.decode import decode_bytes
from generation.documents.html.read import read_html_parts
from generation.documents.mail.attachments import Attachments, show_headers
from generation.documents.parts import add_parts
from generation.documents.passages import ReadDocument
from templates.word.parts import Paragraph, Part, Table

_SHOWN = ("From", "To", "Cc", "Date")
_HEADER = re.compile(rb"^[!-9;-~]{1,100}:", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n")
# Signatures prove who wrote, and say nothing.
_SIGNATURES = ("application/pkcs7-signature", "application/pgp-signature", "application/x-pkcs7-signature")


def read_eml(path: Path, name: str) -> ReadDocument:
    data = _as_bytes(path.read_bytes())
    if not _HEADER.search(data, 0, 10_000) or b"\0" in data[:1000]:
        raise refusals.damaged(name)
    builder = TextBuilder()
    _add_mail(builder, _parse(data), Attachments(builder), ())
    return builder.finish()


def _as_bytes(data: bytes) -> bytes:
    """Mails are ASCII; one saved by an editor as UTF-16 is turned back."""
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(data[:2], "")
    if not encoding and data[1:20:2].count(0) > 8:
        encoding = "utf-16-le"
    if encoding:
        data = data.decode(encoding, "replace").removeprefix("\ufeff").encode()
    # A mailbox of one mail begins with a line that is no header.
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()


def _parse(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


def _add_mail(
    builder: TextBuilder, mail: EmailMessage, attachments: Attachments, under: tuple[str, ...]
) -> None:
    parts = [*show_headers(_header(mail, "Subject"), {name: _header(mail, name) for name in _SHOWN})]
    body, read = _read_body(mail)
    add_parts(builder, [*parts, *body], under)
    for part in _other_parts(mail, read):
        _add_attachment(builder, part, attachments, under)


def _header(mail: Message, name: str) -> str:
    try:
        shown = str(mail.get(name, ""))
    except Exception:
        shown = next((str(text) for key, text in mail.raw_items() if key.lower() == name.lower()), "")
    if name == "Date":
        shown = _show_date(shown)
    # What the library could not decode it keeps as lone surrogates.
    return " ".join(shown.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())


def _show_date(written: str) -> str:
    try:
        moment: datetime = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return written
    return f"{moment:%Y-%m-%d %H:%M}" + (f" {moment:%z}" if moment.tzinfo else "")


def _read_body(mail: EmailMessage) -> tuple[list[Part], list[Message]]:
    """The text of a mail, and the parts it was taken from.

    Of the two forms of a mail the page is read where it has a table or says more, else the plain text.
    """
    plain, page = _find(mail, "text/plain"), _find(mail, "text/html")
    read = [part for part in (plain, page) if part is not None]
    plain_parts = _read_plain(plain) if plain is not None else []
    page_parts = read_html_parts(_text(page)) if page is not None else []
    if not plain_parts or any(isinstance(part, Table) for part in page_parts):
        return page_parts or plain_parts, read
    return (page_parts if _length(page_parts) > 1.2 * _length(plain_parts) else plain_parts), read


def _length(parts: list[Part]) -> int:
    return sum(len(part.text) for part in parts if not isinstance(part, Table) and hasattr(part, "text"))


def _find(mail: EmailMessage, kind: str) -> Message | None:
    """The first part of this kind that is no attachment and in no mail within."""
    for part in _leaves(mail):
        if part.get_content_type() == kind and not _filename(part) and not _is_attached(part):
            return part
    return None


def _leaves(mail: Message) -> Iterator[Message]:
    """The parts of a mail in order; a mail within is one part."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        if part.is_multipart() and (part is mail or part.get_content_type() != "message/rfc822"):
            children = part.get_payload()
            waiting += reversed([child for child in children if isinstance(child, Message)])
        else:
            yield part


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _filename(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except Exception:
        return ""


def _read_plain(part: Message) -> list[Part]:
    return [Paragraph(paragraph) for paragraph in _BLANK_LINES.split(_text(part).replace("\r\n", "\n"))]


def _text(part: Message) -> str:
    """A part as text: in the encoding it names where that is right, else in the likeliest."""
    data = _bytes(part)
    charset = part.get_param("charset") or ""
    try:
        return data.decode(str(charset) or "utf-8")
    except (LookupError, UnicodeDecodeError, ValueError):
        decoded = decode_bytes(data)
        return decoded[0] if decoded else ""


def _bytes(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except Exception:
        data = None
    return data if isinstance(data, bytes) else b""


def _other_parts(mail: EmailMessage, read: list[Message]) -> Iterator[Message]:
    """All but the text that was read, signatures, and texts with nothing in them."""
    for part in _leaves(mail):
        is_text = part.get_content_maintype() == "text" and not _filename(part)
        if part in read or part.get_content_type() in _SIGNATURES or (is_text and not _bytes(part).strip()):
            continue
        yield part


def _add_attachment(
    builder: TextBuilder, part: Message, attachments: Attachments, under: tuple[str, ...]
) -> None:
    if part.get_content_type() == "message/rfc822" or _filename(part).lower().endswith(".eml"):
        _add_attached_mail(builder, part, attachments, under)
    elif not _filename(part) and part.get_content_type() == "text/plain":
        add_parts(builder, _read_plain(part), under)
    elif not _filename(part) and part.get_content_type() == "text/html":
        add_parts(builder, read_html_parts(_text(part)), under)
    elif (part.get("Content-ID") or not _filename(part)) and part.get_content_maintype() == "image":
        attachments.add_picture()
    else:
        name = _filename(part) or f"attachment{guess_extension(part.get_content_type()) or ''}"
        attachments.add(name, _bytes(part), under)


def _add_attached_mail(
    builder: TextBuilder, part: Message, attachments: Attachments, under: tuple[str, ...]
) -> None:
    inner = part.get_payload()
    mail = inner[0] if isinstance(inner, list) and inner else None
    if not isinstance(mail, EmailMessage):
        mail = _parse(_as_bytes(_bytes(part)))
    title = _header(mail, "Subject") or "mail"
    if attachments.enter_mail(title, under):
        _add_mail(builder, mail, attachments, (*under, f"Attached mail “{title}”"))
