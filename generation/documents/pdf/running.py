"""Page headers, footers and page numbers: lines that stand at the same place of most pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generation.documents.pdf.pages import EDGE, EdgeLine, Page
from generation.documents.pdf.tables import Table

_FEWEST_PAGES = 4
_SHARE = 0.4
# Of the page's height; what stands further in is content, however often it comes back.
_MARGIN = 0.1
_NUMBER = re.compile(r"\d+")

_Key = tuple[str, int]


def drop_running_lines(pages: Sequence[Page | None]) -> list[Page | None]:
    """The pages without running lines, each of which stays where it comes first; page numbers all go."""
    seen: dict[_Key, list[int]] = defaultdict(list)
    for index, page in enumerate(pages):
        for key in {key for line in (page.edges if page else ()) for key in _keys(line, index)}:
            seen[key].append(index)
    enough = max(_FEWEST_PAGES, _SHARE * sum(page is not None and bool(page.parts) for page in pages))
    first = {key: indices[0] for key, indices in seen.items() if len(indices) >= enough}
    return [_drop_lines(page, index, first) if page and first else page for index, page in enumerate(pages)]


def _keys(line: EdgeLine, index: int) -> Iterator[_Key]:
    """The line as it is, and without the page's number, each with its place in hundredths of the page."""
    # A broken font gives no number at all, or one far off the page.
    if not (-1 < line.height <= _MARGIN or 1 - _MARGIN <= line.height < 2):
        return
    places = {round(line.height * 100), round(line.height * 100 + 0.5)}
    counted = _NUMBER.sub(lambda number: f"\0{int(number[0][:9]) - index}", line.text)
    for place in places:
        yield line.text, place
        if counted != line.text:
            yield counted, place


def _drop_lines(page: Page, index: int, first: dict[_Key, int]) -> Page:
    gone: Counter[str] = Counter()
    for line in page.edges:
        found = [key for key in _keys(line, index) if key in first]
        if found and (first[found[0]] != index or _is_number(line.text)):
            gone[line.text] += 1
    if not gone:
        return page
    parts: list[str | Table] = []
    for part in page.parts:
        kept = part if isinstance(part, Table) else _keep_lines(part, gone)
        if kept:
            parts.append(kept)
    return replace(page, parts=parts) if parts else page


def _is_number(text: str) -> bool:
    return not any(map(str.isalpha, text))


def _keep_lines(text: str, gone: Counter[str]) -> str:
    lines = text.splitlines()
    ends = {*range(min(EDGE, len(lines))), *range(max(len(lines) - EDGE, 0), len(lines))}
    for number in sorted(ends, reverse=True):
        if gone[lines[number].strip()] > 0:
            gone[lines[number].strip()] -= 1
            del lines[number]
    return "\n".join(lines).strip()
