"""What every process of Fill pays before it does anything."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_start_imports_no_library_that_few_processes_need(tmp_path: Path) -> None:
    script = (
        "import sys, django; django.setup()\n"
        "from django.core.management import call_command; call_command('check')\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "assert 'fillapp' in loaded\n"
        "assert not loaded & {'sklearn', 'scipy', 'pandas'}, loaded"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "fillapp.settings", "FILL_VAR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=True, timeout=60)
