"""E-mails: one for each address, for each may be told something else."""

import smtplib

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage

from fillapp.telling.words import Words
from signals.handed import CannotTell


def find_reader(address: str) -> User | None:
    """The one person whose address that is; nobody where several share it."""
    found = list(User.objects.filter(email__iexact=address, is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def send_mail(address: str, words: Words) -> None:
    """Raises `CannotTell`."""
    mail = EmailMessage(
        subject=words.subject, body=words.text, from_email=settings.FILL_EMAIL_FROM, to=[address]
    )
    try:
        mail.send()
    except smtplib.SMTPException as error:
        raise CannotTell(f"The mail server refused the e-mail to {address}: {_say(error)}") from error
    except OSError as error:
        raise CannotTell(f"The mail server cannot be reached: {error.strerror or error}.") from error


def _say(error: smtplib.SMTPException) -> str:
    said = error.smtp_error if isinstance(error, smtplib.SMTPResponseException) else str(error)
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
