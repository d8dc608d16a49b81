"""Tables filled from a sheet, rows and cells cleared, and links set by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.workspace.conftest import Person
from tests.e2e.workspace.test_editing import cells

pytestmark = pytest.mark.service("chromium")
SHEET = """<table><tr><td>Action</td><td>Cost</td><td>Who</td></tr>
<tr><td>Roof</td><td>€ 1</td><td>Ann</td></tr><tr><td>Door<br>blue</td><td>€ 2</td><td>Bea</td></tr>
<tr><td>Wall</td><td>€ 3</td><td></td></tr><tr><td>Path</td><td>€ 4</td><td></td></tr>
<tr><td>Lawn</td><td>€ 5</td><td></td></tr></table>"""


def paste(page: Page, kind: str, words: str) -> None:
    page.evaluate(
        """([kind, words]) => {
          const data = new DataTransfer()
          data.setData(kind, words)
          const how = { clipboardData: data, bubbles: true, cancelable: true }
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", how))
        }""",
        [kind, words],
    )


def test_cells_of_a_sheet_go_into_cells_within_what_the_template_allows(
    demo: Person, cases: dict[str, int]
) -> None:
    page = demo.open(cases["promise_cells"]).page
    demo.type_in("actions", "")
    paste(page, "text/html", SHEET)
    expect(page.locator("#toast")).to_have_text("1 row and 1 column more than fit here were left out.")
    filled = ["Roof", "€ 1", "Door\nblue", "€ 2", "Wall", "€ 3", "Path", "€ 4"]
    assert cells(demo.block("actions")) == filled
    demo.until_saved()
    page.keyboard.press("Control+z")
    assert cells(demo.block("actions")) == ["Mend the roof", "€ 1,200"]
    paste(page, "text/plain", "Fence\t€ 7\nGate\t€ 8\n")
    assert cells(demo.block("actions")) == ["Fence", "€ 7", "Gate", "€ 8"]
    demo.until_saved()
    page.reload()
    assert cells(demo.block("actions")) == ["Fence", "€ 7", "Gate", "€ 8"]
    assert demo.complaints == []


def test_all_cells_are_emptied_and_the_header_and_one_row_stay(demo: Person, cases: dict[str, int]) -> None:
    page = demo.open(cases["promise_links"]).page
    actions = demo.block("actions")
    demo.type_in("actions", "")
    box, last = actions.locator("th").first.bounding_box(), actions.locator("td").last.bounding_box()
    assert box
    assert last
    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.mouse.down()
    page.mouse.move(last["x"] + 20, last["y"] + 9, steps=5)
    page.mouse.up()
    page.keyboard.press("Backspace")
    assert cells(actions) == ["", ""]
    assert actions.locator("th").first.inner_text().strip() == "Action"
    actions.locator("td").first.click()
    expect(actions.get_by_role("button", name="Delete the row")).to_have_attribute("aria-disabled", "true")


def test_a_link_is_set_changed_and_removed_by_keyboard(demo: Person, cases: dict[str, int]) -> None:
    page = demo.open(cases["promise_links"]).page
    press = page.keyboard.press
    demo.type_in("risks", "")
    demo.type_in("summary", " register")
    press("Control+Shift+ArrowLeft")
    # The editor hears of a selection a moment later.
    page.evaluate("new Promise(requestAnimationFrame)")
    press("Control+k")
    field = page.get_by_label("Link to")
    expect(field).to_be_focused()
    page.keyboard.type("javascript:alert(1)")
    press("Enter")
    expect(field).to_be_visible()
    field.fill("example.org/register")
    press("Enter")
    text = demo.block("summary").locator(".ProseMirror")
    expect(text).to_be_focused()
    expect(text.locator("a")).to_have_attribute("href", "https://example.org/register")
    expect(text.locator("a")).to_have_text("register")
    demo.until_saved()

    press("ArrowRight")
    press("ArrowLeft")
    press("Control+k")
    expect(field).to_have_value("https://example.org/register")
    press("Escape")
    expect(text).to_be_focused()
    press("Control+k")
    page.get_by_role("button", name="Remove link").click()
    expect(text.locator("a")).to_have_count(0)
    demo.until_saved()
    page.reload()
    expect(demo.block("summary").locator("a")).to_have_count(0)
    expect(demo.block("summary")).to_contain_text("register")


def test_what_other_programs_copy_keeps_what_it_says_and_breaks_no_rule(
    demo: Person, cases: dict[str, int]
) -> None:
    page = demo.open(cases["promise_links"]).page
    demo.type_in("summary", "")
    page.keyboard.press("Control+a")
    google = (
        '<b style="font-weight:normal;"><p style="line-height:1"><span style="font-weight:700">Bold</span>'
        '<span style="font-style:italic"> slanted</span> plain</p></b>'
    )
    paste(page, "text/html", google)
    text = demo.block("summary").locator(".ProseMirror")
    expect(text.locator("strong")).to_have_text("Bold")
    expect(text.locator("em")).to_have_text(" slanted")
    page.keyboard.press("Enter")
    word = (
        "<style>p {color: red}</style>"
        '<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·&nbsp;</span>One</p>'
        '<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·&nbsp;</span>Two</p>'
    )
    paste(page, "text/html", word)
    expect(text.locator("li")).to_have_text(["One", "Two"])

    demo.type_in("risks", "")
    page.keyboard.press("Control+a")
    paste(page, "text/plain", "- first\n- second")
    points = demo.block("risks").locator(".ProseMirror li")
    expect(points).to_have_text(["first", "second"])
    page.keyboard.press("Control+a")
    paste(page, "text/html", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>")
    expect(demo.block("risks").locator(".ProseMirror li li")).to_have_count(2)
    expect(demo.block("risks").locator(".ProseMirror li li li")).to_have_count(0)
    demo.until_saved()
    assert demo.complaints == []
