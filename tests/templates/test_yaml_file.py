"""Template files: the line of every mistake, and a round trip that loses nothing."""

from pathlib import Path

import pytest
from hypothesis import given

from templates.body import TemplateBody
from templates.yaml_file import InvalidFile, read_file, write_file
from tests.templates.bodies import bodies

DEMOS = sorted((Path(__file__).parents[2] / "fillapp" / "demo").glob("*/template.yaml"))
HEAD = "fill: 1\nname: Minutes\nblocks:\n"
CIRCLE = "  - {block: a, kind: long_text, after: [b]}\n  - block: b\n    kind: long_text\n    after: [a]\n"


def mistakes(text: str) -> list[tuple[int, str]]:
    with pytest.raises(InvalidFile) as caught:
        read_file(text)
    return caught.value.lines


def options(written: str) -> list[str]:
    text = f"{HEAD}  - block: o\n    kind: selection\n    settings:\n      options: [{written}]\n"
    chosen: list[str] = read_file(text).block("o").settings["options"]
    return chosen


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (f"{HEAD}  - heading: A\n    lvl: 2\n", 5, "blocks.1.lvl: “lvl” is not a key that belongs here"),
        (f"{HEAD}  - block: a\n    kind: chart\n", 5, "“chart” is not a kind"),
        (f"{HEAD}  - block: a\n    title: A\n", 4, "blocks.1.kind: “kind” is missing"),
        (
            f"{HEAD}  - block: a\n    kind: table\n    settings:\n      columns:\n"
            "        - {name: A}\n        - name: B\n          typ: date\n",
            10,
            "blocks.1.settings.columns.2.typ: “typ” is not a key",
        ),
        (f"{HEAD}  - {{block: a, kind: bullets}}\n  - {{block: a, kind: bullets}}\n", 5, "used twice"),
        (f"{HEAD}  - block: a\n    kind: bullets\n    after:\n      - b\n", 7, "no other block “b”"),
        (f"{HEAD}{CIRCLE}", 4, "blocks.1.after: “a” waits for itself"),
        (f"{HEAD}  - block: a\n    kind: bullets\n    kind: table\n", 6, "“kind” stands here twice"),
        ("fill: 1\nname: [Minutes\nblocks: {\n", 3, "expected"),
        ("fill: 1\nname: &n Minutes\ndescription: *n\n", 3, "aliases (*name) cannot be used"),
        ("fill: 1\nname: !!python/name:os.system Minutes\n", 2, "constructor"),
        ("fill: 1\n? [a, b]\n: c\n", 2, "a key must be a word"),
        ("fill: 1\nname: a\fb\n", 2, "U+000C cannot stand"),
        ("fill: 1\nname: Minutes\n---\nfill: 1\n", 3, "another document"),
        ("- a\n- b\n", 1, "starts with keys"),
        ("", 1, "starts with keys"),
        ("[" * 1200, 1, "nested too deep"),
        ("name: Minutes\nblocks: [words]\n", 2, "blocks.1: should be keys and values"),
        ("name: Minutes\ntone: 5\n", 2, "tone: should be text; put it in quotes"),
        (
            "name: M\nword:\n  style: a.docx\n  styles:\n    body: B\n    headline: C\n",
            6,
            "word.styles.headline: nothing in a report is called “headline”",
        ),
        ("name: M\nword:\n  style: a.docx\n  styles:\n    body: ''\n", 5, "word.styles.body: "),
        ("name: M\nword:\n  styles: {body: B}\n", 2, "word: the styles are those of a Word file"),
        ("name: Minutes\n<<: {tone: dry}\n", 2, "“<<” is not a key that belongs here"),
    ],
)
def test_a_mistake_is_said_with_its_line(text: str, line: int, said: str) -> None:
    found_line, message = mistakes(text)[0]
    assert found_line == line
    assert said in message
    assert "\n" not in message


def test_all_mistakes_stand_in_the_order_of_the_file() -> None:
    text = f"{HEAD}{CIRCLE}guards:\n  - signal: refusal\n    blocks: [x]\n"
    assert [line for line, _ in mistakes(text)] == [4, 7, 10]


def test_a_file_too_large_is_refused_unread() -> None:
    assert mistakes("#" * 1_000_001) == [(1, "the file is too large for a template")]


@pytest.mark.parametrize(
    "words",
    [
        ["Yes", "No"],
        ["on", "off"],
        ["y", "n"],
        ["2026-03-14"],
        ["1:30"],
        ["1_000"],
        ["0x1F"],
        ["="],
        ["=", "<<"],
    ],
)
def test_words_stay_words(words: list[str]) -> None:
    assert options(", ".join(words)) == words


def test_plain_truths_and_numbers_are_what_they_are() -> None:
    body = read_file("name: M\nword: {toc: true}\nguards: [{signal: s, threshold: 0.25, max_tries: 3}]\n")
    assert body.word.toc is True
    assert (body.guards[0].threshold, body.guards[0].max_tries) == (0.25, 3)


@pytest.mark.parametrize("demo", DEMOS, ids=lambda path: path.parent.name)
def test_a_demo_template_comes_back_as_it_went(demo: Path) -> None:
    body = read_file(demo.read_text(encoding="utf-8"))
    assert read_file(write_file(body)) == body


@given(bodies())
def test_any_template_comes_back_as_it_went(body: TemplateBody) -> None:
    assert read_file(write_file(body)) == body


def test_a_file_is_written_for_readers() -> None:
    written = write_file(read_file("name: Sitzungsprotokoll für März\nblocks: [{heading: Über}]\n"))
    assert written == "fill: 1\nname: Sitzungsprotokoll für März\nblocks:\n- heading: Über\n"
