"""A Tiptap document written as native Word paragraphs, headings and lists."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from templates.blocks.rich_text import Node, plain, runs
from templates.word.body import Body, Run


def write_nodes(nodes: Sequence[Node], body: Body, style: str = "Normal") -> None:
    """Append `nodes` to `body`; headings stand below the block's own."""
    for node in nodes:
        match node.type:
            case "heading":
                level = (node.attrs.level if node.attrs else None) or 1
                body.heading(plain(node), min(level + 1, 4))
            case "bulletList" | "orderedList":
                _write_list(node, body, level=0)
            case "blockquote":
                write_nodes(node.content, body, style="Quote")
            case _:
                body.paragraph(runs(node), style)


def _write_list(node: Node, body: Body, level: int) -> None:
    start = node.attrs.start if node.attrs and node.attrs.start is not None else 1
    number = body.new_list(ordered=node.type == "orderedList", start=start)
    for item in node.content:
        is_begun = False
        for is_list, children in groupby(item.content, key=_is_list):
            if is_list:
                for child in children:
                    _write_list(child, body, level + 1)
            elif is_begun:
                body.list_more(_joined(children), level, number)
            else:
                # Paragraphs of one item stand under one number.
                body.list_item(_joined(children), level, number)
                is_begun = True


def _is_list(node: Node) -> bool:
    return node.type in ("bulletList", "orderedList")


def _joined(nodes: Iterable[Node]) -> list[Run]:
    joined: list[Run] = []
    for node in nodes:
        inside = runs(node) if node.type in ("paragraph", "heading") else [Run(plain(node))]
        joined += [Run("\n"), *inside] if joined else inside
    return joined
