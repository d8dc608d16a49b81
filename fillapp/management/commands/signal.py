"""`manage.py signal train|score`: teach a signal from a CSV file, and read the texts of another by it."""

import csv
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn, TextIO

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand

from fillapp.tables import BadTable, Table, read_table
from signals.changing import save_signal
from signals.clean import clean_text
from signals.handed import CannotEmbed
from signals.models import Signal
from signals.naming import TAKEN
from signals.pieces import split_text, with_whole
from signals.reading import fires, read_texts
from signals.teaching.given import give_examples
from signals.teaching.lesson import Lesson, look_up, teach, weigh
from signals.teaching.worth import Share, Worth
from signals.to_read import TextToRead
from signals.vectors import not_kept

BAD_INPUT, UNREAD = 2, 3
_YES, _NO = ("1", "yes", "true", "1.0"), ("0", "no", "false", "0.0")
_MOST_EXAMPLES = 10_000
_LARGEST, _MOST_ROWS = 256 * 1024 * 1024, 1_000_000
_AT_ONCE = 500


class Command(BaseCommand):
    help = "Teach a signal from examples in a CSV file, or score the texts in one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="what", required=True)
        train = actions.add_parser("train", help="teach a signal by examples; it is made if it is new")
        train.add_argument("name", help="the signal's name, as guards use it: small letters and hyphens")
        train.add_argument("--examples", type=Path, required=True, help="CSV with text and label (1/0)")
        score = actions.add_parser("score", help="write a CSV file again with score and flagged")
        score.add_argument("name", help="the name of a signal of any kind")
        score.add_argument("--input", type=Path, required=True, help="CSV with a column text")
        score.add_argument("-o", "--output", type=Path, required=True, help="the CSV file to write")

    def handle(self, *args: Any, what: str, name: str, **options: Any) -> None:
        # Input is looked at before the database is touched.
        if what == "train":
            examples = self.read_examples(options["examples"])
            call_command("migrate", verbosity=0)
            self.train(name, examples)
        else:
            table, column = self.read_texts(options["input"])
            self.check_output(options["output"], options["input"])
            call_command("migrate", verbosity=0)
            self.score(name, table, column, options["output"])

    def train(self, name: str, examples: Sequence[tuple[str, bool]]) -> None:
        signal = Signal.objects.filter(name=name).first() or self.make(name)
        if signal.kind != "few_shot":
            self.refuse(f"“{name}” is a {signal.kind}, which learns from no examples. Choose another name.")
        give_examples(signal, examples)
        try:
            # The vectors are computed once and kept: what is timed is the learning.
            look_up(signal).vectors()
            began = time.perf_counter()
            lesson = teach(signal)
            took = time.perf_counter() - began
            weigh(lesson)
        except CannotEmbed as error:
            self.refuse(str(error))
        self.tell(lesson, took)

    def tell(self, lesson: Lesson, took: float) -> None:
        yes, no = len(lesson.examples.yes), len(lesson.examples.no)
        self.stdout.write(f"{lesson.signal.name}: taught by {yes} yes and {no} no")
        self.stdout.write(f"train ms   {took * 1000:.1f}")
        worth = lesson.worth or Worth()
        for word, share in (("precision", worth.precision), ("recall", worth.recall), ("F1", worth.f1)):
            self.stdout.write(f"{word:<10} {_say(share)}")
        if worth.sentence:
            self.stdout.write(worth.sentence)

    def make(self, name: str) -> Signal:
        signal = Signal(
            name=name, title=name.replace("-", " ").replace("_", " ").capitalize(), kind="few_shot"
        )
        try:
            if name in TAKEN:
                self.refuse(f"“{name}” cannot be the name of a signal: it has a meaning of its own.")
            signal.full_clean(exclude=["learned", "worth", "settings"])
        except ValidationError:
            self.refuse(f"“{name}” is no name: it takes small letters, digits and hyphens, a letter first.")
        save_signal(signal)
        return signal

    def score(self, name: str, table: Table, column: int, output: Path) -> None:
        signal = Signal.objects.filter(name=name).first()
        if signal is None:
            names = ", ".join(Signal.objects.values_list("name", flat=True)) or "none yet"
            self.refuse(f"There is no signal “{name}”. There are: {names}.")
        if not signal.made_by:
            self.refuse(f"“{name}” is not ready to read: teach it, or set what it looks for, first.")
        try:
            # Whoever scores a file need not find its texts in the database.
            with output.open("w", encoding="utf-8", newline="") as file, not_kept():
                unread, why = self.write_scores(signal, table, column, file)
        except OSError as error:
            self.refuse(f"“{output}” cannot be written: {error.strerror}.")
        if unread:
            self.stderr.write(f"{unread:,} of {len(table.rows):,} texts could not be read. {why}")
            sys.exit(UNREAD)

    def write_scores(self, signal: Signal, table: Table, column: int, file: TextIO) -> tuple[int, str]:
        """How many texts could not be read, and why the last of them."""
        writer, unread, why, done = csv.writer(file), 0, "", 0
        writer.writerow([*table.columns, "score", "flagged"])
        for rows in _batches(table.rows):
            for row, verdict in zip(
                rows, read_texts(signal, [_text(row[column]) for row in rows]), strict=True
            ):
                if verdict.score is None:
                    unread, why = unread + 1, verdict.error
                    writer.writerow([*row, "", ""])
                else:
                    writer.writerow([*row, f"{verdict.score:.4f}", int(fires(verdict, signal.threshold))])
            done += len(rows)
            self.stderr.write(f"\r{done:,} of {len(table.rows):,} texts", ending="")
            self.stderr.flush()
        self.stderr.write("")
        return unread, why

    def read_examples(self, path: Path) -> list[tuple[str, bool]]:
        table, text = self.read_texts(path)
        label = table.find("label")
        if label is None:
            self.refuse(f"“{path}” has no column “label”: it needs the columns text and label (1 or 0).")
        if len(table.rows) > _MOST_EXAMPLES:
            self.refuse(
                f"“{path}” has {len(table.rows):,} examples, more than {_MOST_EXAMPLES:,}: give fewer."
            )
        examples = []
        for number, row in enumerate(table.rows, 2):
            said = row[label].strip().casefold()
            if said not in _YES + _NO:
                self.refuse(f"“{path}”, row {number}: the label is “{row[label][:40]}”, and must be 1 or 0.")
            examples.append((row[text], said in _YES))
        if {says for text, says in examples if text.strip()} != {True, False}:
            self.refuse(f"“{path}” needs at least one example of each: label 1 and label 0.")
        return examples

    def read_texts(self, path: Path) -> tuple[Table, int]:
        try:
            table = read_table(path.read_bytes(), str(path), _MOST_ROWS, _LARGEST)
        except OSError as error:
            self.refuse(f"“{path}” cannot be read: {error.strerror}.")
        except BadTable as error:
            self.refuse(str(error))
        for warning in table.warnings:
            self.stderr.write(warning)
        column = table.find("text")
        if column is None:
            self.refuse(f"“{path}” has no column “text”; it has: {', '.join(table.columns[:20])}.")
        return table, column

    def check_output(self, output: Path, source: Path) -> None:
        """Say at once what would otherwise be found out at the end."""
        if output.is_dir():
            self.refuse(f"“{output}” is a folder; name the file to write.")
        if not output.resolve().parent.is_dir():
            self.refuse(f"There is no folder “{output.parent}” to write to.")
        if output.resolve() == source.resolve():
            self.refuse(f"“{output}” cannot be read and written at once. Give the output a name of its own.")

    def refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(BAD_INPUT)


def _text(said: str) -> TextToRead:
    said = clean_text(said)
    return TextToRead(tuple(with_whole(said, split_text(said))))


def _batches(rows: Sequence[list[str]]) -> Iterator[list[list[str]]]:
    left = iter(rows)
    while batch := list(islice(left, _AT_ONCE)):
        yield batch


def _say(share: Share | None) -> str:
    if share is None:
        return "too few examples to tell"
    return f"{share.value:.3f}  ({share.low:.3f} to {share.high:.3f}, 90 % interval)"
