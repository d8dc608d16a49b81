"""Presentations: what stands on the slides, in charts and in notes, and what is hidden."""

import pytest

from generation.documents.passages import Place, UnreadableDocument, describe_place
from generation.documents.pipe_tables import tables_in
from tests.generation.documents.conftest import Read, quotes
from tests.generation.documents.packages import relations, zip_parts

NAMES = (
    'xmlns:p="urn:p" xmlns:a="urn:a" xmlns:c="urn:c" xmlns:d="urn:d" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def text(*paragraphs: str) -> str:
    return "".join(
        paragraph if paragraph.startswith("<") else f"<a:p><a:r><a:t>{paragraph}</a:t></a:r></a:p>"
        for paragraph in paragraphs
    )


def shape(*paragraphs: str, holder: str = "", at: tuple[int, int] | None = None) -> str:
    place = f'<p:ph type="{holder}"/>' if holder else ""
    where = f'<p:spPr><a:xfrm><a:off x="{at[0]}" y="{at[1]}"/></a:xfrm></p:spPr>' if at else ""
    body = f"<p:txBody>{text(*paragraphs)}</p:txBody>"
    return f"<p:sp><p:nvSpPr><p:nvPr>{place}</p:nvPr></p:nvSpPr>{where}{body}</p:sp>"


def graphic(content: str) -> str:
    return f"<p:graphicFrame><a:graphic><a:graphicData>{content}</a:graphicData></a:graphic></p:graphicFrame>"


def slide(*shapes: str, show: str = "1") -> str:
    return f'<p:sld {NAMES} show="{show}"><p:cSld><p:spTree>{"".join(shapes)}</p:spTree></p:cSld></p:sld>'


def deck(*slides: str, more: dict[str, str] | None = None) -> bytes:
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, len(slides) + 1))
    return zip_parts(
        {
            "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": f"<p:presentation {NAMES}><p:sldIdLst>{ids}</p:sldIdLst>"
            "</p:presentation>",
            "ppt/_rels/presentation.xml.rels": relations(
                *(("slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1))
            ),
            **{f"ppt/slides/slide{n}.xml": content for n, content in enumerate(slides, 1)},
            **(more or {}),
        }
    )


def test_a_slide_is_its_title_its_points_and_its_free_texts(read: Read) -> None:
    one = slide(
        shape("A box", at=(0, 9_000_000)),
        shape("Budget", "2026", holder="title"),
        shape("Rent", '<a:p><a:pPr lvl="1"/><a:r><a:t>May</a:t></a:r></a:p>', holder="body"),
        shape("7", holder="sldNum"),
    )
    document = read("d.pptx", deck(one))
    assert quotes(document) == ["# Budget 2026", "- Rent\n  - May", "A box"]
    assert (document.pages, document.pages_with_text) == (1, 1)


def test_a_passage_knows_its_slide(read: Read) -> None:
    document = read("d.pptx", deck(slide(shape("One")), slide(shape("Costs", holder="title"), shape("Rent"))))
    assert document.passages[-1].place == Place(headings=("Slide 2", "Costs"))
    assert describe_place(document.passages[-1].place) == "Slide 2 › Costs"
    assert "[slide 2]" in document.text


def test_texts_in_groups_are_read_row_by_row(read: Read) -> None:
    inner = f"<p:grpSp>{shape('second', at=(900, 0))}{shape('first', at=(0, 10))}</p:grpSp>"
    document = read("d.pptx", deck(slide(f"<p:grpSp>{inner}</p:grpSp>")))
    assert quotes(document) == ["first", "second"]


def test_a_table_repeats_its_merged_cells(read: Read) -> None:
    def cell(words: str, merge: str = "other") -> str:
        return f'<a:tc {merge}="1"><a:txBody>{text(words)}</a:txBody></a:tc>'

    top = f"<a:tr>{cell('Half')}{cell('', 'hMerge')}</a:tr>"
    rest = f"<a:tr>{cell('a')}{cell('b')}</a:tr><a:tr>{cell('', 'vMerge')}{cell('c')}</a:tr>"
    (table,) = tables_in(read("d.pptx", deck(slide(graphic(f"<a:tbl>{top}{rest}</a:tbl>")))).text)
    assert (table.header, table.rows) == (("Half", "Half"), (("a", "b"), ("a", "c")))


def test_the_figures_of_a_chart_are_a_table(read: Read) -> None:
    def values(*texts: str) -> str:
        return "".join(f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(texts))

    series = (
        f"<c:ser><c:tx><c:strCache>{values('2026')}</c:strCache></c:tx>"
        f"<c:cat><c:strCache>{values('Rent', 'Heat')}</c:strCache></c:cat>"
        "<c:val><c:numCache><c:formatCode>0%</c:formatCode>"
        f"{values('0.75', '0.25')}</c:numCache></c:val></c:ser>"
    )
    title = f"<c:title><c:tx><c:rich>{text('Shares')}</c:rich></c:tx></c:title>"
    chart = (
        f"<c:chartSpace {NAMES}><c:chart>{title}<c:plotArea>{series}</c:plotArea></c:chart></c:chartSpace>"
    )
    more = {"ppt/slides/_rels/slide1.xml.rels": relations(("chart", "../chart.xml")), "ppt/chart.xml": chart}
    document = read("d.pptx", deck(slide(graphic('<c:chart r:id="rId1"/>')), more=more))
    (table,) = tables_in(document.text)
    assert "Chart: Shares" in document.text
    assert (table.header, table.rows) == (("", "2026"), (("Rent", "75%"), ("Heat", "25%")))


def test_smart_art_and_speaker_notes_are_read(read: Read) -> None:
    points = f"<d:ptLst><d:pt><d:t>{text('Plan')}</d:t></d:pt><d:pt><d:t>{text('Do')}</d:t></d:pt></d:ptLst>"
    notes = slide(shape("Say thanks.", holder="body"), shape("1", holder="sldNum"))
    more = {
        "ppt/slides/_rels/slide1.xml.rels": relations(
            ("diagramData", "../data.xml"), ("notesSlide", "../n.xml")
        ),
        "ppt/data.xml": f"<d:dataModel {NAMES}>{points}</d:dataModel>",
        "ppt/n.xml": notes,
    }
    document = read("d.pptx", deck(slide(graphic('<d:relIds r:dm="rId1"/>')), more=more))
    assert quotes(document) == ["- Plan\n- Do", "Speaker notes: Say thanks."]


def test_hidden_empty_and_pictured_slides_are_named(read: Read) -> None:
    picture = slide(shape("Map", holder="title"), "<p:pic/>")
    document = read("d.pptx", deck(slide(shape("Secret"), show="0"), slide(), picture))
    assert document.warnings == (
        "Slide 2: without text; there may be a picture.",
        "Slide 3: with a picture under the title; words in it were not read.",
        "Slide 1: hidden in the show; read too.",
    )
    assert (document.pages, document.pages_with_text) == (3, 2)


def test_a_presentation_that_declares_entities_is_refused(read: Read) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + slide(shape("&x;"))
    with pytest.raises(UnreadableDocument, match="damaged"):
        read("d.pptx", deck(bomb))


def test_a_cut_presentation_is_refused(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match=r"^“d.pptx” "):
        read("d.pptx", deck(slide(shape("One")))[:-60])
