"""The default house style: calm, in a typeface with the same measures in Word and LibreOffice."""

from templates.word.language import language_attribute
from templates.word.numbering import BULLETS, NUMBERS

# Liberation Sans has Arial's widths, so pages break alike with and without Microsoft's fonts.
_FONT = "Arial"
_NAVY = "1F3A5F"
_SLATE = "4A5B6C"
_GREY = "5F6B76"
_RULE = "C5CED8"


def styles_xml(language: str) -> str:
    """The content of `w:styles`, its proofing language set to the tag `language`."""
    return "".join(
        [
            _defaults(language),
            _LATENT,
            _BASE,
            *_titles(),
            *_contents(),
            *_headings(),
            *_lists(),
            *_texts(),
            _FILL_TABLE,
        ]
    )


def _defaults(language: str) -> str:
    fonts = f'w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:cs="{_FONT}" w:eastAsia="{_FONT}"'
    tags = {"val": "en-GB", "eastAsia": "en-GB", "bidi": "ar-SA", language_attribute(language): language}
    lang = " ".join(f'w:{name}="{tag}"' for name, tag in tags.items())
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        f"<w:lang {lang}/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="140" w:line="283" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )


# Word offers only what stands in this file, none of its other built-in styles.
_LATENT = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"'
    ' w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
)
_BASE = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    '<w:pPr><w:widowControl/></w:pPr></w:style><w:style w:type="character" w:default="1"'
    ' w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/>'
    '<w:semiHidden/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
    '</w:tblCellMar></w:tblPr></w:style><w:style w:type="numbering" w:default="1" w:styleId="NoList">'
    '<w:name w:val="No List"/><w:semiHidden/></w:style><w:style w:type="character" w:styleId="Hyperlink">'
    '<w:name w:val="Hyperlink"/><w:uiPriority w:val="99"/><w:rPr><w:color w:val="0B5394"/>'
    '<w:u w:val="single"/></w:rPr></w:style>'
)


def _titles() -> list[str]:
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="8" w:color="{_NAVY}"/></w:pBdr>'
    return [
        _style(
            "Title",
            "Title",
            f"<w:keepNext/><w:keepLines/>{rule}{_spacing(0, 200, 252)}<w:contextualSpacing/>",
            f"<w:b/><w:bCs/>{_font_look(_NAVY, 48)}",
            following="Subtitle",
        ),
        _style("Subtitle", "Subtitle", f"<w:keepNext/>{_spacing(0, 320)}", _font_look(_GREY, 24)),
    ]


def _headings() -> list[str]:
    looks = [
        (_NAVY, 32, 400, 140),
        (_NAVY, 26, 320, 100),
        (_SLATE, 23, 260, 80),
        (_SLATE, 21, 220, 60),
        (_GREY, 21, 200, 60),
        (_GREY, 20, 200, 60),
    ]
    return [
        _style(
            f"Heading{level}",
            f"heading {level}",
            f'<w:keepNext/><w:keepLines/>{_spacing(before, after, 259)}<w:outlineLvl w:val="{level - 1}"/>',
            f"<w:b/><w:bCs/>{_font_look(color, size)}",
        )
        for level, (color, size, before, after) in enumerate(looks, start=1)
    ]


def _contents() -> list[str]:
    looks = [(80, "<w:b/><w:bCs/>"), (0, ""), (0, f'<w:color w:val="{_GREY}"/>')]
    entries = [
        _style(
            f"TOC{level}",
            f"toc {level}",
            f'{_spacing(before, 40)}<w:ind w:left="{(level - 1) * 240}"/>',
            run,
            following="Normal",
        )
        for level, (before, run) in enumerate(looks, start=1)
    ]
    heading = _style(
        "TOCHeading",
        "TOC Heading",
        f"<w:keepNext/>{_spacing(240, 120)}",
        f"<w:b/><w:bCs/>{_font_look(_NAVY, 26)}",
        following="Normal",
    )
    return [heading, *entries]


def _lists() -> list[str]:
    return [
        _style(
            f"List{kind}{suffix}",
            f"List {kind} {suffix}".strip(),
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>{_spacing(0, 120)}',
            "",
            following=None,
        )
        for kind, number in (("Bullet", BULLETS), ("Number", NUMBERS))
        for level, suffix in enumerate(("", "2", "3"))
    ]


def _texts() -> list[str]:
    bar = '<w:left w:val="single" w:sz="{}" w:space="{}" w:color="{}"/>'.format
    quoted = f"<w:pBdr>{bar(18, 12, _RULE)}</w:pBdr>"
    # Borders in the shade's own colour give the notice room above and below its text.
    edge = '<w:{} w:val="single" w:sz="4" w:space="4" w:color="FFF6DD"/>'.format
    amber = (
        f"<w:pBdr>{edge('top')}{bar(36, 8, 'E0A100')}{edge('bottom')}</w:pBdr>"
        '<w:shd w:val="clear" w:color="auto" w:fill="FFF6DD"/>'
    )
    tabs = '<w:tabs><w:tab w:val="right" w:pos="9072"/></w:tabs>'
    under = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{_RULE}"/></w:pBdr>'
    small = _font_look(_GREY, 17)
    indent = '<w:ind w:left="{0}" w:right="{0}"/>'.format
    return [
        _style(
            "Quote",
            "Quote",
            quoted + _spacing(160, 200) + indent(400),
            f'<w:i/><w:iCs/><w:color w:val="{_SLATE}"/>',
            following="Normal",
        ),
        _style(
            "FillNote",
            "Fill Note",
            # A note stays with what it speaks of, also at the end of a page.
            "<w:keepNext/>" + amber + _spacing(120, 200, 259) + '<w:ind w:left="220"/>',
            _font_look("6B4A00", 18),
            following="Normal",
        ),
        _style("TableText", "Table Text", _spacing(40, 40, 252), '<w:sz w:val="18"/><w:szCs w:val="18"/>'),
        _style(
            "TableHeading",
            "Table Heading",
            f"<w:keepNext/>{_spacing(60, 60, 252)}",
            f"<w:b/><w:bCs/>{_font_look(_NAVY, 18)}",
        ),
        _style(
            "TableGap",
            "Table Gap",
            '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="exact"/>',
            "",
        ),
        _style("Header", "header", under + tabs + _spacing(0, 0), small),
        _style("Footer", "footer", tabs + _spacing(0, 0), small),
    ]


_FILL_TABLE = (
    '<w:style w:type="table" w:customStyle="1" w:styleId="FillTable"><w:name w:val="Fill Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
    f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{_NAVY}"/>'
    f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{_NAVY}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/></w:tblBorders></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
    f'<w:bottom w:val="single" w:sz="6" w:space="0" w:color="{_NAVY}"/></w:tcBorders>'
    '<w:shd w:val="clear" w:color="auto" w:fill="E8EDF3"/><w:vAlign w:val="bottom"/></w:tcPr>'
    "</w:tblStylePr></w:style>"
)
_BUILT_IN = ("Title", "Subtitle", "Quote", "header", "footer", "TOC Heading")


def _style(style_id: str, name: str, paragraph: str, run: str, following: str | None = None) -> str:
    built_in = name in _BUILT_IN or name.startswith(("heading ", "List ", "toc "))
    custom = "" if built_in else ' w:customStyle="1"'
    if name.startswith("heading "):
        following = "Normal"
    then = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/>{then}<w:uiPriority w:val="10"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _spacing(before: int, after: int, line: int | None = None) -> str:
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _font_look(color: str, half_points: int) -> str:
    return f'<w:color w:val="{color}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
