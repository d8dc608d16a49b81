"""Zip files that people send: what is taken in, and what is refused before it does harm."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from templates.packed import LARGEST_UNPACKED, UnreadablePackage, pack, unpack


def zipped(*members: tuple[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return packed.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadablePackage) as caught:
        unpack(content)
    return str(caught.value)


def test_what_is_packed_is_unpacked() -> None:
    files = {"template.yaml": b"name: M", "examples/1-möbel/1.txt": b"\x00\xff", "empty": b""}
    assert unpack(pack(files)) == files
    assert pack(files) == pack(dict(files))


def test_folders_are_left_out() -> None:
    assert unpack(zipped(("examples/", b""), ("examples/a.txt", b"a"))) == {"examples/a.txt": b"a"}


@pytest.mark.parametrize(
    "name",
    ["../a", "/etc/a", "a/../../b", "a//b", "./a", "C:a", "a\\..\\b", "~/a", "a\nb", "a\u202eb", "x" * 300],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert "no name a template file may hold" in refusal(zipped((name, b"a")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twin", ["a.txt", "A.TXT"])
def test_a_name_that_stands_twice_is_refused(twin: str) -> None:
    assert "twice" in refusal(zipped(("a.txt", b"one"), (twin, b"two")))


def test_a_bomb_is_refused_by_the_size_it_declares() -> None:
    assert "unpacks to more than" in refusal(zipped(("a", bytes(LARGEST_UNPACKED + 1))))


def test_a_bomb_that_declares_a_small_size_is_refused() -> None:
    content = bytearray(zipped(("a", bytes(10_000_000))))
    for sign, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.index(sign) + at
        content[place : place + 4] = (5).to_bytes(4, "little")
    assert "damaged" in refusal(bytes(content))


def test_many_files_are_refused() -> None:
    assert "more than 300 files" in refusal(zipped(*((f"{n}.txt", b"") for n in range(301))))


def test_a_file_with_a_password_is_refused() -> None:
    content = bytearray(zipped(("a", b"secret")))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + at] |= 1
    assert "password" in refusal(bytes(content))


@pytest.mark.parametrize("content", [b"", b"name: Minutes", b"PK\x05\x06 short", zipped(("a", b"a"))[:-30]])
def test_what_is_no_zip_or_damaged_is_refused(content: bytes) -> None:
    assert "damaged or no template file" in refusal(content)


def test_every_cut_of_a_package_is_read_or_refused_in_words() -> None:
    content = pack({"template.yaml": b"name: M\n" * 40, "b": b"c"})
    for end in range(0, len(content), 7):
        refusal(content[:end])


def test_more_than_can_be_taken_in_again_is_not_packed() -> None:
    with pytest.raises(UnreadablePackage, match="without its examples"):
        pack({f"{n}.txt": b"" for n in range(301)})
