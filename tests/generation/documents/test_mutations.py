"""Broken files of every kind that can be written here: read, or refused with a sentence, never more."""

from pathlib import Path
from random import Random

import pytest

from generation.documents.passages import UnreadableDocument
from generation.documents.read import read_document
from tests.bench.mutate import mutate, small_files

SEEDS = dict(small_files())


@pytest.mark.parametrize("name", SEEDS)
def test_a_broken_file_is_read_or_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    for number in range(8):
        path.write_bytes(mutate(SEEDS[name], Random(number)))
        try:
            text = read_document(path, name).text
        except UnreadableDocument as refusal:
            text = str(refusal)
        assert text


def test_the_small_files_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    for name, data in SEEDS.items():
        path.write_bytes(data)
        if name != "old.doc":
            assert read_document(path, name).warnings == ()
