"""Asking the start page for things, and reading what it answers."""

import re
from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client

from generation.models import Document
from templates.body import read_body
from templates.models import TemplateShare, TemplateVersion
from templates.publish import publish, save_draft
from tests.fillapp.conftest import BODY

ADDRESS = "/templates/minutes/start/"
AGENDA = b"1. The roof. 2. The lease."


def upload(client: Client, *files: tuple[str, bytes], **data: object) -> str:
    """What the page says after an upload."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    response = client.post(ADDRESS, {"do": "add", "files": sent, **data})
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, name: str, content: bytes, **data: object) -> dict[str, object]:
    """What a file sent alone is answered with."""
    response = client.post("/documents/", {"file": SimpleUploadedFile(name, content), **data})
    assert response.status_code == 200
    answer: dict[str, object] = response.json()
    return answer


def publish_another(name: str, documents: Sequence[dict[str, str]] = ()) -> TemplateVersion:
    body = read_body(BODY | {"name": name, "documents": list(documents)})
    return publish(save_draft(body, slug=name.lower()))


def share(other: TemplateVersion, version: TemplateVersion) -> None:
    """Show a template to whom this version's template is shown."""
    for one in version.template.shares.all():
        TemplateShare.objects.create(template=other.template, user=one.user)


def shown_title(html: str) -> str:
    found = re.search(r'name="title"[^>]* value="([^"]*)"', html)
    return found.group(1) if found else ""


def generate(client: Client, *documents: Document, **data: object) -> HttpResponseBase:
    ids = [document.pk for document in documents]
    return client.post(ADDRESS, {"do": "generate", "document": ids, **data})


def carried(html: str) -> list[int]:
    """The documents that the form carries on."""
    _, _, form = html.partition("data-start")
    return [int(pk) for pk in re.findall(r'name="document" value="(\d+)"', form)]


def chosen_slot(html: str, pk: int) -> str:
    select = re.search(rf'<select id="slot-{pk}".*?</select>', html, re.S)
    option = re.search(r'value="([^"]*)" selected', select.group()) if select else None
    return option.group(1) if option else ""
