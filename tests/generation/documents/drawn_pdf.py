"""A PDF page drawn by hand: texts where they are put, ruling lines where they run."""

from collections.abc import Sequence

Text = tuple[float, float, str]
Line = tuple[float, float, float, float]
DrawnPage = tuple[Sequence[Text], Sequence[Line]]


def draw_pdf(pages: Sequence[DrawnPage], *, turned: bool = False) -> bytes:
    """Each page is texts (x, y from the foot, text) and lines (x, y, x, y), in points on A4.

    `turned` writes all upwards, as landscape pages often are.
    """
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for texts, lines in pages:
        kids.append(f"{len(objects) + 1} 0 R")
        matrix = "0 1 -1 0 595 0" if turned else "1 0 0 1 0 0"
        shown = "".join(f"BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n" for x, y, text in texts)
        ruled = "".join(f"{a} {b} m {c} {d} l S\n" for a, b, c, d in lines)
        stream = f"q {matrix} cm\n{ruled}{shown}Q"
        about = "/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(f"<</Type/Page{about}/Contents {len(objects) + 2} 0 R>>")
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    return _write_file(objects)


def _write_file(objects: Sequence[str]) -> bytes:
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj{content}endobj\n".encode("latin-1")
    entries = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}{trailer}\n"
    return written + f"{table}startxref\n{len(written)}\n%%EOF".encode()


def lay_rows(
    rows: Sequence[Sequence[str]], columns: Sequence[float], top: float = 700, pitch: float = 16
) -> list[Text]:
    """Texts of a table: its rows from `top` down, cells from `columns` on; empty ones are left out."""
    return [
        (x, top - pitch * number, cell)
        for number, row in enumerate(rows)
        for x, cell in zip(columns, row, strict=True)
        if cell
    ]


def draw_grid(xs: Sequence[float], ys: Sequence[float]) -> list[Line]:
    """Every line of a grid."""
    across = [(xs[0], y, xs[-1], y) for y in ys]
    return across + [(x, ys[0], x, ys[-1]) for x in xs]
