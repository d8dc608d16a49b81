"""A Tiptap document written as native Word paragraphs, headings and lists, and read from them."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from templates.blocks.rich_text import Attributes, Node, inline, paragraph, plain, runs
from templates.word.body import Body, Run
from templates.word.parts import Heading, ListItem, Paragraph


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


def read_parts(parts: Sequence[Heading | Paragraph | ListItem]) -> list[Node]:
    """The nodes of running text; list items next to each other make one list."""
    nodes: list[Node] = []
    for is_list, run in groupby(parts, key=lambda part: isinstance(part, ListItem)):
        if is_list:
            nodes += _read_lists([part for part in run if isinstance(part, ListItem)])
        else:
            nodes += [_read_text(part) for part in run]
    return nodes


def _read_text(part: Heading | Paragraph | ListItem) -> Node:
    if isinstance(part, Heading):
        # Word headings stand a level below the block's own.
        level = min(max(part.level - 1, 1), 3)
        return Node(type="heading", attrs=Attributes(level=level), content=tuple(inline(part.text)))
    is_quote = isinstance(part, Paragraph) and "quot" in part.style.casefold()
    return Node(type="blockquote", content=(paragraph(part.text),)) if is_quote else paragraph(part.text)


def _read_lists(items: Sequence[ListItem]) -> list[Node]:
    """Lists from items with their levels; one that stands too deep stands below the item above it."""
    entries: list[tuple[bool, Node]] = []
    n = 0
    while n < len(items):
        end = n + 1
        while end < len(items) and items[end].level > items[n].level:
            end += 1
        inside = (paragraph(items[n].text), *_read_lists(items[n + 1 : end]))
        entries.append((items[n].ordered, Node(type="listItem", content=inside)))
        n = end
    return [
        Node(type="orderedList" if ordered else "bulletList", content=tuple(node for _, node in run))
        for ordered, run in groupby(entries, key=lambda entry: entry[0])
    ]


def _is_list(node: Node) -> bool:
    return node.type in ("bulletList", "orderedList")


def _joined(nodes: Iterable[Node]) -> list[Run]:
    joined: list[Run] = []
    for node in nodes:
        inside = runs(node) if node.type in ("paragraph", "heading") else [Run(plain(node))]
        joined += [Run("\n"), *inside] if joined else inside
    return joined
