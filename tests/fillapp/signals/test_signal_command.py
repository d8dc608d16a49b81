"""`manage.py signal`: taught from a file, a file scored, and one line for all that is wrong."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.core.management import call_command

from signals.models import Embedding, Label, Signal

Rows = Sequence[tuple[object, ...]]
pytestmark = pytest.mark.django_db
YES = [
    "You will certainly win the case.", "We guarantee that the offer is accepted.", "Success is assured.",
    "The court is bound to find for you.", "There is no doubt that you will be paid.", "It cannot fail.",
]  # fmt: skip
NO = [
    "The board met on Tuesday.", "The roof costs € 9,000.", "Nobody objected.", "Ann writes to the tenant.",
    "The next meeting is in May.", "Two quotes were compared.",
]  # fmt: skip


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    rows = [(text, 1) for text in YES] + [(text, 0) for text in NO]
    return write(tmp_path / "examples.csv", [("text", "label"), *rows])


def write(path: Path, rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def refuse(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The one line of a refused command."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        call_command("signal", *map(str, arguments))
    assert ended.value.code == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    return lines[0]


def test_training_makes_the_signal_and_tells_its_figures(
    examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("signal", "train", "promises", "--examples", str(examples))
    said = capsys.readouterr().out
    assert "promises: taught by 6 yes and 6 no" in said
    for word in ("train ms", "precision", "recall", "F1", "90 % interval"):
        assert word in said
    assert Signal.objects.get().made_by


def test_training_again_takes_the_examples_of_the_new_file(examples: Path, tmp_path: Path) -> None:
    call_command("signal", "train", "promises", "--examples", str(examples))
    first = Signal.objects.get().made_by
    rows = [("text", "label"), *((text, 1) for text in YES[:2]), *((text, 0) for text in NO[:3])]
    other = write(tmp_path / "other.csv", rows)
    call_command("signal", "train", "promises", "--examples", str(other))
    assert Label.objects.count() == 5
    assert Signal.objects.get().made_by != first


def test_scoring_keeps_all_columns_and_adds_two(examples: Path, tmp_path: Path) -> None:
    call_command("signal", "train", "promises", "--examples", str(examples))
    known = Embedding.objects.count()
    rows = [
        ("id", "text", "score"),
        (7, "We guarantee success.", "old"),
        (8, "The board met in May,\nas ever.", ""),
    ]
    source, out = write(tmp_path / "in.csv", rows), tmp_path / "out.csv"
    call_command("signal", "score", "promises", "--input", str(source), "-o", str(out))
    with out.open(encoding="utf-8", newline="") as file:
        head, *found = csv.reader(file)
    assert head == ["id", "text", "score", "score", "flagged"]
    assert [row[:3] for row in found] == [[str(cell) for cell in row] for row in rows[1:]]
    assert float(found[0][3]) > float(found[1][3])
    threshold = Signal.objects.get().threshold
    assert [row[4] for row in found] == [str(int(float(row[3]) >= threshold)) for row in found]
    assert found[0][4] == "1"
    assert Embedding.objects.count() == known


def test_a_rule_scores_a_file_of_any_encoding_and_delimiter(tmp_path: Path) -> None:
    call_command("load_signals")
    rows = [("Nr", "Text"), ("1", "Schreiben Sie an ä@example.org."), ("2", "Es regnet, sagt er.")]
    source = write(tmp_path / "in.csv", rows, "cp1252", ";")
    out = tmp_path / "out.csv"
    call_command("signal", "score", "personal-data", "--input", str(source), "-o", str(out))
    assert [(row["Nr"], row["flagged"]) for row in read(out)] == [("1", "1"), ("2", "0")]


def test_what_cannot_be_read_is_left_empty_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Signal.objects.create(
        name="judged", title="Judged", kind="judge", settings={"rubric": "It is long."}, made_by="judge x"
    )
    source = write(tmp_path / "in.csv", [("text",), ("Some words.",)])
    with pytest.raises(SystemExit) as ended:
        call_command("signal", "score", "judged", "--input", str(source), "-o", str(tmp_path / "out.csv"))
    assert ended.value.code == 3
    assert "1 of 1 texts could not be read. No language model is set." in capsys.readouterr().err
    assert read(tmp_path / "out.csv")[0]["score"] == ""


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([("text", "label"), ("A", "maybe")], "row 2: the label is “maybe”, and must be 1 or 0."),
        ([("text", "label"), ("A", "1")], "needs at least one example of each"),
        ([("text", "says"), ("A", "1")], "has no column “label”"),
        ([("said", "label"), ("A", "1")], "has no column “text”; it has: said, label."),
        ([("text", "label")], "has no rows"),
    ],
)
def test_bad_examples_are_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: Rows, line: str
) -> None:
    path = write(tmp_path / "bad.csv", rows)
    assert line in refuse(capsys, "train", "new-one", "--examples", path)
    assert not Signal.objects.exists()


def test_what_is_not_there_is_refused_in_one_line(
    examples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_signals")
    out = tmp_path / "out.csv"
    assert "cannot be read: No such file" in refuse(capsys, "train", "x", "--examples", tmp_path / "none.csv")
    assert "is no name" in refuse(capsys, "train", "No Name!", "--examples", examples)
    assert "learns from no examples" in refuse(capsys, "train", "refusal", "--examples", examples)
    assert "There is no signal “none”." in refuse(capsys, "score", "none", "--input", examples, "-o", out)
    assert "cannot be read and written" in refuse(
        capsys, "score", "refusal", "--input", examples, "-o", examples
    )
    assert "no folder" in refuse(
        capsys, "score", "refusal", "--input", examples, "-o", tmp_path / "a" / "b.csv"
    )
    (tmp_path / "picture.csv").write_bytes(bytes(range(256)) * 9)
    refuse(capsys, "train", "x", "--examples", tmp_path / "picture.csv")
