"""Places in a document, named together where they follow each other."""

from collections.abc import Callable, Sequence


def name_runs(numbers: Sequence[int], name: Callable[[int], str] = str) -> list[str]:
    """“3”, “5–9”: each run of `numbers`, which stand in order, by the names of its ends."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [f"{name(run[0])}–{name(run[-1])}" if len(run) > 1 else name(run[0]) for run in runs]
