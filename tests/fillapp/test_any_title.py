"""A report with any title and any author at all is made, shown, exported and downloaded."""

from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.test import Client
from docx import Document as WordDocument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generation.export import export_word
from generation.models import Document
from generation.reports import create_report
from signals.clean import clean_text
from tests.factories import make_snapshot

ANY = st.text(st.characters(exclude_categories=()), max_size=20) | st.text(
    "\x00\r\n\x1b\x7f\x85\ud800\ufffe\u2028\u202e\"';:/\\<>|?*.%= ", min_size=1, max_size=8
)


@pytest.mark.django_db
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=ANY, author=ANY)
def test_any_title_and_author_reach_the_word_file_and_its_name(
    title: str, author: str, alice: User, as_alice: Client, document: Document
) -> None:
    report = create_report(
        make_snapshot(description=author), [(document, "transcript")], title=title, owner=alice
    )
    report.owner = User(username="ann", first_name=author)
    properties = WordDocument(BytesIO(export_word(report))).core_properties
    assert properties.title == (clean_text(title).strip() or "Minutes")[:255]
    assert properties.author == (clean_text(report.owner.get_full_name()) or "ann")[:255]
    response = as_alice.get(f"/reports/{report.pk}/word/")
    assert response.status_code == 200
    assert "\n" not in response["Content-Disposition"]
    assert as_alice.get(f"/reports/{report.pk}/").status_code == 200
