"""The start page in a browser: files dropped on it, and what its list shows."""

import base64
from collections.abc import Sequence

from playwright.sync_api import Page, expect

START = "/templates/meeting-minutes/start/"
_MAKE_TRANSFER = """files => {
  const data = new DataTransfer()
  for (const [name, text] of files) {
    data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name))
  }
  return data
}"""
# Names that say what is in them, and others that say nothing.
TRANSCRIPT = ("scan0001.txt", b"Roof committee: transcript\n\nAnn agreed to ask for a second quote.")
AGENDA = ("agenda.txt", b"1. The roof. 2. The lease.")
OTHER = ("notes.txt", b"It rained all day.")


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    event = {"dataTransfer": make_transfer(page, files)}
    page.dispatch_event("[data-drop]", "dragover", event)
    page.dispatch_event("[data-drop]", "drop", event)


def make_transfer(page: Page, files: Sequence[tuple[str, bytes]]) -> object:
    sent = [[name, base64.b64encode(content).decode()] for name, content in files]
    return page.evaluate_handle(_MAKE_TRANSFER, sent)


def names(page: Page) -> list[str]:
    return page.locator(".file .file-name").all_inner_texts()


def expect_files(page: Page, *wanted: str) -> None:
    expect(page.locator(".file")).to_have_count(len(wanted))
    for name in wanted:
        expect(page.locator(".file .file-name").get_by_text(name, exact=True)).to_have_count(1)


def slot_of(page: Page, name: str) -> str:
    return page.get_by_label(f"What {name} is").input_value()
