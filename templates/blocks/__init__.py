"""The kinds of block there are. A new kind is one file here and one line in the list below."""

from typing import Any

from templates.blocks.base import BlockType
from templates.blocks.bullets import Bullets
from templates.blocks.date_or_duration import DateOrDuration
from templates.blocks.long_text import LongText
from templates.blocks.selection import Selection
from templates.blocks.table import Table

KINDS: dict[str, BlockType[Any, Any]] = {
    block_type.kind: block_type
    for block_type in (
        LongText(),
        Table(),
        Bullets(),
        Selection(),
        DateOrDuration(),
    )
}
