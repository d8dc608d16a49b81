"""A template's file with its house document: checked, imported, exported, pinned."""

import hashlib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from templates.models import HouseStyle, ReportTemplate, Snapshot, load_style, take_snapshot
from templates.template_file import open_template
from templates.yaml_file import InvalidFile, write_file
from tests.templates.bodies import minutes
from tests.templates.word.house.files import house, saved

STYLED = {"word": {"style": "house.docx"}}


@pytest.fixture
def style() -> bytes:
    return saved(house("{{ summary }}", "{{ report }}"))


@pytest.fixture
def file(tmp_path: Path, style: bytes) -> Path:
    (tmp_path / "house.docx").write_bytes(style)
    path = tmp_path / "minutes.yaml"
    path.write_text(write_file(minutes(**STYLED)), encoding="utf-8")
    return path


def run(*arguments: object) -> tuple[str, str]:
    printed, complained = StringIO(), StringIO()
    call_command("template", *map(str, arguments), stdout=printed, stderr=complained)
    return printed.getvalue(), complained.getvalue()


def mistake(path: Path) -> tuple[int, str]:
    with pytest.raises(InvalidFile) as caught:
        open_template(path)
    [found] = caught.value.lines
    return found


def test_a_style_that_is_missing_is_a_problem_with_its_line(file: Path) -> None:
    (file.parent / "house.docx").unlink()
    line, message = mistake(file)
    assert file.read_text().splitlines()[line - 1].strip() == "style: house.docx"
    assert "no such file beside the template" in message


def test_a_style_that_is_no_word_document_is_a_problem(file: Path) -> None:
    (file.parent / "house.docx").write_bytes(b"plain text")
    assert "not a Word file" in mistake(file)[1]


@pytest.mark.parametrize("name", ["../house.docx", "/etc/house.docx", "a/../../house.docx", "C:\\house.docx"])
def test_a_style_outside_the_folder_is_refused(file: Path, name: str) -> None:
    file.write_text(f"name: M\nword:\n  style: '{name}'\n", encoding="utf-8")
    assert mistake(file) == (3, mistake(file)[1])
    assert "leaves the template's folder" in mistake(file)[1]


def test_a_style_that_is_a_link_out_of_the_folder_is_refused(file: Path, tmp_path: Path) -> None:
    place = tmp_path / "inside"
    place.mkdir()
    (place / "house.docx").symlink_to(tmp_path / "house.docx")
    (place / "minutes.yaml").write_text(file.read_text())
    assert "leaves the template's folder" in mistake(place / "minutes.yaml")[1]


def test_checking_says_which_placeholder_names_no_block(file: Path) -> None:
    (file.parent / "house.docx").write_bytes(saved(house("{{ sumary }}")))
    printed = StringIO()
    with pytest.raises(SystemExit):
        call_command("template", "check", str(file), stdout=printed)
    assert "word.style: “{{ sumary }}” in house.docx names no block" in printed.getvalue()


def test_checking_a_good_file_says_so(file: Path) -> None:
    assert "no mistakes" in run("check", file)[0]


def test_checking_says_which_chosen_style_is_not_in_the_document(file: Path) -> None:
    file.write_text("name: M\nword:\n  style: house.docx\n  styles:\n    body: Fließtext\n", encoding="utf-8")
    printed = StringIO()
    with pytest.raises(SystemExit):
        call_command("template", "check", str(file), stdout=printed)
    said = "5: word.styles.body: “Fließtext” is no style of the file, so “Normal” is used\n"
    assert said in printed.getvalue()
    assert open_template(file).body.word.styles == {"body": "Fließtext"}, "it can be filled all the same"


def test_a_style_of_the_wrong_kind_is_refused_with_its_line(file: Path) -> None:
    file.write_text("name: M\nword:\n  style: house.docx\n  styles:\n    quote: Table Grid\n")
    said = "word.styles.quote: “Table Grid” is a table style; quote takes a paragraph style"
    assert mistake(file) == (5, said)


@pytest.mark.django_db
def test_chosen_styles_are_kept_through_import_and_export(file: Path, tmp_path: Path) -> None:
    styles = {"body": "Body Text", "heading 1": "Title"}
    file.write_text(write_file(minutes(word={"style": "house.docx", "styles": styles})), encoding="utf-8")
    run("import", file)
    body = ReportTemplate.objects.get().draft.parsed
    assert list(body.word.styles.items()) == [("heading 1", "Title"), ("body", "Body Text")]
    out = tmp_path / "out"
    out.mkdir()
    run("export", "minutes", "-o", out / "minutes.yaml")
    assert open_template(out / "minutes.yaml").body == body


@pytest.mark.django_db
def test_an_imported_style_is_kept_by_its_content(file: Path, style: bytes) -> None:
    run("import", file)
    look = ReportTemplate.objects.get().draft.parsed.word
    assert look.sha256 == hashlib.sha256(style).hexdigest()
    assert load_style(look) == style


@pytest.mark.django_db
def test_another_content_under_the_same_name_is_another_snapshot(file: Path) -> None:
    run("import", file)
    (file.parent / "house.docx").write_bytes(saved(house("{{ report }}")))
    run("import", file)
    assert Snapshot.objects.count() == HouseStyle.objects.count() == 2


@pytest.mark.django_db
def test_what_is_imported_is_exported_with_its_style_beside_it(
    file: Path, tmp_path: Path, style: bytes
) -> None:
    run("import", file)
    out = tmp_path / "out"
    out.mkdir()
    said = run("export", "minutes", "-o", out / "minutes.yaml")[1]
    assert (out / "house.docx").read_bytes() == style
    assert (out / "minutes.yaml").read_text() == file.read_text()
    assert str(out / "house.docx") in said
    assert open_template(out / "minutes.yaml").body == ReportTemplate.objects.get().draft.parsed


@pytest.mark.django_db
def test_a_file_in_the_way_is_not_overwritten(file: Path, tmp_path: Path) -> None:
    run("import", file)
    out = tmp_path / "out"
    out.mkdir()
    (out / "house.docx").write_bytes(b"mine")
    with pytest.raises(SystemExit):
        run("export", "minutes", "-o", out / "minutes.yaml")
    assert (out / "house.docx").read_bytes() == b"mine"
    assert not (out / "minutes.yaml").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["missing/minutes.yaml", "taken"])
def test_a_place_that_cannot_be_written_to_is_said_in_one_line(
    name: str, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", file)
    out = tmp_path / "out"
    (out / "taken").mkdir(parents=True)
    with pytest.raises(SystemExit, match="2"):
        call_command("template", "export", "minutes", "-o", str(out / name))
    assert "cannot be written" in capsys.readouterr().err
    assert sorted(path.name for path in out.rglob("*")) == ["taken"]


@pytest.mark.django_db
def test_a_printed_template_names_its_style_by_content(file: Path, tmp_path: Path) -> None:
    run("import", file)
    printed = tmp_path / "elsewhere" / "minutes.yaml"
    printed.parent.mkdir()
    printed.write_text(run("export", "minutes")[0], encoding="utf-8")
    assert open_template(printed).keep() == ReportTemplate.objects.get().draft.parsed
    HouseStyle.objects.all().delete()
    assert "differs from the file the sha256 names" in mistake(printed)[1]


@pytest.mark.django_db
def test_how_the_word_file_looks_makes_no_text_stale(file: Path) -> None:
    plain, styled = take_snapshot(minutes()), take_snapshot(open_template(file).keep())
    assert plain.hash != styled.hash
    assert plain.text_hash == styled.text_hash == plain.hash
