"""What a house document may be: templates, macros, strict files; and what is refused with a sentence."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml

from templates.word.house import UnreadableWord, check_house, write_house
from tests.bench.word_package import find_faults
from tests.templates.word.files import STRICT, paragraph, word_file
from tests.templates.word.house.files import REPORT, W, changed, house, parts, saved, texts

TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml"
MACRO = b"application/vnd.ms-word.document.macroEnabled.main+xml"
VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"


def as_type(data: bytes, main: bytes) -> bytes:
    def change(name: str, content: bytes) -> bytes:
        wanted = name == "[Content_Types].xml"
        return content.replace(TYPE + b".document.main+xml", main) if wanted else content

    return changed(data, change)


def with_macros(data: bytes) -> bytes:
    def change(name: str, content: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            row = f'<Relationship Id="rId900" Type="{VBA}" Target="vbaProject.bin"/></Relationships>'
            return content.replace(b"</Relationships>", row.encode())
        if name == "[Content_Types].xml":
            row = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
            return content.replace(b"</Types>", row.encode())
        return content

    return as_type(changed(data, change, **{"word/vbaProject.bin": b"macro"}), MACRO)


@pytest.mark.parametrize("main", [TYPE + b".template.main+xml", MACRO])
def test_a_template_becomes_a_plain_document(main: bytes) -> None:
    data = write_house(as_type(saved(house("Before")), main), REPORT)
    assert texts(Document(BytesIO(data)))[:2] == ["Before", "March"]
    assert main not in parts(data)["[Content_Types].xml"]


def test_macros_are_left_out_and_this_is_said() -> None:
    given = with_macros(saved(house("{{ report }}")))
    data = write_house(given, REPORT)
    assert not [name for name in parts(data) if "vba" in name]
    assert not find_faults(data)
    assert any("macros" in note for note in check_house(given, []).notes)


def test_a_report_does_not_look_for_the_template_its_house_document_was_made_from() -> None:
    def attach(name: str, content: bytes) -> bytes:
        row = '<w:attachedTemplate r:id="rId1"/></w:settings>'
        return content.replace(b"</w:settings>", row.encode()) if name == "word/settings.xml" else content

    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="http://elsewhere.example/" TargetMode="External"/>'
        "</Relationships>"
    )
    given = changed(saved(house("{{ report }}")), attach, **{"word/_rels/settings.xml.rels": rels.encode()})
    data = write_house(given, REPORT)
    assert not [name for name, content in parts(data).items() if b"attachedTemplate" in content]
    assert not [name for name, content in parts(data).items() if b"elsewhere.example" in content]
    assert not find_faults(data)
    assert any("template it was made from" in note for note in check_house(given, []).notes)


def test_a_strict_file_is_filled_as_the_document_everybody_opens() -> None:
    given = word_file(paragraph("Before") + "<w:sectPr/>", STRICT).getvalue()
    types = (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    given = changed(given, lambda _, content: content, **{"[Content_Types].xml": types})
    data = write_house(given, REPORT)
    assert b"purl.oclc.org" not in parts(data)["word/document.xml"]
    assert texts(Document(BytesIO(data)))[:2] == ["Before", "March"]
    assert not find_faults(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no Word file", "not a Word file"),
        (b"", "not a Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word file"),
        (b" " * 20_000_001, "larger than 20 MB"),
        (saved(house("{{ report }}"))[:-400], "damaged"),
    ],
)
def test_what_is_no_word_document_is_refused_with_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableWord, match=said):
        check_house(data, [])


@pytest.mark.parametrize("part", ["[Content_Types].xml", "word/styles.xml", "docProps/core.xml"])
def test_a_file_whose_parts_declare_entities_is_refused(part: str) -> None:
    def declare(name: str, content: bytes) -> bytes:
        declaration = b'?><!DOCTYPE x [<!ENTITY a "boo">]>'
        return content.replace(b"?>", declaration, 1) if name == part else content

    with pytest.raises(UnreadableWord, match="declares XML entities"):
        check_house(changed(saved(house("{{ report }}")), declare), [])


def test_a_field_that_stands_in_no_paragraph_is_left_alone() -> None:
    def misplace(name: str, content: bytes) -> bytes:
        return content.replace(b"<w:body>", b"<w:body><w:r><w:instrText>TITLE</w:instrText></w:r>")

    data = write_house(changed(saved(house("Before")), misplace), REPORT)
    assert texts(Document(BytesIO(data)))[0] == "Before"


def test_a_filled_file_hangs_together() -> None:
    document = house("{{ summary }}", "{{ report }}")
    document.add_picture(BytesIO(PIXEL))
    mark = f'<w:bookmarkStart xmlns:w="{W}" w:id="1" w:name="here"/>'
    document.paragraphs[0]._p.append(parse_xml(mark))
    document.paragraphs[0]._p.append(parse_xml(f'<w:bookmarkEnd xmlns:w="{W}" w:id="1"/>'))
    data = write_house(saved(document), REPORT)
    assert not find_faults(data)
    xml = parts(data)["word/document.xml"]
    assert xml.index(b'w:name="here"') < xml.index(b"<w:bookmarkEnd")
    assert Document(BytesIO(data)).inline_shapes


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
