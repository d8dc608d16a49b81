"""An empty A4 document in the default style, as the bytes of a .docx."""

from functools import lru_cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from templates.word.language import page_words
from templates.word.numbering import numbering_xml
from templates.word.style import styles_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@lru_cache(maxsize=64)
def blank_document(language: str) -> bytes:
    """A .docx without content, its language a tag as Word knows it ("en-GB")."""
    footer = _footer(*page_words(language))
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _PACKAGE_RELATIONSHIPS,
        "docProps/app.xml": _APPLICATION,
        "docProps/core.xml": _CORE,
        "word/document.xml": _root("document", f"<w:body>{_SECTION}</w:body>"),
        "word/_rels/document.xml.rels": _document_relationships(),
        "word/styles.xml": _root("styles", styles_xml(language)),
        "word/numbering.xml": _root("numbering", numbering_xml()),
        "word/settings.xml": _root("settings", _SETTINGS),
        "word/header1.xml": _root("hdr", _HEADER),
        "word/footer1.xml": _root("ftr", footer),
        "word/footer2.xml": _root("ftr", footer),
    }
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, xml in parts.items():
            package.writestr(name, _DECLARATION + xml)
    return file.getvalue()


def _root(name: str, content: str) -> str:
    return f'<w:{name} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{name}>'


# The first page bears the title itself, so the running title starts on the second.
_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
    '<w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="first" r:id="rId6"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1474" w:right="1417" w:bottom="1361" w:left="1417"'
    ' w:header="737" w:footer="624" w:gutter="0"/><w:cols w:space="708"/><w:titlePg/></w:sectPr>'
)
_HEADER = '<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p>'


def _footer(page: str, of: str) -> str:
    field = '<w:fldSimple w:instr=" {} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'.format
    words = '<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>'.format
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{words("<w:tab/>", f"{page} ".lstrip())}'
        f"{field('PAGE')}{words('', f' {of} ')}{field('NUMPAGES')}</w:p>"
    )


def _document_relationships() -> str:
    targets = ("styles", "numbering", "settings", "header1", "footer1", "footer2")
    rows = (
        f'<Relationship Id="rId{n}" Type="{R}/{target.rstrip("12")}" Target="{target}.xml"/>'
        for n, target in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


_PACKAGE_RELATIONSHIPS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{R}/extended-properties" Target="docProps/app.xml"/></Relationships>'
)
_PART_TYPES = {
    "word/document.xml": f"{_PART}.document.main+xml",
    "word/styles.xml": f"{_PART}.styles+xml",
    "word/numbering.xml": f"{_PART}.numbering+xml",
    "word/settings.xml": f"{_PART}.settings+xml",
    "word/header1.xml": f"{_PART}.header+xml",
    "word/footer1.xml": f"{_PART}.footer+xml",
    "word/footer2.xml": f"{_PART}.footer+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}
_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _PART_TYPES.items())
    + "</Types>"
)
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting'
    ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="1"/></w:compat>'
)
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
)
_APPLICATION = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Fill</Application></Properties>"
)
