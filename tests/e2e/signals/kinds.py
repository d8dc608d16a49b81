"""What is done on the pages of rules, judges, files and sets before they are looked at."""

import json

from django.contrib.auth.models import User
from playwright.sync_api import FilePayload, Page, expect

from signals.changing import save_signal
from signals.models import Label, Reading, SampleSet, Signal
from signals.sets import take_rows
from signals.texts import keep_text

_ROWS = [(f"Write to person{at}@example.org.", "1") for at in range(4)]
_ROWS += [(f"Nobody objected to point {at}.", "0") for at in range(4)] + [("Ring me at home.", "1")]


def prepare_kinds(author: User) -> dict[str, int]:
    """A rule nobody has set, judges with and without labels, and a set that carries labels."""
    save_signal(Signal(name="unset", title="Not set yet", kind="rule"))
    rubric = {"rubric": "The text promises an outcome that nobody has decided yet."}
    save_signal(Signal(name="judging", title="Promises", kind="judge", settings=rubric))
    judge = Signal(name="judged", title="Promises, judged", kind="judge", settings=rubric)
    save_signal(judge)
    for number in range(24):
        text = keep_text(f"judged:{number}", judge.scope, f"You will win case {number}.", [])
        Label.objects.create(signal=judge, sample=text.samples.get(), author=author, says=number % 2 == 0)
        yes = number % 3 == 0
        Reading.objects.create(
            signal=judge, text=text, score=yes, flagged=yes, made_by=judge.made_by, reason="It says so."
        )
    found = SampleSet.objects.create(name="Letters", owner=author, text_column=0, total=len(_ROWS))
    take_rows(found, 0, _ROWS)
    return {"labelled": found.pk}


def try_a_text(page: Page) -> None:
    page.get_by_role("textbox", name="Text", exact=True).fill(
        "Nobody objected to the second point. It rains. Nobody objected to the second point."
    )
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("It says twice")).to_be_visible()


def save_nothing(page: Page) -> None:
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Give a least or a most number of words.")).to_be_visible()


def bring_what_is_here(page: Page) -> None:
    signal = {"format": "fill-signal-1", "kind": "rule", "name": "refusal", "title": "Refusal",
              "settings": {"rule": "refusal"}}  # fmt: skip
    file: FilePayload = {
        "name": "a.json",
        "mimeType": "application/json",
        "buffer": json.dumps(signal).encode(),
    }
    page.get_by_label("File").set_input_files(files=file)
    page.get_by_role("button", name="Bring it").click()
    expect(page.get_by_label("Title")).to_be_visible()


def give_a_table(page: Page) -> None:
    file: FilePayload = {
        "name": "letters.csv",
        "mimeType": "text/csv",
        "buffer": b"text,label\nA letter.,1\nAnother.,0\n",
    }
    page.get_by_label("CSV file").set_input_files(files=file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("button", name="Take the texts")).to_be_visible()


def wait_for_figures(page: Page) -> None:
    expect(page.get_by_text("On 9 texts, 5 of them yes")).to_be_visible()
