"""LibreOffice, run without its windows to turn a Word file into a PDF."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
# Keys and passwords of the surroundings are not its business.
_KEPT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV")
# Nothing that a house document links to is fetched, from other machines or from this one.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
 <item oor:path="/org.openoffice.Office.Writer/Content/Update">
  <prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
 </item>
 <item oor:path="/org.openoffice.Office.Common/Security/Scripting">
  <prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
  <prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
 </item>
</oor:items>
"""


class CannotDraw(Exception):
    """The pages could not be drawn; the message says why and what to do."""


def has_libreoffice() -> bool:
    """Whether there is one on this machine."""
    return _program() is not None


def convert_to_pdf(docx: bytes, profile: Path, seconds: int) -> bytes:
    """The PDF of a Word file. Raises `CannotDraw`.

    `profile` is LibreOffice's own folder, which no two may use at once; it is made where it is missing.
    """
    program = _program()
    if program is None:
        raise CannotDraw("The preview needs LibreOffice on the server.")
    _set_up(profile)
    with tempfile.TemporaryDirectory(prefix="fill-preview-") as name:
        folder = Path(name)
        (folder / "report.docx").write_bytes(docx)
        _run(_command(program, profile, folder, seconds), folder, seconds)
        try:
            return (folder / "report.pdf").read_bytes()
        except FileNotFoundError:
            # What went wrong may be its own folder: the next one begins with a new one.
            shutil.rmtree(profile, ignore_errors=True)
            raise CannotDraw("LibreOffice could not draw the pages. Try again.") from None


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _set_up(profile: Path) -> None:
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(_SETTINGS)


def _command(program: str, profile: Path, folder: Path, seconds: int) -> list[str]:
    launch = [sys.executable, "-m", "generation.documents.isolation.launch", str(seconds)]
    convert = [program, f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless", "--norestore"]
    return [*launch, *convert, "--convert-to", "pdf", "--outdir", str(folder), str(folder / "report.docx")]


def _run(command: list[str], folder: Path, seconds: int) -> None:
    environment = {key: os.environ[key] for key in _KEPT if key in os.environ} | {"HOME": str(folder)}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 # LibreOffice, on a file whose name is ours
        command,
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        cwd=_ROOT,
        env=environment,
        start_new_session=True,
    ) as child:
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            raise CannotDraw(
                f"Drawing the pages took longer than {seconds} seconds, so it was stopped. Try again."
            ) from None
        finally:
            # It starts others, which must not live on without it.
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
