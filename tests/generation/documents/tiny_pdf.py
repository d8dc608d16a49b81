"""A PDF written by hand: one string a line, one list of lines a page."""

from collections.abc import Sequence

_LOCK = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>/ID[<00><00>]"


def write_pdf(
    pages: Sequence[Sequence[str]], *, missing_pages: int = 0, locked: bool = False, typed: str = ""
) -> bytes:
    """`missing_pages` more are announced than the file holds; `typed` stands in a field of the first page."""
    kids = [f"{4 + 2 * index} 0 R" for index in range(len(pages))]
    kids += [f"{900 + index} 0 R" for index in range(missing_pages)]
    field = f"{4 + 2 * len(pages)} 0 R"
    form = f"/AcroForm<</Fields[{field}]/DR<</Font<</F1 3 0 R>>>>/DA(/F1 10 Tf 0 g)>>" if typed else ""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{form}>>",
        f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for index, lines in enumerate(pages):
        objects += _write_page(lines, 5 + 2 * index, field if typed and not index else "")
    objects.append(
        f"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V({typed})/Rect[100 700 300 720]/F 4/DA(/F1 10 Tf 0 g)>>"
    )
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj{content}endobj\n".encode("latin-1")
    entries = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R{_LOCK if locked else ''}>>"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}{trailer}\n"
    return written + f"{table}startxref\n{len(written)}\n%%EOF".encode()


def _write_page(lines: Sequence[str], contents: int, field: str) -> list[str]:
    shown = "\n".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 10 Tf 14 TL 50 780 Td {shown} ET"
    about = f"/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Annots[{field}]"
    return [
        f"<</Type/Page{about}/Contents {contents} 0 R>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
    ]
