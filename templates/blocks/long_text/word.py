"""A Tiptap document written as native Word paragraphs, headings and lists."""

from collections.abc import Sequence

from templates.blocks.rich_text import Node, plain, runs
from templates.word.body import Body


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
    start = (node.attrs.start if node.attrs else None) or 1
    number = body.new_list(ordered=node.type == "orderedList", start=start)
    for item in node.content:
        for child in item.content:
            if child.type in ("bulletList", "orderedList"):
                _write_list(child, body, level + 1)
            else:
                body.list_item(runs(child), level, number)
