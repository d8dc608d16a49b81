"""A report to try a look on: a template's own parts with believable values, and every style once."""

from collections.abc import Sequence

from generation.export import lay_out, show_value, spell_today, write_in_look
from generation.flags import load_fills
from generation.models import Report
from templates.blocks.base import Json, UnreadableAnswer, WantedColumn, count_words
from templates.body import Block, TemplateBody
from templates.models import ReportTemplate
from templates.word.body import Body, Run
from templates.word.report import ReportPart, WordReport

# No block can be called so: it has no place in a house document, and stands behind all that has one.
_STYLES = "every style"
_SENTENCES = (
    "The committee met on 3 March 2026 and agreed a budget of € 12,400.",
    "The roof is to be mended before winter.",
    "Three offers were asked for within 14 days.",
    "Nobody objected.",
    "The lease runs until the end of June.",
    "Costs fell by 4 % against the year before.",
)
_CELLS = {
    "text": ("Mend the roof", "Ask for three offers", "Read the meters"),
    "number": ("12", "3", "140"),
    "money": ("€ 12,400", "€ 350", "€ 1,200"),
    "date": ("3 March 2026", "14 March 2026", "30 June 2026"),
}
_ROWS = 3
_POINTS = 3
_LINK = "https://example.org"


def write_sample(template: ReportTemplate) -> bytes:
    """The .docx of a sample report, in the look of the template's draft."""
    body = template.draft.parsed
    values = _preview_values(template)
    parts = lay_out(body, lambda block, level: _block_part(block, level, body, values.get(block.block)))
    word = WordReport(
        title=body.name,
        subtitle=body.description or "A sample report",
        author="Fill",
        template=body.name,
        date=spell_today(body.language),
        language=body.language,
        parts=(*parts, ReportPart(key=_STYLES, title="Every style once", write=_write_styles)),
        toc=body.word.toc,
    )
    return write_in_look(word, body.word)


class SampleText:
    """What the offline writer finds when there are no documents: a block's own examples, then any words."""

    def __init__(self, block: Block) -> None:
        self._block = block

    def sentences(
        self, about: str, limit: int, most_words: int = 60, in_all: int | None = None, near: bool = False
    ) -> list[str]:
        """A few sentences within the limits."""
        wanted = limit if in_all else min(limit, _POINTS)
        room = in_all or most_words * wanted
        found: list[str] = []
        for sentence in (*self._block.examples, *_SENTENCES):
            words = count_words(sentence)
            if words <= min(most_words, room) and len(found) < wanted:
                found.append(" ".join(sentence.split()))
                room -= words
        return found

    def rows(
        self, columns: Sequence[WantedColumn], about: str, limit: int, least: int = 0
    ) -> list[list[str]]:
        """A few rows that fit the columns' types."""
        count = min(limit, max(_ROWS, least))
        cells = [_CELLS.get(column.type, _CELLS["text"]) for column in columns]
        return [[column[(row + n) % len(column)] for n, column in enumerate(cells)] for row in range(count)]

    def nearest(self, about: str, options: Sequence[str]) -> list[float]:
        """The first option."""
        return [1.0 if n == 0 else 0.0 for n in range(len(options))]


def sample_value(block: Block) -> Json:
    """A value of a block's kind and settings that no model wrote. Raises `UnreadableAnswer`."""
    value = block.type.draft_offline(block.title, block.parsed_settings, SampleText(block))
    dumped: Json = value.model_dump(mode="json")
    return dumped


def _block_part(block: Block, level: int, body: TemplateBody, value: Json | None) -> ReportPart:
    """The block with the value its preview had, else with one made up."""
    part = ReportPart(key=block.block, title=block.title, level=level)
    for make in (lambda _: value, sample_value, _example):
        try:
            if (data := make(block)) is not None:
                return show_value(part, block, data, body.language)
        except UnreadableAnswer:
            continue
    return part


def _example(block: Block) -> Json:
    dumped: Json = block.type.example().value.model_dump(mode="json")
    return dumped


def _preview_values(template: ReportTemplate) -> dict[str, Json]:
    """What the newest preview of the template shows, by block."""
    previews = Report.objects.filter(template=template, purpose=Report.Purpose.PREVIEW, deleted=None)
    report = previews.order_by("-pk").first()
    fills = load_fills(report) if report else {}
    kinds = {block.block: block.kind for block in report.snapshot.parsed.fillable} if report else {}
    now = {block.block: block.kind for block in template.draft.parsed.fillable}
    return {
        key: value
        for key, fill in fills.items()
        if not fill.withheld and key in now and kinds.get(key) == now[key] and (value := fill.current_value)
    }


def _write_styles(body: Body) -> None:
    """A little of everything that has a style."""
    for level in (2, 3, 4):
        body.heading(f"A heading of level {level}", level)
        body.paragraph(_TEXT)
    body.paragraph([Run("A quotation stands apart from the text around it.")], "Quote")
    for ordered, names in ((False, ("A point", "A point below it", "And one below that")), (True, _STEPS)):
        items = body.new_list(ordered=ordered)
        for level, name in enumerate((*names, f"Another {names[0].split()[-1]}")):
            body.list_item([Run(name)], level % len(names), items)
    body.table(["What", "Due", "Cost"], [list(row) for row in zip(*_TABLE, strict=True)], right={2})


_TEXT = [
    Run("Plain text with words in "),
    Run("bold", bold=True),
    Run(" and "),
    Run("italics", italic=True),
    Run(", and "),
    Run("a link", link=_LINK),
    Run(". It runs on for a second line, so that the distance between lines can be seen, and how they end."),
]
_STEPS = ("A step", "A step within it", "And one within that")
_TABLE = (_CELLS["text"], _CELLS["date"], _CELLS["money"])
