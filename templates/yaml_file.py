"""Templates as YAML files: read with the line of each mistake, written so that nothing is lost."""

import re
from typing import Any

import yaml

from templates.body import InvalidBody, Path, TemplateBody, read_body

_LARGEST_FILE = 1_000_000


class InvalidFile(ValueError):
    """The file is not a template; `lines` holds (line number, message) for all that is wrong."""

    def __init__(self, lines: list[tuple[int, str]]) -> None:
        super().__init__("\n".join(f"{line}: {message}" for line, message in lines))
        self.lines = lines


class _Loader(yaml.SafeLoader):
    """YAML 1.2's idea of a boolean, and no dates: an option called No stays the word No."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9]\d*)$"), list("-0123456789"))


def read_file(text: str) -> TemplateBody:
    """The template in a YAML text. Raises `InvalidFile` with the line of every mistake."""
    root = _compose(text)
    lines: dict[Path, int] = {}
    _note_lines(root, (), lines)
    try:
        return read_body(_Loader("").construct_document(root))
    except InvalidBody as error:
        raise InvalidFile(
            sorted((_line_of(mistake.path, lines), _said(mistake.path, mistake.message)) for mistake in error.mistakes)
        ) from error


def write_file(body: TemplateBody) -> str:
    """`body` as YAML that `read_file` reads back as the same body."""
    return yaml.safe_dump(body.dump(), sort_keys=False, allow_unicode=True, width=100)


def _compose(text: str) -> yaml.Node:
    if len(text) > _LARGEST_FILE:
        raise InvalidFile([(1, "the file is too large for a template")])
    try:
        for token in yaml.scan(text, Loader=_Loader):
            if isinstance(token, yaml.AliasToken):
                line = token.start_mark.line + 1
                raise InvalidFile([(line, "aliases (*name) cannot be used; write the text out")])
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InvalidFile([(mark.line + 1 if mark else 1, error.problem or "this is not YAML")]) from error
    except yaml.YAMLError as error:
        raise InvalidFile([(1, f"this is not YAML: {error}")]) from error
    if not isinstance(root, yaml.MappingNode):
        raise InvalidFile([(1, "a template file starts with keys such as “fill: 1” and “name: …”")])
    return root


def _note_lines(node: yaml.Node, path: Path, lines: dict[Path, int]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _note_lines(child, (*path, index), lines)
    elif isinstance(node, yaml.MappingNode):
        seen: set[Any] = set()
        for key, value in node.value:
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
