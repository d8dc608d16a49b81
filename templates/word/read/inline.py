"""The text inside one paragraph of a Word file, tracked changes accepted, with its form fields."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from templates.word.package import Element, child, is_on, local, value
from templates.word.parts import Choice
from templates.word.read.forms import Box, legacy_field, plain_text, read_control
from templates.word.read.formulas import write_formula
from templates.word.read.symbols import read_symbol

# What is deleted or moved away, describes, or is an instruction to Word instead of text.
_DELETED = ("del", "moveFrom", "delText", "delInstrText")
_PROPERTIES = ("pPr", "rPr", "sdtPr", "sdtEndPr", "sectPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr")
SKIPPED = frozenset(
    (*_DELETED, *_PROPERTIES, "instrText", "fldData", "rt", "annotationRef", "commentReference")
)
# Raised digits stay raised: 10 to the 6th must not be read as 106.
_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_FIGURE = re.compile(r"[-+−()]?[0-9n]+[()]?")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass
class OpenField:
    """A field Word fills in; until `separate` comes its text is an instruction."""

    muted: bool
    drop: bool


@dataclass
class Line:
    """A paragraph's text and form fields in order; its text boxes and notes, which stand beside it."""

    pieces: list[str | Box | Choice] = field(default_factory=list)
    frames: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    fields: list[OpenField] = field(default_factory=list)
    # Character styles whose text is hidden; whether what comes is hidden or raised; what was left out.
    hidden_styles: Collection[str] = ()
    hiding: bool = False
    raised: bool = False
    left_out: bool = False

    @property
    def text(self) -> str:
        return plain_text(self.pieces)

    def add(self, text: str | None) -> None:
        if not text or any(field.muted for field in self.fields):
            return
        if self.hiding:
            self.left_out = self.left_out or bool(text.strip())
        else:
            self.pieces.append(text.translate(_RAISED) if self.raised and _FIGURE.fullmatch(text) else text)


def read_line(element: Element, line: Line | None = None) -> Line:
    """What stands in a paragraph, or in any element inside one."""
    line = Line() if line is None else line
    for found in element:
        name = local(found.tag)
        if name == "t":
            line.add(found.text)
        elif name == "r":
            _read_run(found, line)
        elif name in _SIGNS:
            line.add(_SIGNS[name])
        elif name not in SKIPPED:
            _read_other(found, name, line)
    return line


def _read_run(run: Element, line: Line) -> None:
    before = line.hiding, line.raised
    properties = child(run, "rPr")
    for found in properties if properties is not None else ():
        name = local(found.tag)
        if name == "vanish":
            line.hiding = is_on(found)
        elif name == "rStyle" and line.hidden_styles and value(found) in line.hidden_styles:
            line.hiding = True
        elif name == "vertAlign":
            line.raised = value(found) == "superscript"
    read_line(run, line)
    line.hiding, line.raised = before


def branch(alternates: Element) -> Element | None:
    """The one branch of mc:AlternateContent to read: the first that holds text, else the first."""
    return next((found for found in alternates if _has_text(found)), child(alternates, "Choice"))


def _has_text(element: Element) -> bool:
    return any(local(found.tag) == "t" for found in element.iter())


def _read_other(found: Element, name: str, line: Line) -> None:
    match name:
        case "AlternateContent":
            if (chosen := branch(found)) is not None:
                read_line(chosen, line)
        case "oMath":
            line.add(write_formula(found))
        case "txbxContent":
            line.frames.append(found)
        case "sdt":
            _read_control(found, line)
        case "fldChar":
            _read_field(found, line)
        case "sym":
            line.add(read_symbol(found))
        case "footnoteReference" | "endnoteReference":
            line.notes.append((name.removesuffix("Reference"), value(found, "id") or ""))
        case _:
            read_line(found, line)


def _read_control(sdt: Element, line: Line) -> None:
    control = read_control(sdt)
    if control.placeholder and control.field is None:
        return
    inside = Line(hidden_styles=line.hidden_styles) if control.field is not None else line
    if (content := child(sdt, "sdtContent")) is not None:
        read_line(content, inside)
    if control.field is not None:
        line.pieces.append(control.filled(inside.text))


def _read_field(character: Element, line: Line) -> None:
    kind = value(character, "fldCharType")
    if kind == "begin":
        form = legacy_field(child(character, "ffData"))
        if form is not None:
            line.pieces.append(form)
        line.fields.append(OpenField(muted=True, drop=isinstance(form, Choice)))
    elif kind == "separate" and line.fields:
        # Some programs write a drop-down's choice out as well.
        line.fields[-1].muted = line.fields[-1].drop
    elif kind == "end" and line.fields:
        line.fields.pop()
