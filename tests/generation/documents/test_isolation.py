"""The process a file is read in: what comes out of it, its limits, and how it ends."""

import json
import signal
import subprocess
import sys
import time
from dataclasses import astuple
from pathlib import Path

import pytest

from generation.documents.isolation.limits import Limits
from generation.documents.isolation.parent import read_isolated
from generation.documents.passages import UnreadableDocument
from generation.documents.read import read_document
from tests.generation.documents.test_word import write_docx

ROOT = Path(__file__).parents[3]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="what only Linux enforces")


def run(script: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(data)
    return path


def test_a_document_comes_out_as_it_was_read(tmp_path: Path) -> None:
    path = written(tmp_path, write_docx(rows=90))
    assert read_isolated(path, "a.docx", Limits()) == read_document(path, "a.docx")


def test_every_letter_comes_out(tmp_path: Path) -> None:
    text = "Straße 会议 🏛 \u2028 “quoted” \\ \x7f"
    path = written(tmp_path, text.encode())
    assert read_isolated(path, "a.txt", Limits()) == read_document(path, "a.txt")


def test_a_refusal_comes_out_as_its_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"^“Zoë's plan.txt” is an empty file"):
        read_isolated(written(tmp_path, b""), "Zoë's plan.txt", Limits())


def test_a_file_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"took longer than 0 seconds to read\. Split it"):
        read_isolated(written(tmp_path, b"Text"), "a.txt", Limits(seconds=0))


@LINUX
def test_a_file_that_needs_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, b"A line of text.\n" * 2_000_000)
    with pytest.raises(UnreadableDocument, match="is too large to be read: it needs more memory"):
        read_isolated(path, "a.txt", Limits(memory=100))


def test_a_file_that_holds_too_much_text_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, b"A line of text.\n" * 100_000)
    with pytest.raises(UnreadableDocument, match="holds more than 1 MB of text"):
        read_isolated(path, "a.txt", Limits(text=1))


def test_a_process_that_breaks_off_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash = (sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    monkeypatch.setattr("generation.documents.isolation.parent._COMMAND", crash)
    with pytest.raises(UnreadableDocument, match="cannot be read: reading it broke off"):
        read_isolated(written(tmp_path, b"Text"), "a.txt", Limits())


def test_a_process_that_cannot_be_started_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generation.documents.isolation.parent._COMMAND", (str(tmp_path / "none"),))
    with pytest.raises(UnreadableDocument, match="the machine had no room to read it in"):
        read_isolated(written(tmp_path, b"Text"), "a.txt", Limits())


def test_endless_work_ends_though_nobody_waits_for_it() -> None:
    script = (
        "from generation.documents.isolation.child import *; set_limits(Limits(seconds=1))\nwhile True: pass"
    )
    # On a busy machine the clock on the wall is first.
    assert run(script).returncode in (-signal.SIGXCPU, -signal.SIGALRM)


@LINUX
def test_a_child_ends_with_its_parent_whatever_it_is_doing() -> None:
    script = (
        "from generation.documents.isolation.child import *; die_with_the_parent(); print(1, flush=True)\n"
        "while True: pass"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin
        assert child.stdout
        child.stdout.readline()
        child.stdin.close()
        assert child.wait(timeout=30) == -signal.SIGIO


@LINUX
def test_a_parent_may_be_slow_to_say_what_to_read(tmp_path: Path) -> None:
    script = "from generation.documents.isolation.child import main; print(1, flush=True); main()"
    order = json.dumps([str(written(tmp_path, b"Text")), "a.txt", astuple(Limits())])
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin
        assert child.stdout
        child.stdout.readline()
        until = time.monotonic() + 10
        # It sleeps when it waits for the order.
        while Path(f"/proc/{child.pid}/stat").read_text().split()[2] != "S" and time.monotonic() < until:
            pass
        child.stdin.write(order.encode() + b"\n")
        child.stdin.flush()
        assert json.loads(child.stdout.read())["document"]["text"] == "Text"
        assert child.wait(timeout=30) == 0


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import urllib.request; urllib.request.urlopen('http://localhost/')",
        "import os; os.system('true')",
        "import subprocess; subprocess.run(['true'])",
    ],
)
def test_a_reader_reaches_neither_the_network_nor_another_program(attempt: str) -> None:
    done = run(f"from generation.documents.isolation.network import cut_off; cut_off()\n{attempt}")
    assert done.returncode == 1
    assert "is not allowed while a file is read" in done.stderr


@LINUX
def test_libraries_written_in_c_reach_no_network_either() -> None:
    script = "import ctypes; from generation.documents.isolation.network import cut_off; cut_off()\n"
    assert run(f"{script}print(ctypes.CDLL(None).socket(2, 1, 0))").stdout == "-1\n"


@LINUX
@pytest.mark.parametrize("number", [425, 0x40000000 | 41], ids=["io_uring_setup", "socket of x32"])
def test_there_is_no_way_round_to_a_socket(number: int) -> None:
    script = (
        "import ctypes, errno; from generation.documents.isolation.network import cut_off; cut_off()\n"
        "library = ctypes.CDLL(None, use_errno=True)\n"
        f"library.syscall({number}, 1, 0)\n"
        "print(ctypes.get_errno() == errno.EACCES)"
    )
    assert run(script).stdout == "True\n"


@LINUX
@pytest.mark.parametrize(
    ("kind", "opened"),
    [("socket.AF_INET", False), ("socket.AF_INET6", False), ("socket.AF_UNIX", True)],
    ids=["internet", "new internet", "this machine"],
)
def test_a_program_launched_off_the_internet_speaks_to_this_machine_alone(kind: str, opened: bool) -> None:
    launch = "import generation.documents.isolation.launch as one; one.main()"
    inner = f"import socket; socket.socket({kind}); print('opened')"
    done = run(f"import sys; sys.argv = ['', '20', sys.executable, '-c', {inner!r}]; {launch}")
    assert ("opened" in done.stdout) == opened, done.stderr


def test_the_process_loads_neither_the_site_nor_a_library_it_may_not_need() -> None:
    script = "import sys, generation.documents.isolation.child; print(*sys.modules)"
    assert not {"django", "lxml", "pypdfium2"} & set(run(script).stdout.split())
