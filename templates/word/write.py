"""Writes a report as a Word file in the default style."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from signals.clean import clean_text
from templates.word.blank import W, blank_document
from templates.word.body import CONTENTS_PLACE, LAST_HEADING_LEVEL, TEXT_WIDTH, Body
from templates.word.contents import ContentsLook, write_contents
from templates.word.language import contents_word, word_language
from templates.word.numbering import list_xml
from templates.word.report import WordReport

# Word's own limit on the length of a property.
_LONGEST_PROPERTY = 255
_LONGEST_RUNNING_TITLE = 110


def write_word(
    body: Body,
    *,
    title: str,
    author: str = "",
    language: str = "en",
    subject: str = "",
    created: datetime | None = None,
) -> bytes:
    """The bytes of a .docx. The same input, with the same `created` (now if None), gives the same bytes."""
    tag = word_language(language)
    document = Document(BytesIO(blank_document(tag)))
    _add_lists_and_links(document, body)
    _add_running_title(document, title)
    properties = document.core_properties
    properties.title = _property(title)
    properties.author = properties.last_modified_by = _property(author)
    properties.subject = _property(subject)
    properties.language = tag
    properties.created = properties.modified = (created or datetime.now(UTC)).astimezone(UTC)
    return _save(document, body, tag)


def write_report(report: WordReport) -> bytes:
    """The bytes of a .docx in our own style."""
    body = Body()
    report.write(body)
    return write_word(
        body,
        title=report.title,
        author=report.author,
        language=report.language,
        subject=report.template,
        created=report.created,
    )


def _add_lists_and_links(document: WordDocument, body: Body) -> None:
    numbering = document.part.numbering_part.element
    for started in body.lists:
        xml = list_xml(started).replace("<w:num ", f'<w:num xmlns:w="{W}" ', 1)
        numbering.append(etree.fromstring(xml))
    for address, link_id in body.links.items():
        document.part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, link_id, is_external=True)


def _add_running_title(document: WordDocument, title: str) -> None:
    line = " ".join(clean_text(title).split())
    if len(line) > _LONGEST_RUNNING_TITLE:
        line = f"{line[:_LONGEST_RUNNING_TITLE].rstrip()}…"
    document.sections[0].header.paragraphs[0].add_run(line)


def _property(text: str) -> str:
    return clean_text(text)[:_LONGEST_PROPERTY]


def _save(document: WordDocument, body: Body, language: str) -> bytes:
    """The package as a zip whose entries bear no time of their own, unlike python-docx's."""
    package = document.part.package
    parts = list(package.iter_parts())
    file = BytesIO()
    with ZipFile(file, "w") as zipped:

        def add(name: str, data: bytes | str) -> None:
            # A seventh larger than at zlib's usual level, and packed in half its time.
            zipped.writestr(ZipInfo(name.removeprefix("/")), data, ZIP_DEFLATED, compresslevel=3)

        add("[Content_Types].xml", _content_types([(part.partname, part.content_type) for part in parts]))
        add("_rels/.rels", package.rels.xml)
        for part in parts:
            add(part.partname, _with_body(part.blob, body, language) if part is document.part else part.blob)
            if part.rels:
                add(part.partname.rels_uri, part.rels.xml)
    return file.getvalue()


def _with_body(xml: bytes, body: Body, language: str) -> bytes:
    """The document's XML with the content in front of its section properties.

    Spliced, because moving a long report from one lxml tree to another takes longer than all the rest.
    """
    place = xml.rindex(b"<w:sectPr")
    whole = b"".join([xml[:place], body.xml.encode(), xml[place:]])
    return _with_contents(whole, language) if CONTENTS_PLACE.encode() in whole else whole


def _with_contents(xml: bytes, language: str) -> bytes:
    root = etree.fromstring(xml)
    levels = {f"Heading{level}": level for level in range(1, LAST_HEADING_LEVEL + 1)}
    look = ContentsLook(
        heading=contents_word(language),
        heading_style=lambda: "TOCHeading",
        style_of=lambda level: f"TOC{level}",
        width=lambda _: TEXT_WIDTH,
    )
    write_contents(root, levels, look)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _content_types(parts: list[tuple[str, str]]) -> str:
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )
