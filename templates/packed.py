"""Zip files that people send: taken apart within limits and without trusting a name, put together anew."""

import posixpath
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from signals.clean import clean_text
from templates.word.read.salvage import ZIP_ERRORS

MEGABYTE = 1_000_000
LARGEST_UNPACKED = 200 * MEGABYTE
_MOST_MEMBERS = 300
_LONGEST_NAME = 240
_ENCRYPTED = 0x1
# Equal content gives equal files.
_NEVER = (1980, 1, 1, 0, 0, 0)


class UnreadablePackage(ValueError):
    """The file cannot be taken in; the message says why and what to do."""


def unpack(content: bytes) -> dict[str, bytes]:
    """The files in a zip by their names, folders left out. Raises `UnreadablePackage`.

    Names are plain paths inside the package, each there once, whatever a file system makes of capitals.
    """
    try:
        with ZipFile(BytesIO(content)) as package:
            members = [member for member in package.infolist() if not member.is_dir()]
            _check_members(members)
            return _read_members(package, members)
    except ZIP_ERRORS as error:
        if isinstance(error, UnreadablePackage):
            raise
        raise UnreadablePackage(
            "The file is damaged or no template file. Export it again and import the new file."
        ) from error


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files by their names. Raises `UnreadablePackage` for more than can be taken in again."""
    if sum(map(len, files.values())) > LARGEST_UNPACKED or len(files) > _MOST_MEMBERS:
        raise UnreadablePackage(
            f"The files are more than {LARGEST_UNPACKED // MEGABYTE} MB or {_MOST_MEMBERS} together. "
            "Export the template without its examples."
        )
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        for name, content in files.items():
            member = ZipInfo(name, _NEVER)
            member.compress_type = ZIP_DEFLATED
            package.writestr(member, content)
    return packed.getvalue()


def is_plain(name: str) -> bool:
    """Whether a file of this name can be in a package: the name stays in its folder on every system."""
    return (
        0 < len(name) <= _LONGEST_NAME
        and name == posixpath.normpath(name)
        and not name.startswith(("/", "~", ".."))
        and not any(sign in name for sign in '\\:"')
        and clean_text(name) == name
        and name.isprintable()
    )


def _check_members(members: list[ZipInfo]) -> None:
    if len(members) > _MOST_MEMBERS:
        raise UnreadablePackage(
            f"The file holds more than {_MOST_MEMBERS} files. Take out what is no part of the template."
        )
    seen: set[str] = set()
    for member in members:
        name = member.filename
        if not is_plain(name):
            raise UnreadablePackage(
                f"“{_shown(name)}” is no name a template file may hold. Take it out, or give it another name."
            )
        if name.casefold() in seen:
            raise UnreadablePackage(f"“{_shown(name)}” is in the file twice. Take one of them out.")
        seen.add(name.casefold())
        if member.flag_bits & _ENCRYPTED:
            raise UnreadablePackage("The file is protected with a password. Save it without the password.")
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise _too_large()


def _read_members(package: ZipFile, members: list[ZipInfo]) -> dict[str, bytes]:
    """What the members hold: no more is unpacked than may be, whatever they say of their size."""
    left = LARGEST_UNPACKED
    files: dict[str, bytes] = {}
    for member in members:
        with package.open(member) as file:
            files[member.filename] = file.read(left + 1)
        left -= len(files[member.filename])
        if left < 0:
            raise _too_large()
    return files


def _too_large() -> UnreadablePackage:
    return UnreadablePackage(
        f"The file unpacks to more than {LARGEST_UNPACKED // MEGABYTE} MB. Export it without its examples."
    )


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name[:80])
