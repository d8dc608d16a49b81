"""A block that says nothing of what it wants."""

from collections.abc import Iterator

from templates.lint.advice import Advice, Case


def find_empty(case: Case) -> Iterator[Advice]:
    """Advice where there are no instructions."""
    if not case.text.strip():
        yield Advice(
            "empty",
            "There are no instructions."
            if case.block.title
            else "There is neither a title nor an instruction.",
            "Say what to write, as you would tell a colleague who has the documents at hand.",
        )
