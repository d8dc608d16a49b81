"""What of a report is not taken over into its template, in sentences."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from templates.proposing.values import Proposal
from templates.word.package import Element, WordPackage, local
from templates.word.parts import Heading, ListItem, Part, Table

_DEEPEST = 4
_CHANGES = ("ins", "del", "moveFrom", "moveTo")


def find_notes(files: Sequence[bytes], parts: Sequence[Part], proposals: Sequence[Proposal]) -> list[str]:
    """A sentence for each thing that is left out or changed; `parts` are those of the first report."""
    root = WordPackage(BytesIO(files[0])).document()
    return [*_left_out(root), *_changed(parts), *_several(files, proposals)]


def _left_out(root: Element) -> Iterator[str]:
    names: dict[str, int] = {}
    for found in root.iter("{*}*"):
        name = local(found.tag)
        names[name] = names.get(name, 0) + 1
    pictures = len({id(found) for found in root.iter("{*}blip", "{*}imagedata")})
    if pictures:
        yield f"Pictures in the text ({pictures}) are left out; a logo before the first text is kept."
    if names.get("chart"):
        yield f"Charts ({names['chart']}) are left out."
    if names.get("commentReference"):
        yield f"Comments ({names['commentReference']}) are left out."
    notes = names.get("footnoteReference", 0) + names.get("endnoteReference", 0)
    if notes:
        yield f"Footnotes and endnotes ({notes}) are read as text below their paragraphs."
    if names.get("txbxContent"):
        yield "Text boxes are read as text below the paragraph they hang on."
    if any(names.get(name) for name in _CHANGES):
        yield "Tracked changes are read as if all were accepted."


def _changed(parts: Sequence[Part]) -> Iterator[str]:
    tables = [part for part in parts if isinstance(part, Table)]
    merged = sum(bool(table.copies) for table in tables)
    if merged:
        yield f"Tables with merged cells ({merged}): their text stands in each cell they covered."
    if any(isinstance(part, Heading) and part.level > _DEEPEST for part in parts):
        yield f"Headings below level {_DEEPEST} become headings of level {_DEEPEST}."
    if any(isinstance(part, ListItem) and part.ordered for part in parts):
        yield "Short numbered lists become bullets; make them long texts to keep their numbers."
    yield "Bold and italic words are not taken over; headings, lists and tables get the report's own styles."


def _several(files: Sequence[bytes], proposals: Sequence[Proposal]) -> Iterator[str]:
    kept = "kept word for word" if len(files) == 1 else "those of the first report"
    yield f"Headers and footers are {kept}. Check them for what belongs to one case only."
    if len(files) == 1 and any(proposal.what == "block" for proposal in proposals):
        yield "With a second report of the same form, what never changes could be told from what does."
