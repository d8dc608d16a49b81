"""Several who change one report at once take turns."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services import run_postgresql

ROOT = Path(__file__).parents[2]


@pytest.mark.service("postgresql")
def test_several_at_one_preview_take_turns_on_postgresql(tmp_path: Path) -> None:
    with run_postgresql(tmp_path) as database:
        told = {"DATABASE_URL": database, "FILL_VAR": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-m", "tests.generation.taking_turns"],
            cwd=ROOT,
            env=os.environ | told | {"DJANGO_SETTINGS_MODULE": "fillapp.settings"},
            capture_output=True,
            text=True,
            check=True,
        )
    assert done.stdout.strip() == ""
