"""What is said of a house document's styles before anybody chooses: which is used for what, and why."""

from docx.document import Document as WordDocument

from templates.word.house import RoleLook, describe_styles
from tests.templates.word.house.files import house, saved
from tests.templates.word.house.houses import add_style, german, own_names


def looks(document: WordDocument, wanted: dict[str, str] | None = None) -> dict[str, RoleLook]:
    described = describe_styles(saved(document), wanted or {})
    return {one.role.name: one for one in described.roles}


def test_each_role_says_what_is_detected_and_why() -> None:
    found = looks(own_names())
    assert (found["heading 1"].detected, found["heading 1"].why) == ("ACME Heading", "by its outline level")
    assert (found["bullets"].detected, found["bullets"].why) == ("ACME Points", "by its own list")
    assert found["bullets 2"].why == "as on the first level"
    assert (found["table"].detected, found["table"].why) == ("ACME Grid", "made for this file")
    assert (found["quote"].detected, found["quote"].why) == ("", "added in the look of the file")
    assert (found["body"].detected, found["body"].why) == ("Normal", "the file's plain text")
    assert looks(german())["heading 2"].why == "by its name"


def test_plain_text_is_detected_where_the_report_stands() -> None:
    document = house()
    document.add_paragraph("{{ report }}", style="Body Text")
    body = looks(document)["body"]
    assert (body.detected, body.why) == ("Body Text", "where {{ report }} stands")


def test_what_the_file_writes_with_goes_before_an_unused_name() -> None:
    document = house("{{ report }}")
    add_style(document, "Chapter", outline=0)
    for text in ("One", "Two"):
        document.add_paragraph(text, style="Chapter")
    found = looks(document)["heading 1"]
    assert (found.detected, found.why) == ("Chapter", "by its outline level, as the file uses it")


def test_what_cannot_be_used_is_said() -> None:
    found = looks(own_names(), {"heading 1": "ACME Headline", "quote": "No such", "table": "ACME Body"})
    assert found["heading 1"].problem == "“ACME Headline” is no style of the file, so “ACME Heading” is used"
    assert found["quote"].problem.endswith("so a style is added in its place")
    assert found["table"].problem == "“ACME Body” is a paragraph style; table takes a table style"
    assert (found["table"].is_wrong_kind, found["quote"].is_wrong_kind) == (True, False)
    assert looks(own_names(), {"heading 1": "acme heading"})["heading 1"].chosen == "ACME Heading"


def test_used_styles_stand_first_and_hidden_ones_last() -> None:
    document = own_names()
    document.styles["ACME Body"].hidden = True
    document.add_paragraph("Loud", style="ACME Shout")
    document.add_paragraph("Louder", style="ACME Shout")
    choices = describe_styles(saved(document), {}).choices["paragraph"]
    names = [one.name for one in choices]
    assert names[:2] == ["ACME Shout", "Normal"]
    assert names[-1] == "ACME Body"
    assert [one.hidden for one in choices][-2:] == [False, True]
    assert {"ACME Grid", "ACME Plain"} <= {
        one.name for one in describe_styles(saved(document), {}).choices["table"]
    }
