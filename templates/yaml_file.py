"""Templates as YAML files: read with the line of each mistake, written so that nothing is lost."""

import re
from typing import Any

import yaml

from templates.body import TemplateBody, read_body
from templates.mistakes import InvalidBody, Path

_LARGEST_FILE = 1_000_000


class InvalidFile(ValueError):
    """The file is not a template; `lines` holds (line number, message) for all that is wrong."""

    def __init__(self, lines: list[tuple[int, str]]) -> None:
        super().__init__("\n".join(f"{line}: {message}" for line, message in lines))
        self.lines = lines


class _Loader(yaml.SafeLoader):
    """A word is a word unless it is plainly true, false, null or a number: an option called No stays No.

    All that is resolved here, YAML 1.1 resolves alike: whatever PyYAML writes is read back as it was.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node; an alias is refused, for a few of them can make a file of any size."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(
                problem="aliases (*name) cannot be used; write the text out", problem_mark=mark
            )
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9]\d{0,17})$"), list("-0123456789")
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?\d+\.\d+$"), list("-0123456789"))


def read_file(text: str) -> TemplateBody:
    """The template in a YAML text. Raises `InvalidFile` with the line of every mistake."""
    try:
        root = _compose(text)
        lines: dict[Path, int] = {}
        _note_lines(root, (), lines)
        return read_body(_construct(root))
    except RecursionError as error:
        raise InvalidFile([(1, "the file is nested too deep for a template")]) from error
    except InvalidBody as error:
        raise InvalidFile(
            sorted(
                (_line_of(mistake.path, lines), _said(mistake.path, mistake.message))
                for mistake in error.mistakes
            )
        ) from error


def read_keys(text: str) -> Any:
    """The keys and values in any other YAML text. Raises `InvalidFile` where it is no YAML."""
    try:
        root = _compose(text)
        _note_lines(root, (), {})
        return _construct(root)
    except RecursionError as error:
        raise InvalidFile([(1, "the file is nested too deep")]) from error


def find_line(text: str, path: Path) -> int:
    """The line at which something stands in a file that could be read, or the line above it."""
    lines: dict[Path, int] = {}
    _note_lines(_compose(text), (), lines)
    return _line_of(path, lines)


def write_file(body: TemplateBody) -> str:
    """`body` as YAML that `read_file` reads back as the same body."""
    return yaml.safe_dump(body.dump(), sort_keys=False, allow_unicode=True, width=100)


def _compose(text: str) -> yaml.Node:
    if len(text) > _LARGEST_FILE:
        raise InvalidFile([(1, "the file is too large for a template")])
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise _invalid(error) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = f"the character U+{ord(text[error.position]):04X} cannot stand in a file"
        raise InvalidFile([(line, message)]) from error
    if not isinstance(root, yaml.MappingNode):
        raise InvalidFile([(1, "a template file starts with keys such as “fill: 1” and “name: …”")])
    return root


def _invalid(error: yaml.MarkedYAMLError) -> InvalidFile:
    mark = error.problem_mark or error.context_mark
    return InvalidFile([(mark.line + 1 if mark else 1, error.problem or "this is not YAML")])


def _construct(root: yaml.Node) -> Any:
    try:
        return _Loader("").construct_document(root)
    except yaml.MarkedYAMLError as error:
        raise _invalid(error) from error


def _note_lines(node: yaml.Node, path: Path, lines: dict[Path, int]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _note_lines(child, (*path, index), lines)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise InvalidFile([(key.start_mark.line + 1, "a key must be a word")])
            if key.value in seen:
                raise InvalidFile([(key.start_mark.line + 1, f"“{key.value}” stands here twice")])
            seen.add(key.value)
            lines[(*path, key.value)] = key.start_mark.line + 1
            _note_lines(value, (*path, key.value), lines)


def _line_of(path: Path, lines: dict[Path, int]) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _said(path: Path, message: str) -> str:
    place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in path)
    return f"{place}: {message}" if place else message
