"""Form fields of a Word file: content controls and legacy fields, as boxes and choices."""

from collections.abc import Sequence
from dataclasses import dataclass

from signals.clean import clean_text
from templates.word.package import Element, child, is_on, local, number, value
from templates.word.parts import Choice


@dataclass(frozen=True)
class Box:
    """One checkbox; the text beside it is its option."""

    checked: bool

    @property
    def sign(self) -> str:
        return "☒" if self.checked else "☐"


@dataclass(frozen=True)
class Control:
    """A content control: the field it is, if it is one, and whether it only shows its placeholder."""

    field: Box | Choice | None
    placeholder: bool
    # A table of contents that Word made of the headings.
    contents: bool = False

    def filled(self, text: str) -> Box | Choice:
        """The field with what stands in it."""
        if isinstance(self.field, Choice):
            chosen = () if self.placeholder or not text.strip() else (text.strip(),)
            return Choice(self.field.options, chosen)
        assert self.field is not None
        return self.field


def read_control(sdt: Element) -> Control:
    """What kind of control this is; a drop-down comes without its chosen option."""
    field: Box | Choice | None = None
    placeholder = contents = False
    properties = child(sdt, "sdtPr")
    for found in properties if properties is not None else ():
        match local(found.tag):
            case "showingPlcHdr":
                placeholder = is_on(found)
            case "docPartObj":
                contents = value(child(found, "docPartGallery")) == "Table of Contents"
            case "dropDownList" | "comboBox":
                field = Choice(_options(found), ())
            case "checkbox":
                field = Box(is_on(child(found, "checked")))
    return Control(field, placeholder, contents)


def legacy_field(data: Element | None) -> Box | Choice | None:
    """The drop-down or checkbox that a field of Word 97 describes, None for a text field."""
    box, drop = child(data, "checkBox"), child(data, "ddList")
    if box is not None:
        state = child(box, "checked")
        return Box(is_on(state if state is not None else child(box, "default")))
    if drop is None:
        return None
    options = tuple(clean_text(value(e) or "") for e in drop if local(e.tag) == "listEntry")
    result = value(child(drop, "result")) or value(child(drop, "default"))
    return Choice(options, options[number(result) :][:1])


def plain_text(pieces: Sequence[str | Box | Choice]) -> str:
    """A line's pieces as a reader sees them on paper."""
    text = "".join(
        piece if isinstance(piece, str) else piece.sign if isinstance(piece, Box) else ", ".join(piece.chosen)
        for piece in pieces
    )
    return text if text.isprintable() else clean_text(text)


def choice_beside(pieces: Sequence[str | Box | Choice]) -> tuple[str, Choice]:
    """The question in front of a line's boxes and the choice they form.

    Options follow their boxes, unless nothing follows the last box: then they stand before. A box
    without any text beside it is no option.
    """
    stretches, boxes = [""], []
    for piece in pieces:
        if isinstance(piece, Box):
            boxes.append(piece)
            stretches.append("")
        else:
            stretches[-1] += plain_text([piece])
    stretches = [" ".join(stretch.split()) for stretch in stretches]
    before = bool(stretches[0]) and not stretches[-1]
    options = stretches[:-1] if before else stretches[1:]
    chosen = [option for option, box in zip(options, boxes, strict=True) if option and box.checked]
    return "" if before else stretches[0], Choice(tuple(filter(None, options)), tuple(chosen), many=True)


def _options(drop: Element) -> tuple[str, ...]:
    entries = [entry for entry in drop if local(entry.tag) == "listItem"]
    shown = [clean_text(value(e, "displayText") or value(e, "value") or "") for e in entries]
    # Word's own first entry, "Choose an item.", is the only one without a text to display or a value.
    named = any(value(e, "displayText") is not None for e in entries)
    return tuple(
        text
        for text, e in zip(shown, entries, strict=True)
        if text and value(e, "value") != "" and (value(e, "displayText") is not None or not named)
    )
