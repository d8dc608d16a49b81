"""The mails that an installation under test has written, a file each."""

import time
from email import message_from_string, policy

from tests.e2e.running import RunningFill

# What stands under a mail that is written to its end.
_END = "-" * 79


def wait_for_mails(fill: RunningFill, seconds: float = 60) -> list[str]:
    """Subject and text of each mail, once there is one."""
    until = time.monotonic() + seconds
    while True:
        written = [file.read_text() for file in sorted((fill.folder / "mail").glob("*.log"))]
        if written and all(text.rstrip().endswith(_END) for text in written):
            return [_read_mail(text) for text in written]
        assert time.monotonic() < until, "no mail"
        time.sleep(0.1)


def _read_mail(written: str) -> str:
    mail = message_from_string(written, policy=policy.default)
    body = mail.get_body()
    return f"{mail['Subject']}\n{body.get_content() if body else ''}"
