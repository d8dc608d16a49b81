"""The sample report on which a look is tried: the template's own parts, and every style once."""

from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument

from generation.models import Report
from generation.sample import sample_value, write_sample
from templates.blocks import KINDS
from templates.body import Block, WordLook
from templates.models import ReportTemplate, keep_style
from templates.publish import save_draft
from tests.factories import finish, make_body, make_report
from tests.templates.word.house.files import house, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def template() -> ReportTemplate:
    return save_draft(make_body(), slug="minutes")


def sample(template: ReportTemplate) -> WordDocument:
    return Document(BytesIO(write_sample(template)))


def texts(document: WordDocument) -> list[str]:
    return [one.text for one in document.paragraphs]


def test_it_has_the_templates_own_parts_with_their_settings(template: ReportTemplate) -> None:
    document = sample(template)
    titles = [block.title for block in template.draft.parsed.fillable if block.title]
    assert [text for text in texts(document) if text in titles] == titles
    header = [cell.text for cell in document.tables[0].rows[0].cells]
    assert header == ["Action", "Cost"]
    assert len(document.tables[0].rows) > 1


def test_it_shows_every_style_once(template: ReportTemplate) -> None:
    document = sample(template)
    used = {one.style.name for one in document.paragraphs if one.style}
    levels = {f"Heading {level}" for level in (1, 2, 3, 4)}
    lists = {"List Bullet", "List Bullet 2", "List Number", "List Number 2"}
    assert used >= {"Title", "Quote", *levels, *lists}
    runs = [run for one in document.paragraphs for run in one.runs]
    assert any(run.bold for run in runs)
    assert any(run.italic for run in runs)


def test_it_shows_every_style_also_where_each_block_has_a_place_of_its_own(template: ReportTemplate) -> None:
    keys = [f"{{{{ {block.block} }}}}" for block in template.draft.parsed.fillable]
    look = WordLook(style="house.docx", sha256=keep_style(saved(house(*keys))))
    save_draft(template.draft.parsed.model_copy(update={"word": look}), slug="minutes")
    assert "Every style once" in texts(sample(ReportTemplate.objects.get()))


def test_a_preview_lends_its_values(template: ReportTemplate) -> None:
    preview = make_report(template.draft, template=template, purpose=Report.Purpose.PREVIEW)
    finish(preview, "risks", {"items": [{"text": "The cellar floods.", "items": []}]})
    assert "The cellar floods." in texts(sample(template))


def test_a_value_of_another_kind_than_the_block_is_now_is_left_out(template: ReportTemplate) -> None:
    preview = make_report(template.draft, template=template, purpose=Report.Purpose.PREVIEW)
    finish(preview, "risks", {"items": [{"text": "The cellar floods.", "items": []}]})
    parts = [
        Block(block="risks", kind="long_text", title="Risks")
        if isinstance(part, Block) and part.block == "risks"
        else part
        for part in template.draft.parsed.blocks
    ]
    save_draft(template.draft.parsed.model_copy(update={"blocks": parts}), slug="minutes")
    document = texts(sample(ReportTemplate.objects.get()))
    assert "The cellar floods." not in document
    assert "Nobody objected." in " ".join(document)


@pytest.mark.parametrize("kind", KINDS)
def test_a_made_up_value_fits_the_settings_of_its_block(kind: str) -> None:
    block_type = KINDS[kind]
    settings = block_type.example().settings
    block = Block(block="one", kind=kind, settings=settings.model_dump(mode="json"))
    assert block_type.problems(block_type.load_value(sample_value(block)), settings) == []
