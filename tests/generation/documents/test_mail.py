"""Mails: who wrote to whom, what, and what was attached."""

from email.message import EmailMessage

import pytest

from generation.documents.passages import UnreadableDocument
from tests.generation.documents.conftest import Read, quotes


def mail(text: str = "We agreed.\n\nThe rent is due.", subject: str = "Minutes") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ann <ann@example.org>", "bob@example.org", subject
    message["Date"] = "Tue, 03 Mar 2026 14:05:00 +0100"
    message.set_content(text)
    return message


def test_a_mail_is_its_subject_its_headers_and_its_text(read: Read) -> None:
    assert quotes(read("a.eml", bytes(mail()))) == [
        "# Minutes",
        "From: Ann <ann@example.org>\nTo: bob@example.org\nDate: 2026-03-03 14:05 +0100",
        "We agreed.",
        "The rent is due.",
    ]


def test_the_page_of_a_mail_is_read_where_it_has_a_table(read: Read) -> None:
    message = mail("See table.")
    message.add_alternative(
        "<p>Costs:</p><table><tr><th>Item</th><th>Cost</th></tr><tr><td>Rent</td><td>5</td></tr></table>",
        subtype="html",
    )
    document = read("a.eml", bytes(message))
    assert "| Rent | 5 |" in document.text
    assert "See table." not in document.text


def test_both_forms_of_a_mail_are_not_read_twice(read: Read) -> None:
    message = mail("We agreed.")
    message.add_alternative("<p>We <b>agreed</b>.</p>", subtype="html")
    assert read("a.eml", bytes(message)).text.count("agreed") == 1


def test_an_attachment_of_a_kind_that_is_read_is_a_part_of_its_own(read: Read) -> None:
    message = mail()
    message.add_attachment(b"Item,Cost\nRent,5\n", maintype="text", subtype="csv", filename="costs.csv")
    document = read("a.eml", bytes(message))
    assert "[attachment costs.csv]\n\n| Item | Cost |" in document.text
    assert document.passages[-1].place.headings == ("Attachment “costs.csv”",)
    assert document.tables == 1


def test_an_attachment_that_is_not_read_is_named(read: Read) -> None:
    message = mail()
    message.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="tool.exe")
    (warning,) = read("a.eml", bytes(message)).warnings
    assert warning.startswith("An attachment was not read: “tool.exe” is not a kind of file")


def test_a_mail_attached_to_a_mail_is_read_under_its_subject(read: Read) -> None:
    message = mail("See below.")
    message.add_attachment(mail("The lease ends.", subject="Lease"))
    document = read("a.eml", bytes(message))
    assert "The lease ends." in quotes(document)
    assert document.passages[-1].place.headings == ("Attached mail “Lease”", "Lease")


def test_mails_nested_without_end_are_read_to_a_depth(read: Read) -> None:
    message = mail("innermost")
    for number in range(8):
        outer = mail(f"text {number}")
        outer.add_attachment(message)
        message = outer
    document = read("a.eml", bytes(message))
    assert "innermost" not in document.text
    assert any("lies too deep" in warning for warning in document.warnings)


def test_of_very_many_attachments_the_first_are_read(read: Read) -> None:
    message = mail()
    for number in range(30):
        message.add_attachment(f"Note {number}", filename=f"{number}.txt")
    document = read("a.eml", bytes(message))
    assert "Note 19" in document.text
    assert document.warnings == ("Only the first 20 attachments were read.",)


def test_pictures_in_the_text_are_named_once(read: Read) -> None:
    message = mail()
    for number in range(2):
        message.add_related(b"\x89PNG", maintype="image", subtype="png", cid=f"<{number}>")
    assert read("a.eml", bytes(message)).warnings == ("Pictures in the text of the mail were not read.",)


def test_a_text_in_another_encoding_than_it_says_is_read(read: Read) -> None:
    data = b"From: a@example.org\nContent-Type: text/plain; charset=utf-8\n\nGr\xfc\xdfe aus M\xfcnchen"
    assert "Grüße aus München" in read("a.eml", data).text


def test_encoded_headers_are_read(read: Read) -> None:
    data = b"From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\nSubject: =?iso-8859-1?q?Gr=FC=DFe?=\n\nText"
    text = read("a.eml", data).text
    assert "# Grüße" in text
    assert "From: Jürgen <j@example.org>" in text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_mail_saved_as_utf_16_is_read(read: Read, encoding: str) -> None:
    assert "We agreed." in quotes(read("a.eml", bytes(mail()).decode().encode(encoding)))


def test_a_text_that_is_no_mail_is_refused(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match="is not what its ending says"):
        read("a.eml", "just some words")
