"""The native lists of the default style: bullets and numbers, nine levels each."""

from templates.word.body import LAST_LIST_LEVEL, LIST_INDENT, ListStart

BULLETS = 1
NUMBERS = 2
_GLYPHS = "•–▪"
_FORMATS = ("decimal", "lowerLetter", "lowerRoman")
_STYLES = ("", "2", "3")


def numbering_xml() -> str:
    """The two definitions; number 1 and 2 are what the styles List Bullet and List Number use."""
    return (
        _definition(BULLETS, "".join(_bullet_level(n) for n in _levels()))
        + _definition(NUMBERS, "".join(_number_level(n) for n in _levels()))
        + f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="{BULLETS}"/></w:num>'
        + f'<w:num w:numId="{NUMBERS}"><w:abstractNumId w:val="{NUMBERS}"/></w:num>'
    )


def list_xml(started: ListStart) -> str:
    """The `w:num` of one list; an ordered one restarts all its levels."""
    definition = NUMBERS if started.ordered else BULLETS
    restarts = "".join(
        f'<w:lvlOverride w:ilvl="{n}"><w:startOverride'
        f' w:val="{started.start if n == started.level else 1}"/></w:lvlOverride>'
        for n in (_levels() if started.ordered else ())
    )
    return f'<w:num w:numId="{started.list_id}"><w:abstractNumId w:val="{definition}"/>{restarts}</w:num>'


def _levels() -> range:
    return range(LAST_LIST_LEVEL + 1)


def _definition(number: int, levels: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="00F111{number:02X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="00F112{number:02X}"/>{levels}</w:abstractNum>'
    )


def _bullet_level(level: int) -> str:
    return _level(level, "bullet", _GLYPHS[level % len(_GLYPHS)], "ListBullet")


def _number_level(level: int) -> str:
    return _level(level, _FORMATS[level % len(_FORMATS)], f"%{level + 1}.", "ListNumber")


def _level(level: int, number_format: str, text: str, style: str) -> str:
    linked = f'<w:pStyle w:val="{style}{_STYLES[level]}"/>' if level < len(_STYLES) else ""
    left = LIST_INDENT * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{linked}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{left}" w:hanging="{LIST_INDENT}"/></w:pPr></w:lvl>'
    )
