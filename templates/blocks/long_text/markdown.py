"""Markdown, as models write it, read into a Tiptap document."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from templates.blocks.rich_text import Attributes, Mark, Node, doc, inline, is_safe, paragraph, plain

# Off: what models do not mean when they write it. A rule under a paragraph is no heading, an indented line no
# code, a line that begins with a tag no page, and "[1]: the minutes" must not vanish.
_PARSER = (
    MarkdownIt("commonmark")
    .enable(["table", "strikethrough"])
    .disable(["lheading", "code", "html_block", "reference"])
)
# A line from its first letter on: list and heading signs, closed marks and links, and what is no mark.
_SETTLED = re.compile(
    r"\s*(?:(?:[*+-]|\d+[.)]|>|#+)\s+)*(?:\*\*[^*]+\*\*|\*[^*]+\*|\[[^\]]*\]\([^)]*\)|[^*\[])*"
)
_BREAKS = ("<br>", "<br/>", "<br />")
_LONGEST_TITLE = 10
_MARKS = {"strong": "bold", "em": "italic", "s": "strike"}


def read_markdown(text: str) -> Node:
    """The document in `text`. Tables become a paragraph per row; images their description."""
    try:
        tree = SyntaxTreeNode(_PARSER.parse(_unfence(text)))
        return doc([node for child in tree.children for node in _blocks(child)])
    except RecursionError:
        # A model that has lost its way can write ten thousand asterisks.
        return doc([paragraph(line) for line in text.split("\n") if line.strip()])


def drop_open_marks(text: str) -> str:
    """`text`, which goes on, without the mark its last line has not closed yet and what stands after it."""
    *lines, last = text.split("\n")
    settled = _SETTLED.match(last)
    return "\n".join([*lines, settled[0] if settled else ""])


def drop_title(document: Node) -> Node:
    """`document` without a title over the whole of it: the block has its own."""
    first, *rest = document.content
    if not rest:
        return document
    if first.type == "heading":
        level = _level(first)
        others = [node for node in rest if node.type == "heading" and _level(node) <= level]
    elif _is_bold_line(first):
        others = [node for node in rest if node.type == "heading" or _is_bold_line(node)]
    else:
        return document
    return document if others else doc(rest)


def _level(heading: Node) -> int:
    return (heading.attrs.level if heading.attrs else None) or 1


def _is_bold_line(node: Node) -> bool:
    bold = all(any(mark.type == "bold" for mark in child.marks) for child in node.content)
    words = plain(node).split()
    short = 0 < len(words) <= _LONGEST_TITLE and not words[-1].endswith((".", "!", "?"))
    return node.type == "paragraph" and bold and short


def _unfence(text: str) -> str:
    """`text` without the code fence some models put around a whole answer."""
    stripped = text.strip()
    fences = stripped.count("```")
    if stripped.startswith("```") and (fences == 1 or (fences == 2 and stripped.endswith("```"))):
        head, newline, rest = stripped.partition("\n")
        return rest.removesuffix("```") if newline else head.strip("`")
    return text


def _blocks(node: SyntaxTreeNode) -> Iterator[Node]:
    match node.type:
        case "paragraph":
            yield Node(type="paragraph", content=_trim(_inline(node)))
        case "heading":
            level = Attributes(level=min(int(node.tag[1]), 4))
            yield Node(type="heading", attrs=level, content=_trim(_inline(node)))
        case "bullet_list":
            yield Node(type="bulletList", content=_items(node))
        case "ordered_list":
            start = Attributes(start=int(node.attrs.get("start", 1)))
            yield Node(type="orderedList", attrs=start, content=_items(node))
        case "blockquote":
            content = tuple(block for child in node.children for block in _blocks(child))
            yield Node(type="blockquote", content=content or (paragraph(""),))
        case "table":
            yield from _rows(node)
        case "fence":
            yield paragraph(node.content.strip("\n"))
        case "hr":
            return
        case _:
            yield paragraph(node.content)


def _items(node: SyntaxTreeNode) -> tuple[Node, ...]:
    return tuple(Node(type="listItem", content=_item(item)) for item in node.children)


def _item(item: SyntaxTreeNode) -> tuple[Node, ...]:
    """One paragraph, then at most one nested list: what the editor's list item may hold."""
    blocks = [block for child in item.children for block in _blocks(child)]
    lists = [block for block in blocks if block.type in ("bulletList", "orderedList")]
    texts = [block for block in blocks if block not in lists]
    first: list[Node] = []
    for text in texts:
        flat = text.content if text.type in ("paragraph", "heading") else tuple(inline(plain(text)))
        first += [Node(type="hardBreak"), *flat] if first else flat
    nested = [
        Node(
            type=lists[0].type,
            attrs=lists[0].attrs,
            content=tuple(entry for entries in lists for entry in entries.content),
        )
    ] if lists else []  # fmt: skip
    return (Node(type="paragraph", content=tuple(first)), *nested)


def _rows(table: SyntaxTreeNode) -> Iterator[Node]:
    for row in (row for part in table.children for row in part.children):
        cells = ["".join(plain(node) for node in _inline(cell)).strip() for cell in row.children]
        yield paragraph(" | ".join(cells))


def _inline(node: SyntaxTreeNode) -> tuple[Node, ...]:
    children = node.children[0].children if node.children else []
    return tuple(_join(list(_spans(children, ()))))


def _spans(nodes: Sequence[SyntaxTreeNode], marks: tuple[Mark, ...]) -> Iterator[Node]:
    underlined = False
    for node in nodes:
        here = (*marks, Mark(type="underline")) if underlined else marks
        match node.type:
            case "text" | "code_inline":
                yield from inline(node.content, here)
            case "softbreak":
                yield from inline(" ", here)
            case "hardbreak":
                yield Node(type="hardBreak")
            case "strong" | "em" | "s":
                yield from _spans(node.children, (*here, Mark.model_validate({"type": _MARKS[node.type]})))
            case "link":
                yield from _spans(node.children, _linked(here, str(node.attrs.get("href", ""))))
            case "html_inline" if node.content.lower() in _BREAKS:
                yield Node(type="hardBreak")
            case "html_inline" if node.content.lower() in ("<u>", "</u>"):
                underlined = node.content.lower() == "<u>"
            case "html_inline" if node.content.startswith("<!--"):
                pass
            case "image":
                yield from inline(node.content, here)
            case _:
                yield from inline(node.content, here)


def _linked(marks: tuple[Mark, ...], href: str) -> tuple[Mark, ...]:
    link = Mark(type="link", attrs=Attributes(href=href))
    return (*marks, link) if is_safe(link) else marks


def _join(nodes: list[Node]) -> list[Node]:
    """`nodes` with neighbouring texts of the same marks made one, as an editor would store them."""
    joined: list[Node] = []
    for node in nodes:
        last = joined[-1] if joined else None
        if last and last.type == node.type == "text" and last.marks == node.marks:
            joined[-1] = Node(type="text", text=last.text + node.text, marks=node.marks)
        else:
            joined.append(node)
    return joined


def _trim(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """`nodes` without a line break at either end."""
    kept = list(nodes)
    while kept and kept[-1].type == "hardBreak":
        kept.pop()
    while kept and kept[0].type == "hardBreak":
        kept.pop(0)
    return tuple(kept)
