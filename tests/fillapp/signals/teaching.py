"""Texts of reports to teach on, and what the teaching page answers."""

import json
import re
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.test import Client

from generation.looking import look_at_report
from generation.models import Report
from signals.models import Sample, Signal
from signals.teaching.typed import add_examples
from tests.factories import make_report
from tests.fillapp.conftest import finish

YES = [
    "We guarantee you will win the case.",
    "You will certainly win.",
    "Success is assured to everybody.",
    "We promise you a full refund.",
    "It is guaranteed that the roof will hold.",
    "You can be sure of success.",
]
NO = [
    "The hearing is on Monday.",
    "Costs were £ 300.",
    "The tenant has moved out.",
    "Please send the form.",
    "The roof was inspected in March.",
    "Nobody can say what the court will decide.",
]


def make_looked(owner: User, *texts: str, title: str = "March") -> Report:
    """A report of this person whose points say these things, looked at."""
    report = make_report(owner=owner, title=title)
    finish(report, "risks", {"items": [{"text": text, "items": []} for text in texts]})
    look_at_report(report.pk)
    return report


def sample_of(said: str) -> Sample:
    """The sample that says this."""
    return Sample.objects.get(said=said)


def teach_all(signal: Signal, author: User, yes: Sequence[str] = YES, no: Sequence[str] = NO) -> None:
    """Typed examples of both."""
    add_examples(signal, list(yes), author, True)
    add_examples(signal, list(no), author, False)


def answer(client: Client, address: str, **sent: object) -> dict[str, str]:
    """What the page's script is answered."""
    response = client.post(f"/signals/promises/{address}/", sent, headers={"X-Live": "1"})
    assert response.status_code == 200, response.content
    found: dict[str, str] = json.loads(response.content)
    return found


def label(client: Client, sample: Sample, says: str, **more: object) -> dict[str, str]:
    """A word on a sample."""
    return answer(client, "label", sample=sample.pk, says=says, **more)


def asked(html: str) -> str:
    """What the page asks about; empty where it asks nothing."""
    found = re.search(r'<p class="ask-said">(.*?)</p>', html, re.S)
    return found[1] if found else ""


def section(html: str, name: str) -> str:
    """A part of the page."""
    found = re.search(rf'<section [^>]*id="{name}".*?</section>', html, re.S)
    assert found, f"no part {name}"
    return found[0]


__all__ = ["NO", "YES", "answer", "asked", "label", "make_looked", "sample_of", "section", "teach_all"]
