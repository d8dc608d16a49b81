"""What holds for every test: no model within reach, files of its own, services used for real or named."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.db import connections
from django.test import override_settings

from generation import servers

hypothesis.settings.register_profile(
    "fill", derandomize=True, database=None, deadline=None, max_examples=60, print_blob=False
)
hypothesis.settings.load_profile("fill")

_MODEL_VARIABLES = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "FILL_MODEL")
for _name in _MODEL_VARIABLES:
    os.environ.pop(_name, None)


def _runs(*programs: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(program) for program in programs)


def _has_postgresql() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or _runs("initdb")()


_SERVICES: dict[str, Callable[[], bool]] = {
    "postgresql": _has_postgresql,
    "redis": _runs("redis-server"),
    "rabbitmq": _runs("rabbitmq-server", "/usr/sbin/rabbitmq-server"),
    "chromium": _runs("chromium", "/usr/bin/chromium"),
    "libreoffice": _runs("soffice"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test marked with a service that is not here is skipped, or fails where services are required."""
    for mark in item.iter_markers("service"):
        for service in mark.args:
            if _SERVICES[service]():
                continue
            reason = f"{service} is not installed here"
            if os.environ.get("REQUIRE_SERVICES") == "1":
                pytest.fail(f"{reason}, and REQUIRE_SERVICES=1 asks for it", pytrace=False)
            pytest.skip(reason)


@pytest.fixture(scope="session")
def _own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(_own_folder: Path) -> None:
    """An SQLite database of this run's own: two runs at once do not meet."""
    for connection in connections.all():
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(_own_folder / "test.sqlite3")


@pytest.fixture(autouse=True)
def _no_model_and_own_files(_own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test reaches a model by accident, or writes among an installation's files."""
    for name in _MODEL_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FILL_VAR", str(_own_folder))
    servers._server.cache_clear()
    with override_settings(FILL_MODEL="", VAR_DIR=_own_folder, MEDIA_ROOT=_own_folder / "media"):
        yield
