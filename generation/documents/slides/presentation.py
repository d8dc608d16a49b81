"""Presentations (.pptx) slide by slide: titles, texts, tables, the figures of charts, and speaker notes."""

from pathlib import Path

from generation.documents import refusals
from generation.documents.builder import TextBuilder
from generation.documents.parts import add_parts
from generation.documents.passages import ReadDocument
from generation.documents.slides.shapes import has_pictures, read_notes, read_shapes
from generation.documents.zipped import Element, ZippedFile, attribute, local
from templates.word.parts import Heading, ListItem, Paragraph, Part, Table


def read_pptx(path: Path, name: str) -> ReadDocument:
    with ZippedFile(path, name) as file:
        main = next((part for kind, part in file.relations("").values() if kind == "officeDocument"), "")
        presentation = file.xml(main)
        if presentation is None or local(presentation.tag) != "presentation":
            raise refusals.damaged(name)
        return _read_slides(file, _find_slides(file, main, presentation))


def _find_slides(file: ZippedFile, main: str, presentation: Element) -> list[str]:
    """The slides' parts in the order they are shown."""
    relations = file.relations(main)
    order = presentation.find("{*}sldIdLst")
    slides = []
    for slide in order if order is not None else ():
        # Beside its own number, an entry has the id of the relation.
        ids = [text for key, text in slide.attrib.items() if local(key) == "id"]
        slides += [relations[found][1] for found in ids if relations.get(found, ("",))[0] == "slide"]
    return slides


def _read_slides(file: ZippedFile, slides: list[str]) -> ReadDocument:
    builder = TextBuilder()
    hidden, empty, missing, pictured = [], [], [], []
    repeated: set[str] = set()
    for number, part in enumerate(slides, 1):
        slide = file.xml(part)
        if slide is None:
            missing.append(number)
            continue
        parts = _read_slide(file, part, slide, repeated)
        if not parts:
            empty.append(number)
            continue
        if has_pictures(slide) and not any(isinstance(part, Paragraph | ListItem | Table) for part in parts):
            pictured.append(number)
        if attribute(slide, "show") in ("0", "false"):
            hidden.append(number)
        builder.mark(f"slide {number}")
        add_parts(builder, parts, (f"Slide {number}",))
    _warn(builder, missing, "could not be read; the file may be damaged there.")
    _warn(builder, empty, "without text; there may be a picture.")
    _warn(builder, pictured, "with a picture under the title; words in it were not read.")
    _warn(builder, hidden, "hidden in the show; read too.")
    return builder.finish(len(slides), len(slides) - len(empty) - len(missing))


def _read_slide(file: ZippedFile, part: str, slide: Element, repeated: set[str]) -> list[Part]:
    relations = file.relations(part)
    parts = read_shapes(file, slide, relations, repeated)
    # The title heads its slide wherever it stands among the shapes.
    parts.sort(key=lambda part: not isinstance(part, Heading))
    for kind, target in relations.values():
        notes = read_notes(file, target) if kind == "notesSlide" else ""
        if notes:
            parts.append(Paragraph(f"Speaker notes: {notes}"))
    return parts


def _warn(builder: TextBuilder, numbers: list[int], said: str) -> None:
    if numbers:
        named = f"Slide{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
        builder.warnings.append(f"{named}: {said}")
