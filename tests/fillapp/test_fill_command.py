"""`manage.py fill` from outside: what it writes, what it says, and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from tests.simulated_llm import Behaviour, Fault, SimulatedLLM

ROOT = Path(__file__).resolve().parents[2]
MINUTES = ROOT / "fillapp/demo/meeting-minutes"
CASE = sorted(path for path in (MINUTES / "library-committee").iterdir() if path.suffix != ".yaml")


def fill(folder: Path, *words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "fill", *map(str, words)],
        cwd=ROOT,
        env=os.environ | {"FILL_VAR": str(folder)} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_template_file_and_documents_become_a_word_report(tmp_path: Path) -> None:
    output, result = tmp_path / "minutes.docx", tmp_path / "minutes.json"
    title = "Brackwell Library Committee"
    done = fill(tmp_path, MINUTES / "template.yaml", *CASE, "-o", output, "--json", result, "--title", title)
    assert done.returncode == 0, done.stderr
    word, data = Document(str(output)), json.loads(result.read_text())
    headings = [one.text for one in word.paragraphs if one.style and one.style.name.startswith("Heading")]
    assert headings[:3] == ["Minutes", "Attendance", "Quorum"]
    assert len(word.tables) == 4
    assert data["title"] == title
    assert [block["status"] for block in data["blocks"]] == ["done"] * 9
    assert "Attendance" in done.stderr


def test_when_some_blocks_fail_both_files_are_written_and_it_ends_with_3(tmp_path: Path) -> None:
    output, result = tmp_path / "minutes.docx", tmp_path / "minutes.json"
    with SimulatedLLM(
        Behaviour(part_after="Now write only the part"), Fault("wrong_key", contains="“Summary”", count=None)
    ) as llm:
        model = {"OPENAI_BASE_URL": llm.base_url, "OPENAI_API_KEY": "simulated"}
        done = fill(tmp_path, MINUTES / "template.yaml", *CASE, "-o", output, "--json", result, **model)
    assert done.returncode == 3, done.stderr
    blocks = {block["block"]: block for block in json.loads(result.read_text())["blocks"]}
    assert blocks["summary"]["status"] == "failed"
    assert blocks["summary"]["error"]["code"] == "bad_key"
    assert blocks["decisions"]["status"] == "done"
    texts = [paragraph.text for paragraph in Document(str(output)).paragraphs]
    assert any("could not be filled" in text and "refused the key" in text for text in texts)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One database for all that never gets as far as a report: making one takes a second."""
    return tmp_path_factory.mktemp("place")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no-such-template", CASE[0]], "There is no template “no-such-template”"),
        (["gone.yaml", CASE[0]], "cannot be read"),
        ([MINUTES / "template.yaml", "gone.pdf"], "“gone.pdf” cannot be read"),
        ([MINUTES / "template.yaml", MINUTES / "template.yaml"], "not a kind of file"),
        ([MINUTES / "template.yaml", CASE[0], "--json", "{place}/out.docx"], "Give each a name of its own"),
    ],
)
def test_bad_input_ends_with_2_and_one_line_that_says_why(
    tmp_path: Path, place: Path, words: list[object], said: str
) -> None:
    output = tmp_path / "out.docx"
    words = [str(word).format(place=tmp_path) for word in words]
    done = fill(place, *words, "-o", output)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not output.exists()
