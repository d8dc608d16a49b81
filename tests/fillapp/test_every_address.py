"""Every address of the site, tried by those it is not for: the walk finds each address by itself.

An address is tried with everything of Alice's that could stand in it; an argument that is not known here
fails the walk. Nobody may be shown anything of hers, and nothing of hers may change.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import serializers
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

from fillapp.accounts import ADMINISTRATOR, BUSINESS, SUPER
from fillapp.urls import urlpatterns
from generation.examples import add_documents, add_example_case
from generation.models import (
    Candidate,
    Decision,
    Document,
    Edit,
    ExampleCase,
    Expectation,
    Fill,
    Report,
    ReportDocument,
    ReportShare,
    Suggestion,
    TestRun,
)
from generation.proving.expecting import expect
from generation.proving.run import start_run
from generation.removal import delete_report
from generation.reports import create_report
from generation.review import save_edit
from generation.uploads import store_document
from signals.models import Label, SampleSet, Signal, Text
from signals.texts import keep_text
from templates.body import TemplateBody
from templates.models import ReportTemplate, Snapshot, TemplateShare
from templates.publish import publish, save_draft
from tests.fillapp.conftest import finish, make_user

# A stream gives its connection back, which a test inside one transaction would not outlive.
pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "Zarathustra"
OPEN_TO_ALL = {"sign_in", "sign_out", "template_schema"}
# What somebody who was shown a report may do: a copy is the copier's own, a preview changes nothing, and
# releasing takes a permission of its own.
VIEWERS_MAY = {
    "report_duplicate", "report_preview", "block_look", "block_release", "block_reject_withheld",
}  # fmt: skip
HERS = (
    Report, ReportDocument, ReportShare, Fill, Candidate, Edit, Decision, Document, ReportTemplate, Snapshot,
    Suggestion,
    ExampleCase, Expectation, TestRun, Label, Text, SampleSet,
)  # fmt: skip
NUMBERED = (Document, ExampleCase, Expectation, TestRun, Label, SampleSet)
KEYS: dict[str, list[Any]] = {
    "key": ["summary", "actions"],
    "name": ["block-summary", "hers"],
    "digest": ["0" * 64],
    "what": ["candidate", "edit"],
}
VALUE = {"doc": {"type": "doc", "content": [
    {"type": "paragraph", "content": [{"type": "text", "text": f"{SECRET} was here."}]}]}}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """One address with its arguments filled in."""

    name: str
    path: str
    has_arguments: bool


@pytest.fixture
def hers(alice: User, body: TemplateBody) -> Report:
    """Alice's report on her document by her template, written and edited; the secret stands in all of it."""
    own = body.model_copy(update={"name": f"Minutes of {SECRET}", "description": SECRET})
    template = save_draft(own, slug="minutes", owner=alice)
    for _ in range(3):
        # So that the keys of a report and of a document differ.
        store_document(SECRET.encode(), f"{SECRET}.txt", alice)
    document = Document.objects.latest("pk")
    version = publish(template, note=SECRET, by=alice)
    report = create_report(
        version.snapshot, [(document, "transcript")], title=f"Case of {SECRET}", owner=alice,
        template=template, version=version,
    )  # fmt: skip
    for block in ("summary", "actions", "risks", "outcome"):
        finish(report, block)
    save_edit(report.fills.get(block="summary"), VALUE, author=alice, revision=0)
    report.fills.filter(block="actions").update(state=Fill.State.FAILED, error=SECRET)
    Suggestion.objects.create(
        template=template,
        snapshot=template.draft,
        block="summary",
        instructions=SECRET,
        by=alice,
        profile="x",
    )
    case = add_example_case(template, f"Case of {SECRET}")
    add_documents(case, [document])
    expect(case, "summary", "mention", {"words": SECRET})
    start_run(template, 1)
    signal = Signal.objects.create(name="hers", title="Hers", kind="few_shot", author=alice)
    text = keep_text("hers", f"report:{report.pk}", f"{SECRET} will win.", [])
    brought = SampleSet.objects.create(pk=7011, name=SECRET, owner=alice, text_column=0, total=2)
    keep_text("brought", brought.scope, f"{SECRET} was brought.", [], tags={"label": "1"})
    Label.objects.create(signal=signal, sample=text.samples.get(), author=alice, says=True, note=SECRET)
    return report


def sign_in(name: str, role: str) -> Client:
    client = Client()
    client.force_login(make_user(name, role=role))
    return client


def walk(report: Report, slug: str = "minutes") -> Iterator[Address]:
    """Every address there is, with whatever of Alice's fits its arguments."""
    # One of each: as many as there are would take minutes.
    pks = {report.pk, *(model.objects.latest("pk").pk for model in NUMBERED if model.objects.exists())}
    cases = set(ExampleCase.objects.values_list("pk", flat=True))
    arguments = {**KEYS, "slug": [slug], "pk": sorted(pks), "number": sorted({1} | cases)}
    arguments["suggestion"] = list(Suggestion.objects.values_list("pk", flat=True))
    for before, pattern in _patterns(urlpatterns):
        assert isinstance(pattern.pattern, RoutePattern), f"{pattern}: the walk reads routes only"
        names = list(pattern.pattern.converters)
        unknown = [name for name in names if name not in arguments]
        assert not unknown, f"{pattern}: say in KEYS what of Alice's fits {unknown}"
        for values in product(*(arguments[name] for name in names)):
            path = _fill(pattern.pattern, dict(zip(names, values, strict=True)))
            yield Address(pattern.name or "", f"/{before}{path}", bool(names))


def _patterns(
    patterns: Iterable[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Each address of our own with what stands before it; `test_the_administration_…` walks the others."""
    for one in patterns:
        if isinstance(one, URLPattern):
            yield before, one
        elif one.app_name != "admin":
            yield from _patterns(one.url_patterns, before + str(one.pattern))


def _fill(route: RoutePattern, values: dict[str, Any]) -> str:
    path = str(route)
    for name, converter in route.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for written in (f"<{kind}:{name}>", f"<{name}>"):
            path = path.replace(written, converter.to_url(values[name]))
    assert "<" not in path
    return path


def ask(client: Client, address: Address, report: Report) -> Iterator[tuple[str, Any]]:
    """The answers to every method, each asked for all of Alice's things at once."""
    document = Document.objects.order_by("pk").first()
    things: dict[str, Any] = {
        "from": report.pk, "report": report.pk, "deleted": report.pk, "q": SECRET[:4], "part": "summary",
        "document": document.pk if document else 0, "person": report.owner_id, "do": "add", "user": 1,
        "title": "Mine", "draft": "x", "access": "edit", "revision": 1, "value": "{}",
    }  # fmt: skip
    yield "get", client.get(address.path, things)
    yield "post", client.post(address.path, things)
    yield "json", client.post(address.path, things, content_type="application/json")
    for do in ("generate", "remove", "reuse"):
        yield do, client.post(address.path, {**things, "do": do})


def stay_signed_in(client: Client, address: Address) -> None:
    """Signing in and out are addresses of the walk too."""
    if address.name in OPEN_TO_ALL:
        client.force_login(User.objects.get(username="mallory"))


def read(response: Any) -> str:
    """All that an answer says, redirects included."""
    if isinstance(response, StreamingHttpResponse):
        return "streamed"
    assert isinstance(response, HttpResponse)
    return f"{response.content.decode(errors='replace')}{response.headers}"


def dump() -> str:
    """Everything of Alice's, as it is stored."""
    rows = [row for model in HERS for row in model.objects.filter(**_of_alice(model)).order_by("pk")]
    return str(serializers.serialize("json", rows))


def _of_alice(model: type[Any]) -> dict[str, Any]:
    owner = {"owner__username": "alice"}
    if model in (Report, Document, ReportTemplate, SampleSet):
        return owner
    if model in (ExampleCase, TestRun):
        return {"template__owner__username": "alice"}
    if model is Expectation:
        return {"case__template__owner__username": "alice"}
    if model is Snapshot:
        return {"body__description": SECRET}
    if model is Label:
        return {"author__username": "alice"}
    if model is Text:
        return {"scope": f"report:{Report.objects.earliest('pk').pk}"}
    if model is Suggestion:
        return {"template__owner__username": "alice"}
    before = "report__" if model in (ReportDocument, ReportShare, Fill) else "fill__report__"
    return {f"{before}owner__username": "alice"}


def test_whoever_is_not_signed_in_is_sent_to_the_door(hers: Report, client: Client) -> None:
    before = dump()
    for address in walk(hers):
        if address.name in OPEN_TO_ALL:
            continue
        for method, response in ask(client, address, hers):
            where = f"{method} {address.path}"
            assert response.status_code in (302, 405), where
            assert response.status_code == 405 or response["Location"].startswith("/sign-in/?next="), where
            assert SECRET not in read(response), where
    assert dump() == before


@pytest.mark.parametrize("role", [BUSINESS, SUPER])
def test_a_stranger_finds_nothing_and_changes_nothing(role: str, hers: Report) -> None:
    before, stranger = dump(), sign_in("mallory", role)
    for address in walk(hers):
        for method, response in ask(stranger, address, hers):
            where = f"{role}: {method} {address.path}"
            assert SECRET not in read(response), where
            # Whoever teaches signals teaches them all, and sees nothing of what others may read.
            if address.has_arguments and not (role == SUPER and address.path.startswith("/signals/hers/")):
                assert response.status_code in (403, 404, 405), where
            stay_signed_in(stranger, address)
    assert dump() == before


def test_a_person_without_a_role_is_refused_even_what_is_shared(hers: Report) -> None:
    before, nobody = dump(), sign_in("mallory", "")
    user = User.objects.get(username="mallory")
    ReportShare.objects.create(report=hers, user=user, can_edit=True)
    TemplateShare.objects.create(template=ReportTemplate.objects.get(), user=user, can_edit=True)
    for address in walk(hers):
        if address.name in OPEN_TO_ALL:
            continue
        for method, response in ask(nobody, address, hers):
            where = f"{method} {address.path}"
            assert response.status_code in (403, 405), where
            assert SECRET not in read(response), where
    ReportShare.objects.all().delete()
    assert dump() == before


def test_nothing_of_hers_can_be_taken_into_a_report_of_ones_own(hers: Report, body: TemplateBody) -> None:
    stranger = sign_in("mallory", SUPER)
    user = User.objects.get(username="mallory")
    publish(save_draft(body, slug="own", owner=user))
    before = dump()
    for address in walk(hers, slug="own"):
        for method, response in ask(stranger, address, hers):
            assert SECRET not in read(response), f"{method} {address.path}"
            stay_signed_in(stranger, address)
    assert (
        not ReportDocument.objects.filter(document__owner__username="alice")
        .exclude(report__template=hers.template)
        .exists()
    )
    assert dump() == before


def test_whoever_may_only_view_changes_nothing(hers: Report) -> None:
    viewer = sign_in("mallory", SUPER)
    user = User.objects.get(username="mallory")
    ReportShare.objects.create(report=hers, user=user)
    TemplateShare.objects.create(template=ReportTemplate.objects.get(), user=user)
    before = dump()
    for address in walk(hers):
        for method, response in ask(viewer, address, hers):
            where = f"{method} {address.path}"
            is_hers = address.path.startswith(f"/reports/{hers.pk}/")
            if is_hers and method != "get" and address.name not in VIEWERS_MAY:
                assert response.status_code in (403, 404, 405), where
            stay_signed_in(viewer, address)
        assert dump() == before, address.path


def test_what_is_deleted_is_gone_from_every_address(hers: Report, as_alice: Client) -> None:
    delete_report(hers)
    before = dump()
    for address in walk(hers):
        if not address.path.startswith(f"/reports/{hers.pk}/") or address.name == "report_undelete":
            continue
        for method, response in ask(as_alice, address, hers):
            assert response.status_code in (403, 404, 405), f"{method} {address.path}"
    assert dump() == before


@pytest.mark.parametrize("role", [BUSINESS, SUPER, ADMINISTRATOR, ""])
def test_the_administration_opens_to_staff_only(role: str, hers: Report) -> None:
    person, before = sign_in("mallory", role), dump()
    site = next(one for one in urlpatterns if isinstance(one, URLResolver) and one.app_name == "admin")
    tried = 0
    for path in _admin_paths(site):
        response = person.get(path)
        # Its own way out is the one page that whoever is inside already may see.
        assert response.status_code in (302, 404, 405), path
        assert SECRET not in read(response)
        tried += 1
        person.force_login(User.objects.get(username="mallory"))
    assert tried > 10
    assert dump() == before


def _admin_paths(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    prefix = before + str(resolver.pattern)
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _admin_paths(one, prefix)
        elif isinstance(one.pattern, RoutePattern) and one.name not in ("login", "logout"):
            path = prefix + str(one.pattern)
            for name in ("path:object_id", "int:content_type_id", "id"):
                path = path.replace(f"<{name}>", "1")
            yield path.replace("<app_label>", "auth").replace("<path:url>", "x")
