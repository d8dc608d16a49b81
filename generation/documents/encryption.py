"""Whether an Office file is locked: then it is an OLE container around an encrypted package, not a zip."""

from pathlib import Path

from generation.documents import refusals

_OLE = b"\xd0\xcf\x11\xe0"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def refuse_encrypted(path: Path, name: str) -> None:
    """Raises UnreadableDocument for a file with a password, and for an old .doc or .xls under a new name."""
    with path.open("rb") as file:
        if file.read(len(_OLE)) == _OLE:
            raise refusals.protected(name) if _PACKAGE in file.read() else refusals.damaged(name)
