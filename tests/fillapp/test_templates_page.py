"""The gallery of templates: what each person finds there, new ones, files taken in and out, the archive."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from fillapp.accounts import BUSINESS, SUPER
from generation.models import ExampleCase, ExampleDocument, Report
from generation.template_package import read_package, write_package
from templates.body import TemplateBody
from templates.editing import undo_change
from templates.models import ReportTemplate, TemplateShare, TemplateVersion
from templates.packed import pack
from templates.publish import publish, save_draft
from templates.yaml_file import read_file, write_file
from tests.factories import make_document
from tests.fillapp.conftest import make_user

PAGE = "/templates/"


@pytest.fixture
def carol(db: None) -> User:
    return make_user("carol", SUPER)


@pytest.fixture
def as_carol(carol: User) -> Client:
    client = Client()
    client.force_login(carol)
    return client


@pytest.fixture
def own(carol: User, body: TemplateBody) -> ReportTemplate:
    """Carol's, published, with an example, shared with nobody."""
    template = save_draft(body, slug="minutes", owner=carol)
    publish(template, by=carol)
    case = ExampleCase.objects.create(template=template, name="March")
    ExampleDocument.objects.create(case=case, document=make_document(), slot="transcript", position=0)
    return template


def rows(client: Client, address: str = PAGE) -> list[str]:
    """What the page says of each template."""
    page = html.fromstring(client.get(address).content.decode())
    found = [row.find_class("row-what")[0] for row in page.find_class("gallery-row")]
    return [" ".join(one.text_content().split()) for one in found]


def upload(client: Client, content: bytes, name: str = "minutes.filltemplate", into: str = "") -> object:
    file = SimpleUploadedFile(name, content)
    return client.post(PAGE, {"do": "import", "file": file, "into": into}, follow=True)


def download(client: Client, **asked: str) -> bytes:
    response = client.get("/templates/minutes/file/", asked)
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


def test_business_users_have_no_gallery(own: ReportTemplate, as_alice: Client) -> None:
    assert as_alice.get(PAGE).status_code == 403
    assert 'href="/templates/"' not in as_alice.get("/").text


def test_a_row_says_what_it_is_and_who_may_use_it(
    own: ReportTemplate, body: TemplateBody, alice: User, as_carol: Client
) -> None:
    group = Group.objects.get(name=BUSINESS)
    TemplateShare.objects.create(template=own, group=group)
    TemplateShare.objects.create(template=own, user=alice, can_edit=True)
    save_draft(body.model_copy(update={"tone": "dry"}), slug="minutes")
    [row] = rows(as_carol)
    assert row.startswith("Minutes Minutes of a meeting Version 1 of ")
    assert ", draft differs · 0 reports" in row
    assert row.endswith("Yours · used by the group Business users · changed by alice")


def test_reports_are_counted_that_count(
    version: TemplateVersion, report: Report, carol: User, as_carol: Client
) -> None:
    TemplateShare.objects.create(template=version.template, user=carol)
    assert "1 report" in rows(as_carol)[0]
    Report.objects.update(purpose=Report.Purpose.TEST)
    assert "0 reports" in rows(as_carol)[0]


def test_what_is_not_published_is_shown_to_its_editors_alone(
    own: ReportTemplate, bob: User, as_bob: Client, as_carol: Client
) -> None:
    own.versions.all().delete()
    bob.groups.set(Group.objects.filter(name=SUPER))
    share = TemplateShare.objects.create(template=own, user=bob)
    assert "Not published yet" in rows(as_carol)[0]
    assert rows(as_bob) == []
    share.can_edit = True
    share.save()
    assert len(rows(as_bob)) == 1


def test_who_may_only_use_it_reads_the_published_name(
    own: ReportTemplate, body: TemplateBody, bob: User, as_bob: Client
) -> None:
    bob.groups.set(Group.objects.filter(name=SUPER))
    TemplateShare.objects.create(template=own, user=bob)
    save_draft(body.model_copy(update={"name": "Secret plans"}), slug="minutes")
    [row] = rows(as_bob)
    assert row.startswith("Minutes ")
    assert "differs" not in row


def test_the_queries_do_not_grow_with_the_templates(
    own: ReportTemplate,
    body: TemplateBody,
    carol: User,
    as_carol: Client,
) -> None:
    for number in range(12):
        template = save_draft(body, slug=f"more-{number}", owner=carol)
        publish(template)
        TemplateShare.objects.create(template=template, group=Group.objects.get(name=BUSINESS))
    as_carol.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        assert len(rows(as_carol)) == 13
    assert len(queries) <= 14


def test_templates_are_found_by_their_words(own: ReportTemplate, carol: User, as_carol: Client) -> None:
    save_draft(TemplateBody(name="Site visit"), owner=carol)
    assert [row.split(" Not")[0] for row in rows(as_carol, f"{PAGE}?q=VISIT+site")] == ["Site visit"]
    assert rows(as_carol, f"{PAGE}?q=nowhere") == []
    assert "Nothing found" in as_carol.get(f"{PAGE}?q=nowhere").text


def test_whoever_has_none_is_told_how_to_begin(as_carol: Client) -> None:
    assert "Make the first one" in as_carol.get(PAGE).text


def test_a_new_template_begins_empty(own: ReportTemplate, carol: User, as_carol: Client) -> None:
    answer = as_carol.post(PAGE, {"do": "new", "name": "  Minutes  "})
    assert answer["Location"] == "/templates/minutes-2/"
    made = ReportTemplate.objects.get(slug="minutes-2")
    assert (made.owner, made.draft.parsed) == (carol, TemplateBody(name="Minutes"))


def test_a_template_without_a_name_is_not_made(as_carol: Client) -> None:
    answer = as_carol.post(PAGE, {"do": "new", "name": " \t"})
    assert answer.status_code == 422
    assert "A template needs a name." in answer.text
    assert not ReportTemplate.objects.exists()


def test_a_file_becomes_a_new_template_with_its_examples(own: ReportTemplate, as_carol: Client) -> None:
    upload(as_carol, download(as_carol, what="package", examples="1"))
    made = ReportTemplate.objects.get(slug="minutes-2")
    assert made.draft == own.draft
    assert [str(case) for case in made.example_cases.all()] == ["March"]
    assert made.versions.count() == 0


def test_a_file_takes_the_place_of_a_draft_and_can_be_undone(
    own: ReportTemplate, body: TemplateBody, as_carol: Client
) -> None:
    upload(as_carol, write_package(body.model_copy(update={"tone": "dry"})), into="minutes")
    own.refresh_from_db()
    assert own.draft.parsed.tone == "dry"
    [kept] = own.changes.all()
    assert kept.what == "Imported from “minutes.filltemplate”"
    undo_change(kept, by=None)
    own.refresh_from_db()
    assert own.draft.parsed == body


def test_a_file_takes_the_place_of_no_draft_of_others(
    own: ReportTemplate, body: TemplateBody, as_bob: Client, bob: User
) -> None:
    bob.groups.set(Group.objects.filter(name=SUPER))
    TemplateShare.objects.create(template=own, user=bob)
    answer = upload(as_bob, write_package(body.model_copy(update={"tone": "dry"})), into="minutes")
    assert "That template is gone." in getattr(answer, "text", "")
    own.refresh_from_db()
    assert own.draft.parsed == body


def test_a_yaml_file_is_taken_in_too(own: ReportTemplate, body: TemplateBody, as_carol: Client) -> None:
    upload(as_carol, write_file(body).encode(), "minutes.yaml")
    assert ReportTemplate.objects.get(slug="minutes-2").draft.parsed == body


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"no zip", "a.filltemplate", "damaged or no template file"),
        (pack({"template.yaml": b"name: M\nblocks:\n  - {heading: B, lvl: 1}\n"}), "a.zip", "Line 3: "),
        (pack({"notes.txt": b""}), "a.filltemplate", "There is no “template.yaml”"),
        (b"name: \xff", "a.yaml", "no text in UTF-8"),
        (b"name: [", "a.yml", "Line 1: "),
    ],
)
def test_a_file_that_is_no_template_is_refused_in_words(
    content: bytes, name: str, said: str, as_carol: Client
) -> None:
    answer = as_carol.post(PAGE, {"do": "import", "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert said in answer.text
    assert not ReportTemplate.objects.exists()


def test_no_file_is_said(as_carol: Client) -> None:
    assert "No file was chosen." in as_carol.post(PAGE, {"do": "import"}).text


def test_a_template_is_taken_out_as_a_version_or_the_draft(
    own: ReportTemplate, body: TemplateBody, as_carol: Client
) -> None:
    save_draft(body.model_copy(update={"tone": "dry"}), slug="minutes")
    assert read_file(download(as_carol, what="yaml").decode()).tone == "dry"
    assert read_file(download(as_carol, what="yaml", version="1").decode()) == body
    assert read_package(download(as_carol, what="package", version="1")).file.body == body
    assert not read_package(download(as_carol, what="package")).cases
    for version in ("2", "x", "²", "9" * 40):
        assert as_carol.get("/templates/minutes/file/", {"version": version}).status_code == 404


def test_a_copy_is_ones_own_and_unpublished(own: ReportTemplate, carol: User, as_carol: Client) -> None:
    answer = as_carol.post("/templates/minutes/duplicate/")
    copy = ReportTemplate.objects.get(slug="minutes-copy")
    assert answer["Location"] == "/templates/minutes-copy/versions/"
    assert (copy.owner, copy.draft.parsed.name, copy.versions.count()) == (carol, "Minutes (copy)", 0)
    assert not copy.shares.exists()


def test_an_archived_template_leaves_the_start_page_and_comes_back(
    own: ReportTemplate, as_carol: Client
) -> None:
    as_carol.post("/templates/minutes/archive/")
    assert "No template yet" in as_carol.get("/").text
    assert "Archive (1)" in as_carol.get(PAGE).text
    assert "is in the archive" in as_carol.get("/templates/minutes/versions/").text
    as_carol.post("/templates/minutes/bring-back/")
    assert "Minutes of a meeting" in as_carol.get("/").text
    assert "Archive (" not in as_carol.get(PAGE).text


@pytest.mark.parametrize("act", ["duplicate", "archive", "bring-back"])
def test_nothing_is_done_with_what_one_may_not_change(
    act: str, own: ReportTemplate, as_bob: Client, bob: User
) -> None:
    bob.groups.set(Group.objects.filter(name=SUPER))
    TemplateShare.objects.create(template=own, user=bob)
    assert as_bob.post(f"/templates/minutes/{act}/").status_code == 404
    assert as_bob.get(f"/templates/minutes/{act}/").status_code == 405


def test_a_package_is_a_plain_zip(own: ReportTemplate, as_carol: Client) -> None:
    names = ZipFile(BytesIO(download(as_carol, what="package", examples="1"))).namelist()
    assert names == ["template.yaml", "examples/1-march/case.yaml", "examples/1-march/1-transcript.txt"]
