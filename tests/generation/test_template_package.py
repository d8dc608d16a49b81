"""A template with its Word file and its examples as one file: out, in again, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from generation.models import Document, ExampleCase, ExampleDocument
from generation.proving.expecting import expect, standing, take_back
from generation.template_package import keep_examples, read_package, write_package
from templates.models import HouseStyle, ReportTemplate, Snapshot, keep_style, load_style
from templates.packed import UnreadablePackage, pack, unpack
from templates.publish import save_draft
from templates.yaml_file import InvalidFile
from tests.factories import make_body, make_document
from tests.templates.word.house.files import house, saved

pytestmark = pytest.mark.django_db
Change = Callable[[dict[str, bytes]], object]


@pytest.fixture
def template() -> ReportTemplate:
    """In an organisation's own style, with two examples of two documents and of none."""
    sha256 = keep_style(saved(house("{{ summary }}", "{{ report }}")))
    template = save_draft(make_body(word={"style": "house/our style.docx", "toc": True, "sha256": sha256}))
    march = ExampleCase.objects.create(template=template, name="March: “Dächer”", position=0)
    ExampleCase.objects.create(template=template, name="Empty", position=1)
    documents = [make_document(), make_document("Agenda: the lease.", "tagesordnung … (2).md")]
    expect(march, "summary", "mention", {"words": "roof | tiles"})
    for position, (document, slot) in enumerate(zip(documents, ["transcript", ""], strict=True)):
        ExampleDocument.objects.create(case=march, document=document, slot=slot, position=position)
    return template


def pack_all(template: ReportTemplate) -> bytes:
    return write_package(template.draft.parsed, template.example_cases.all())


def empty_the_database() -> None:
    for model in (ExampleCase, Document, ReportTemplate, Snapshot, HouseStyle):
        model.objects.all().delete()


def find_examples(template: ReportTemplate) -> list[tuple[str, list[tuple[str, str, str]], list[Any]]]:
    return [
        (
            case.name,
            [(row.document.name, row.document.text, row.slot) for row in case.example_documents.all()],
            list(standing().filter(case=case).values_list("block", "kind", "settings")),
        )
        for case in template.example_cases.all()
    ]


def take_in(content: bytes) -> tuple[ReportTemplate, list[str]]:
    package = read_package(content)
    template = save_draft(package.file.keep())
    return template, keep_examples(package, template, None)


def spoil(template: ReportTemplate, change: Change) -> str:
    """What is said of the file after something in it was changed."""
    files = unpack(pack_all(template))
    change(files)
    with pytest.raises(UnreadablePackage) as caught:
        read_package(pack(files))
    return str(caught.value)


def test_what_goes_out_comes_into_an_empty_database_equal(template: ReportTemplate) -> None:
    content, body, examples = pack_all(template), template.draft.parsed, find_examples(template)
    style = load_style(body.word)
    empty_the_database()
    again, left_out = take_in(content)
    assert (again.draft.parsed, load_style(again.draft.parsed.word)) == (body, style)
    assert (find_examples(again), left_out) == (examples, [])
    assert pack_all(again) == content


def test_it_holds_files_that_a_person_knows(template: ReportTemplate) -> None:
    assert sorted(unpack(pack_all(template))) == [
        "examples/1-march-dacher/1-transcript.txt",
        "examples/1-march-dacher/2-tagesordnung-2.md",
        "examples/1-march-dacher/case.yaml",
        "examples/2-empty/case.yaml",
        "house/our style.docx",
        "template.yaml",
    ]
    assert sorted(unpack(write_package(template.draft.parsed))) == ["house/our style.docx", "template.yaml"]


def test_what_is_expected_comes_along_and_is_not_doubled(template: ReportTemplate) -> None:
    content = pack_all(template)
    take_back(standing().get())
    take_in(content)
    take_in(content)
    assert standing().get().settings == {"words": "roof | tiles"}


@pytest.mark.parametrize(
    ("kind", "settings", "said"),
    [("wish", {}, "“wish” is no expectation"), ("mention", {}, "Field required")],
)
def test_an_expectation_that_is_none_is_refused(
    kind: str, settings: dict[str, str], said: str, template: ReportTemplate
) -> None:
    wanted = {"name": "E", "expectations": [{"block": "summary", "kind": kind, "settings": settings}]}
    case = {"examples/2-empty/case.yaml": yaml.safe_dump(wanted).encode()}
    assert said in spoil(template, lambda files: files.update(case))


def test_no_example_comes_in_twice(template: ReportTemplate) -> None:
    again, _ = take_in(pack_all(template))
    assert again == template
    assert (template.example_cases.count(), Document.objects.count()) == (2, 2)


def test_a_document_that_cannot_be_read_is_left_out_and_said(template: ReportTemplate) -> None:
    files = unpack(pack_all(template))
    files["examples/1-march-dacher/1-transcript.txt"] = b"\x00\x01\x02\x03" * 50
    empty_the_database()
    again, left_out = take_in(pack(files))
    assert [name for name, _, _ in find_examples(again)[0][1]] == ["tagesordnung … (2).md"]
    [said] = left_out
    assert said.startswith("March: “Dächer”: “transcript.txt”")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda files: files.pop("template.yaml"), "There is no “template.yaml”"),
        (lambda files: files.update({"notes.txt": b"x"}), "“notes.txt” does not belong to a template"),
        (lambda files: files.update({"examples/1-march-dacher/9.txt": b"x"}), "9.txt” does not belong"),
        (lambda files: files.pop("examples/1-march-dacher/1-transcript.txt"), "is missing in the file"),
        (lambda files: files.update({"examples/2-empty/case.yaml": b"name: [1"}), "case.yaml”, line"),
        (lambda files: files.update({"examples/2-empty/case.yaml": b"nam: x"}), "name: Field required"),
        (lambda files: files.update({"examples/2-empty/case.yaml": b"name: \xff"}), "no text in UTF-8"),
        (lambda files: files.update({"template.yaml": b"name: \xff"}), "no text in UTF-8"),
    ],
)
def test_what_is_missing_or_unknown_is_refused(template: ReportTemplate, change: Change, said: str) -> None:
    assert said in spoil(template, change)


def test_an_example_reaches_no_file_outside_its_folder(template: ReportTemplate) -> None:
    said = {"name": "Out", "documents": [{"file": "../../template.yaml", "name": "a.txt"}]}
    case = {"examples/2-empty/case.yaml": yaml.safe_dump(said).encode()}
    assert "is missing" in spoil(template, lambda files: files.update(case))


def test_one_file_named_twice_or_for_an_unknown_document_is_refused(template: ReportTemplate) -> None:
    def name(*documents: dict[str, str]) -> Change:
        said = yaml.safe_dump({"name": "E", "documents": list(documents)}).encode()
        return lambda files: files.update(
            {"examples/2-empty/case.yaml": said, "examples/2-empty/1.txt": b"x"}
        )

    one = {"file": "1.txt", "name": "a.txt"}
    assert "named twice" in spoil(template, name(one, dict(one)))
    assert "which the template does not ask for" in spoil(template, name({**one, "slot": "map"}))


def test_a_mistake_in_the_template_is_said_with_its_line(template: ReportTemplate) -> None:
    with pytest.raises(InvalidFile) as caught:
        read_package(pack({"template.yaml": b"name: M\nblocks:\n  - {heading: B, lvl: 1}\n"}))
    assert caught.value.lines[0][0] == 3


def test_a_style_that_is_not_in_the_file_is_said(template: ReportTemplate) -> None:
    files = unpack(pack_all(template))
    del files["house/our style.docx"]
    with pytest.raises(InvalidFile, match="no such file"):
        read_package(pack(files))


def test_a_document_whose_file_is_gone_is_said(template: ReportTemplate) -> None:
    document = Document.objects.get(name="transcript.txt")
    document.file.delete(save=False)
    Document.objects.filter(pk=document.pk).update(file="documents/gone.txt")
    with pytest.raises(UnreadablePackage, match="is gone"):
        pack_all(template)


def test_a_template_without_a_style_is_one_yaml() -> None:
    body = make_body()
    assert list(unpack(write_package(body))) == ["template.yaml"]
    assert read_package(write_package(body)).file.body == body


@pytest.mark.parametrize(
    "style",
    [
        'Report “A” of "B".docx',
        "Compte\u00a0rendu.docx",
        "Template.yaml",
        "examples/house.docx",
        "گزارش\u200cها.docx",
    ],
)
def test_a_style_of_any_name_comes_in_again(template: ReportTemplate, style: str) -> None:
    body = template.draft.parsed
    body = body.model_copy(update={"word": body.word.model_copy(update={"style": style})})
    package = read_package(write_package(body))
    assert package.file.style == load_style(body.word)
    assert package.file.body.word.sha256 == body.word.sha256


def test_examples_come_in_again_after_the_template_ceased_to_ask_for_their_documents(
    template: ReportTemplate,
) -> None:
    body = template.draft.parsed.model_copy(update={"documents": []})
    package = read_package(write_package(body, template.example_cases.all()))
    assert [[one.slot for one in case.documents] for case, _ in package.cases] == [["", ""], []]
