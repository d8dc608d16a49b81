"""House documents as organisations have them, made in code: styles of their own, in their own language."""

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from tests.templates.word.house.files import W, house

_KEPT = ("Normal", "Default Paragraph Font", "Normal Table", "No List")


def bare(*paragraphs: str) -> WordDocument:
    """A document with hardly a style of its own."""
    document = house(*paragraphs)
    for style in list(document.styles):
        if style.name not in _KEPT:
            style.element.getparent().remove(style.element)
    return document


def add_style(
    document: WordDocument, name: str, *, outline: int | None = None, size: int = 11, color: str = ""
) -> ParagraphStyle:
    """A paragraph style based on Normal; `outline` makes it a heading."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = document.styles["Normal"]
    style.font.size = Pt(size)
    if color:
        style.font.color.rgb = RGBColor.from_string(color)
    if outline is not None:
        style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl xmlns:w="{W}" w:val="{outline}"/>'))
    return style


def add_list_style(document: WordDocument, name: str, sign: str, level: int = 0) -> ParagraphStyle:
    """A paragraph style with a list of its own; a `sign` with “%” counts, any other is a bullet."""
    numbering = document.part.numbering_part.element
    number = 700 + len(numbering)
    form = "decimal" if "%" in sign else "bullet"
    definition = parse_xml(
        f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        + "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{400 * (n + 1)}" w:hanging="400"/></w:pPr></w:lvl>'
            for n in range(9)
        )
        + "</w:abstractNum>"
    )
    first_num = next((n for n, one in enumerate(numbering) if one.tag.endswith("}num")), len(numbering))
    numbering.insert(first_num, definition)
    numbering.append(
        parse_xml(f'<w:num xmlns:w="{W}" w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
    )
    style = add_style(document, name)
    properties = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
    style.element.get_or_add_pPr().insert(0, parse_xml(f'<w:numPr xmlns:w="{W}">{properties}</w:numPr>'))
    return style


def add_table_style(document: WordDocument, name: str, color: str = "006633") -> None:
    """A table style that somebody made, with lines."""
    document.styles.element.append(
        parse_xml(
            f'<w:style xmlns:w="{W}" w:type="table" w:customStyle="1" w:styleId="{name.replace(" ", "")}">'
            f'<w:name w:val="{name}"/><w:tblPr><w:tblBorders>'
            f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{color}"/></w:tblBorders></w:tblPr>'
            "</w:style>"
        )
    )


def german() -> WordDocument:
    """Made by another program in German: its headings, lists and tables have German names."""
    document = bare()
    for level, size in ((1, 18), (2, 14), (3, 12), (4, 11)):
        add_style(document, f"Überschrift {level}", outline=level - 1, size=size, color="8A1538")
    add_style(document, "Titel", size=26, color="8A1538")
    add_style(document, "Tabelleninhalt", size=9)
    add_style(document, "Tabellenüberschrift", size=9)
    add_style(document, "Zitat")
    add_list_style(document, "Aufzählungszeichen", "–")
    add_list_style(document, "Listennummer", "%1)")
    document.add_paragraph("{{ report }}")
    return document


def own_names() -> WordDocument:
    """Every style by a name no program knows, based on Normal."""
    document = bare()
    add_style(document, "ACME Heading", outline=0, size=20, color="0B5394")
    add_style(document, "ACME Section", outline=1, size=15, color="0B5394")
    add_style(document, "ACME Shout", size=30, color="B00000")
    add_style(document, "ACME Body").font.name = "Georgia"
    add_list_style(document, "ACME Points", "►")
    add_list_style(document, "ACME Steps", "%1.")
    add_table_style(document, "ACME Grid")
    add_table_style(document, "ACME Plain")
    document.add_paragraph("{{ report }}")
    return document
