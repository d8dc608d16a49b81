"""A template's file with the Word document beside it: opened together, written together."""

import hashlib
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from templates.body import TemplateBody, WordLook
from templates.models import HouseStyle, keep_style, load_style
from templates.packed import UnreadablePackage, is_plain
from templates.word.house import HouseFindings, RoleLook, UnreadableWord, check_house, describe_styles
from templates.yaml_file import InvalidFile, find_line, read_file, write_file

TEMPLATE = "template.yaml"
EXAMPLES = "examples/"
_STYLE = "house.docx"
_AT_STYLE = ("word", "style")


class StyleInTheWay(ValueError):
    """Another file stands where the house document would be written; the message says which."""


@dataclass(frozen=True)
class TemplateFile:
    """A template as its file says it; `findings` and `line` concern its house document, if it has one.

    `missing` is (line, message) for each style that was chosen but is not in that document.
    """

    body: TemplateBody
    style: bytes | None = None
    findings: HouseFindings | None = None
    line: int = 1
    missing: tuple[tuple[int, str], ...] = ()

    @property
    def problems(self) -> list[tuple[int, str]]:
        """(line, message) for what can be filled, but hardly as it was meant."""
        unknown = self.findings.unknown if self.findings else ()
        return [
            (self.line, f"word.style: “{{{{ {name} }}}}” in {self.body.word.style} names no block")
            for name in unknown
        ] + list(self.missing)

    def keep(self) -> TemplateBody:
        """The body, its house document kept in the database."""
        if self.style is not None:
            keep_style(self.style)
        return self.body


def open_template(path: Path) -> TemplateFile:
    """The template in a YAML file. Raises `InvalidFile`, `OSError` or `UnicodeDecodeError`."""
    return read_template(path.read_text(encoding="utf-8-sig"), lambda style: _read_beside(path.parent, style))


def read_template(text: str, find: Callable[[str], bytes | None]) -> TemplateFile:
    """The template in a YAML text; `find` is asked for the content of its house document by its name.

    Raises `InvalidFile`.
    """
    body = read_file(text)
    if not body.word.style:
        return TemplateFile(body)
    line = find_line(text, _AT_STYLE)
    try:
        content = _find_style(body.word, find)
        findings = check_house(content, [block.block for block in body.fillable])
        looks = describe_styles(content, body.word.styles)
    except UnreadableWord as error:
        raise InvalidFile([(line, f"word.style: {body.word.style}: {error}")]) from error
    if wrong := [_say(one, text) for one in looks.problems if one.is_wrong_kind]:
        raise InvalidFile(wrong)
    look = body.word.model_copy(update={"sha256": hashlib.sha256(content).hexdigest()})
    missing = tuple(_say(one, text) for one in looks.problems)
    return TemplateFile(body.model_copy(update={"word": look}), content, findings, line, missing)


def read_packed(files: Mapping[str, bytes]) -> tuple[TemplateFile, set[str]]:
    """The template in the files of a package, and the names of those it is made of.

    Raises `UnreadablePackage` and `InvalidFile`.
    """
    if TEMPLATE not in files:
        raise UnreadablePackage(f"There is no “{TEMPLATE}” in the file. Export the template again.")
    try:
        text = files[TEMPLATE].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadablePackage(f"“{TEMPLATE}” is no text in UTF-8. Save it as UTF-8.") from error
    file = read_template(text, lambda style: files.get(_packed_name(style)))
    return file, {TEMPLATE, _packed_name(file.body.word.style)}


def pack_template(body: TemplateBody) -> dict[str, bytes]:
    """The files of a package that `read_packed` reads as the same body.

    But for the name of the Word file, where a package cannot hold a file of that name.
    """
    content = load_style(body.word)
    if content is None:
        return {TEMPLATE: write_file(body).encode()}
    name = _packed_name(body.word.style)
    if not is_plain(name) or name.casefold() == TEMPLATE or name.casefold().startswith(EXAMPLES):
        name = _STYLE
        body = body.model_copy(update={"word": body.word.model_copy(update={"style": name})})
    return {TEMPLATE: _write_beside_style(body).encode(), name: content}


def write_template(body: TemplateBody, path: Path) -> Path | None:
    """Write a template's file, and its house document beside it; the document's path.

    Raises `StyleInTheWay` before anything is written, and `OSError`.
    """
    content = load_style(body.word)
    if content is None:
        path.write_text(write_file(body), encoding="utf-8")
        return None
    place = path.parent / body.word.style
    if place == path or (place.exists() and not (place.is_file() and place.read_bytes() == content)):
        raise StyleInTheWay(f"“{place}” is there already and is not the style's Word file. Write elsewhere.")
    path.write_text(_write_beside_style(body), encoding="utf-8")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return place


def _say(role: RoleLook, text: str) -> tuple[int, str]:
    """The line of a choice that cannot be used, and why."""
    name = role.role.name
    return find_line(text, ("word", "styles", name)), f"word.styles.{name}: {role.problem}"


def _write_beside_style(body: TemplateBody) -> str:
    """The file of a template whose house document is at hand: which content it has need not be said."""
    look = body.word.model_copy(update={"sha256": ""})
    return write_file(body.model_copy(update={"word": look}))


def _packed_name(style: str) -> str:
    return posixpath.normpath(style.replace("\\", "/"))


def _read_beside(folder: Path, style: str) -> bytes | None:
    place = (folder / style).resolve()
    if not place.is_relative_to(folder.resolve()):
        raise UnreadableWord("It leaves the template's folder. Put the Word file beside the template.")
    return place.read_bytes() if place.is_file() else None


def _find_style(look: WordLook, find: Callable[[str], bytes | None]) -> bytes:
    """The file beside the template, or what was kept of it where the template says which that was."""
    content = find(look.style)
    if look.sha256 and (content is None or hashlib.sha256(content).hexdigest() != look.sha256):
        kept = HouseStyle.objects.filter(sha256=look.sha256).first()
        if kept is None:
            raise UnreadableWord("It differs from the file the sha256 names; take the sha256 out to use it.")
        return bytes(kept.content)
    if content is None:
        raise UnreadableWord("There is no such file beside the template.")
    return content
