"""`manage.py template`: what it prints, how it exits, and the round trip through files."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from generation.models import ExampleCase, ExampleDocument
from templates.models import ReportTemplate
from templates.yaml_file import read_file, write_file
from tests.factories import make_document
from tests.templates.bodies import minutes


def run(*arguments: object) -> str:
    printed = StringIO()
    call_command("template", *map(str, arguments), stdout=printed)
    return printed.getvalue()


def run_badly(*arguments: object) -> tuple[str, str]:
    """What a run that exits with 2 prints on either stream."""
    printed, complained = StringIO(), StringIO()
    with pytest.raises(SystemExit) as caught:
        call_command("template", *map(str, arguments), stdout=printed, stderr=complained)
    assert caught.value.code == 2
    return printed.getvalue(), complained.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.yaml"
    path.write_text(write_file(minutes()), encoding="utf-8")
    return path


def test_checking_a_good_file_says_what_it_holds(file: Path) -> None:
    assert "“Minutes”, 2 blocks, no mistakes" in run("check", file)


def test_checking_a_bad_file_prints_each_line_and_problem(file: Path) -> None:
    file.write_text(
        "name: M\nblocks:\n  - {block: a, kind: chart}\n  - {heading: B, lvl: 1}\n", encoding="utf-8"
    )
    printed, _ = run_badly("check", file)
    first, second = printed.splitlines()
    assert first.startswith("3: blocks.1.kind: “chart” is not a kind")
    assert second == "4: blocks.2.lvl: “lvl” is not a key that belongs here"


def test_a_file_that_cannot_be_read_is_one_line_of_why(tmp_path: Path) -> None:
    _, complained = run_badly("check", tmp_path / "none.yaml")
    assert "cannot be read" in complained
    (tmp_path / "latin.yaml").write_bytes(b"name: \xe4\n")
    assert "cannot be read" in run_badly("check", tmp_path / "latin.yaml")[1]


def test_a_file_with_a_byte_order_mark_is_read(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert "no mistakes" in run("check", file)


@pytest.mark.django_db
def test_what_is_imported_is_exported(file: Path, tmp_path: Path) -> None:
    assert run("import", file) == "minutes: draft saved\n"
    run("export", "minutes", "-o", tmp_path / "out.yaml")
    assert read_file((tmp_path / "out.yaml").read_text(encoding="utf-8")) == minutes()
    assert run("export", "minutes") == file.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_importing_can_publish_under_a_slug_of_choice(file: Path) -> None:
    assert run("import", file, "--slug", "board", "--publish") == "board: published as version 1\n"
    assert run("import", file, "--slug", "board", "--publish") == "board: published as version 1\n"
    assert ReportTemplate.objects.get().slug == "board"


@pytest.mark.django_db
def test_importing_over_a_draft_keeps_what_stood_in_it(file: Path) -> None:
    run("import", file)
    before = ReportTemplate.objects.get().draft
    file.write_text(write_file(minutes().model_copy(update={"description": "New."})), encoding="utf-8")
    run("import", file)
    template = ReportTemplate.objects.get()
    assert template.draft.parsed.description == "New."
    assert [change.before for change in template.changes.all()] == [before]


@pytest.mark.django_db
def test_the_newest_version_is_exported_unless_the_draft_is_asked_for(file: Path) -> None:
    run("import", file, "--publish")
    file.write_text(write_file(minutes(tone="dry")), encoding="utf-8")
    run("import", file)
    assert "tone" not in run("export", "minutes")
    assert "tone: dry" in run("export", "minutes", "--draft")


@pytest.mark.django_db
def test_a_bad_file_changes_nothing(file: Path) -> None:
    file.write_text("name: 5\n", encoding="utf-8")
    run_badly("import", file)
    assert not ReportTemplate.objects.exists()


@pytest.mark.django_db
def test_a_template_that_is_not_there_cannot_be_exported() -> None:
    assert run_badly("export", "nothing")[1] == "There is no template “nothing”.\n"


@pytest.mark.django_db
def test_one_file_holds_the_template_and_its_examples(file: Path, tmp_path: Path) -> None:
    run("import", file)
    case = ExampleCase.objects.create(template=ReportTemplate.objects.get(), name="March")
    ExampleDocument.objects.create(case=case, document=make_document(), slot="transcript", position=0)
    one = tmp_path / "minutes.filltemplate"
    run("export", "minutes", "-o", one, "--examples")
    assert "“Minutes”, 2 blocks, 1 example, no mistakes" in run("check", one)
    assert run("import", one, "--slug", "board") == "board: draft saved\n"
    board = ReportTemplate.objects.get(slug="board")
    assert board.draft.parsed == minutes()
    assert [str(one) for one in board.example_cases.all()] == ["March"]


@pytest.mark.django_db
def test_one_file_that_is_none_is_refused_in_a_sentence(file: Path, tmp_path: Path) -> None:
    one = tmp_path / "minutes.filltemplate"
    one.write_bytes(b"name: Minutes")
    assert "damaged or no template file" in run_badly("import", one)[1]
    assert "cannot be read" in run_badly("import", tmp_path / "none.filltemplate")[1]
    run("import", file)
    assert "Only a .filltemplate file holds examples" in run_badly("export", "minutes", "--examples")[1]
