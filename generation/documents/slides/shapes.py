"""What stands on one slide: texts in shapes and groups, tables, charts and SmartArt."""

from collections.abc import Iterator

from generation.documents.sheets.number_formats import plain, read_format
from generation.documents.zipped import Element, ZippedFile, attribute, local
from templates.word.parts import Heading, ListItem, Paragraph, Part, Table

Relations = dict[str, tuple[str, str]]

_TITLES = ("title", "ctrTitle")
# Dates and slide numbers fill themselves in.
_FILLED_IN = ("dt", "sldNum", "sldImg", "hdr")
_DEEPEST = 50
# Shapes this near in height, a third of an inch, stand in one row.
_ROW = 304_800


def read_shapes(file: ZippedFile, slide: Element, relations: Relations, repeated: set[str]) -> list[Part]:
    """The parts of a slide in the order of its shapes; `repeated` are footers that were read before."""
    tree = slide.find("{*}cSld/{*}spTree")
    return list(_Shapes(file, relations, repeated).read(tree)) if tree is not None else []


def has_pictures(slide: Element) -> bool:
    """Whether a slide shows a picture or an embedded object, whose words are not read."""
    return any(True for _ in slide.iter("{*}pic", "{*}oleObj"))


def read_notes(file: ZippedFile, part: str) -> str:
    """What the speaker wrote under a slide."""
    notes = file.xml(part)
    lines = []
    for shape in notes.iter("{*}sp") if notes is not None else ():
        if _placeholder(shape) == "body":
            lines += [_read_text(paragraph) for paragraph in shape.iterfind("{*}txBody/{*}p")]
    return "\n".join(line for line in lines if line)


class _Shapes:
    def __init__(self, file: ZippedFile, relations: Relations, repeated: set[str]) -> None:
        self._file = file
        self._relations = relations
        self._repeated = repeated

    def read(self, tree: Element, depth: int = 0) -> Iterator[Part]:
        for shape in sorted(tree, key=_reading_order):
            kind = local(shape.tag)
            if kind == "sp":
                yield from self._read_shape(shape)
            elif kind == "graphicFrame":
                yield from self._read_graphic(shape)
            elif kind == "AlternateContent" and len(shape):
                # Choices of the same content, the best first.
                yield from self.read(shape[0], depth + 1)
            elif kind == "grpSp" and depth < _DEEPEST:
                yield from self.read(shape, depth + 1)

    def _read_shape(self, shape: Element) -> Iterator[Part]:
        holder = _placeholder(shape)
        paragraphs = [
            (paragraph, text)
            for paragraph in shape.iterfind("{*}txBody/{*}p")
            if (text := _read_text(paragraph))
        ]
        if not paragraphs or holder in _FILLED_IN:
            return
        if holder in _TITLES:
            yield Heading("\n".join(text for _, text in paragraphs), 1)
        elif holder == "ftr":
            text = "\n".join(text for _, text in paragraphs)
            if text not in self._repeated:
                self._repeated.add(text)
                yield Paragraph(text)
        else:
            listed = holder in ("body", "obj") and len(paragraphs) > 1
            for paragraph, text in paragraphs:
                yield _as_part(paragraph, text, listed)

    def _read_graphic(self, frame: Element) -> Iterator[Part]:
        data = frame.find("{*}graphic/{*}graphicData")
        for content in data if data is not None else ():
            kind = local(content.tag)
            if kind == "tbl":
                yield Table(_read_table(content))
            elif kind == "chart":
                yield from _read_chart(self._related(attribute(content, "id")))
            elif kind == "relIds":
                yield from _read_diagram(self._related(attribute(content, "dm")))

    def _related(self, relation: str) -> Element | None:
        part = self._relations.get(relation, ("", ""))[1]
        return self._file.xml(part) if part else None


def _reading_order(shape: Element) -> tuple[int, int]:
    """Rows from the top, in a row from the left; what the layout places comes first."""
    offset = shape.find("{*}spPr/{*}xfrm/{*}off")
    for place in ("{*}grpSpPr/{*}xfrm/{*}off", "{*}xfrm/{*}off"):
        offset = shape.find(place) if offset is None else offset
    try:
        return (int(offset.get("y")) // _ROW, int(offset.get("x"))) if offset is not None else (-1_000, 0)
    except (TypeError, ValueError):
        return (-1_000, 0)


def _placeholder(shape: Element) -> str:
    """Which place of its layout a shape fills; empty for a free one."""
    holder = shape.find("{*}nvSpPr/{*}nvPr/{*}ph")
    return "" if holder is None else holder.get("type", "obj")


def _as_part(paragraph: Element, text: str, listed: bool) -> Part:
    look = paragraph.find("{*}pPr")
    marks = {local(mark.tag) for mark in look} if look is not None else set()
    level = attribute(look, "lvl") if look is not None else ""
    if (
        listed or level not in ("", "0") or marks & {"buChar", "buAutoNum", "buBlip"}
    ) and "buNone" not in marks:
        return ListItem(text, int(level) if level.isdecimal() else 0, "buAutoNum" in marks)
    return Paragraph(text)


def _read_text(paragraph: Element) -> str:
    texts = []
    for run in paragraph.iter("{*}t", "{*}br"):
        # Formulas have a text of their own of the same name.
        texts.append("\n" if local(run.tag) == "br" else run.text or "")
    return "".join(texts).strip()


def _read_table(table: Element) -> tuple[tuple[str, ...], ...]:
    """Merged cells are repeated, as in Word tables."""
    rows: list[list[str]] = []
    for row in table.iterfind("{*}tr"):
        texts: list[str] = []
        for cell in row.iterfind("{*}tc"):
            if attribute(cell, "hMerge") in ("1", "true") and texts:
                texts.append(texts[-1])
            elif attribute(cell, "vMerge") in ("1", "true") and rows and len(texts) < len(rows[-1]):
                texts.append(rows[-1][len(texts)])
            else:
                lines = (_read_text(paragraph) for paragraph in cell.iterfind("{*}txBody/{*}p"))
                texts.append("\n".join(line for line in lines if line))
        rows.append(texts)
    width = max(map(len, rows), default=0)
    return tuple((*row, *("",) * (width - len(row))) for row in rows)


def _read_chart(chart: Element | None) -> Iterator[Part]:
    """The figures behind a chart: a row for each category, a column for each series."""
    if chart is None:
        return
    titles = [_read_text(paragraph) for paragraph in chart.iterfind("{*}chart/{*}title/{*}tx/{*}rich/{*}p")]
    yield Paragraph(": ".join(filter(None, ("Chart", *titles))))
    series = list(chart.iter("{*}ser"))
    names = [_cached(one.find("{*}tx")) for one in series]
    categories: dict[int, str] = {}
    columns = []
    for one in series:
        for place in ("cat", "xVal"):
            categories |= {
                index: text
                for index, text in _cached(one.find(f"{{*}}{place}")).items()
                if index not in categories
            }
        values = one.find("{*}val")
        columns.append(_cached(values if values is not None else one.find("{*}yVal")))
    indexes = sorted({index for column in (categories, *columns) for index in column})
    header = ("", *(name.get(0, f"Series {number}") for number, name in enumerate(names, 1)))
    rows = ((categories.get(index, ""), *(column.get(index, "") for column in columns)) for index in indexes)
    if indexes and columns:
        yield Table((header, *rows))


def _cached(reference: Element | None) -> dict[int, str]:
    """The values a chart keeps of the cells it was made from, by their index."""
    if reference is None:
        return {}
    code = reference.find(".//{*}formatCode")
    show = read_format(code.text) if code is not None and code.text else None
    values: dict[int, str] = {}
    for point in reference.iter("{*}pt"):
        index, text = attribute(point, "idx"), point.findtext("{*}v") or ""
        if index.isdecimal() and int(index) not in values:
            values[int(index)] = _show(text, show) if code is not None else text.strip()
    written = reference.findtext("{*}v")
    return values or ({0: written.strip()} if written else {})


def _show(text: str, show: object) -> str:
    try:
        value = float(text)
    except ValueError:
        return text.strip()
    return show(value) if callable(show) else plain(value)


def _read_diagram(data: Element | None) -> Iterator[Part]:
    """The texts of SmartArt, as a list in the order they are kept."""
    for point in data.iter("{*}pt") if data is not None else ():
        lines = [_read_text(paragraph) for paragraph in point.iterfind("{*}t/{*}p")]
        text = "\n".join(line for line in lines if line)
        if text:
            yield ListItem(text)
