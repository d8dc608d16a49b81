"""What a fill needs to be written, loaded from its row: inputs, writer, and the checks of its values."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from generation.calls import Call
from generation.figures import find_unsupported_figures
from generation.models import Document, Fill
from generation.offline import DocumentFinder
from generation.profiles import ModelProfile, find_profile
from generation.prompt import PromptDocument, make_messages, write_own_part, write_shared_part
from generation.writers import ModelWriter, OfflineWriter, Writer
from signals.figures import known_readings
from templates.body import Block, TemplateBody
from templates.models import Snapshot

# (document, slot) in the order of the report.
DocumentKey = tuple[tuple[int, str], ...]
_loading = threading.Lock()


class SharedInputs:
    """What all blocks of a report have in common. Snapshots and documents never change, so it is kept."""

    def __init__(self, body: TemplateBody, documents: list[PromptDocument]) -> None:
        self.body = body
        self.documents = documents
        self.prompt = write_shared_part(documents, body)

    def texts_for(self, block: Block) -> list[str]:
        """The texts of the documents the block uses; all of them unless it names some."""
        used = [one.text for one in self.documents if not block.reads or one.slot in block.reads]
        return used or [one.text for one in self.documents]

    def known_for(self, block: Block) -> frozenset[str]:
        """The figures of those documents, in every notation."""
        with _loading:
            return frozenset().union(*(_known(text) for text in self.texts_for(block)))

    @cached_property
    def finder(self) -> DocumentFinder:
        """The offline writer's eyes."""
        return DocumentFinder([one.text for one in self.documents])


@lru_cache(maxsize=64)
def _known(text: str) -> frozenset[str]:
    return known_readings(text)


def load_shared(snapshot_id: int, key: DocumentKey) -> SharedInputs:
    """The shared inputs, read once a process however many blocks ask at the same time."""
    with _loading:
        return _load_shared(snapshot_id, key)


@lru_cache(maxsize=16)
def _load_shared(snapshot_id: int, key: DocumentKey) -> SharedInputs:
    rows = Document.objects.in_bulk([pk for pk, _ in key])
    documents = [PromptDocument(rows[pk].name, rows[pk].text, slot) for pk, slot in key]
    return SharedInputs(Snapshot.objects.get(pk=snapshot_id).parsed, documents)


@dataclass
class Work:
    """One block about to be written."""

    block: Block
    shared: SharedInputs
    profile: ModelProfile
    read_blocks: dict[str, str]
    missing: list[str]
    cache_key: str

    def writer(self, call: Call, on_text: Callable[[str], None]) -> Writer:
        """Who writes it."""
        if self.profile.offline:
            finder = (
                DocumentFinder(self.shared.texts_for(self.block)) if self.block.reads else self.shared.finder
            )
            return OfflineWriter(self.block, finder)
        form = self.block.type.ask(self.block.parsed_settings)
        own = write_own_part(
            self.block,
            form,
            self.shared.body,
            self.read_blocks,
            enforced=self.profile.enforce == "schema",
        )
        messages = make_messages(self.profile, self.shared.prompt, own)
        return ModelWriter(self.block, form, self.profile, messages, call, self.cache_key, on_text)

    def find_problems(self, value: Any) -> list[str]:
        """The limits and rules a value breaks, and its figures that stand nowhere."""
        block, settings = self.block, self.block.parsed_settings
        said = " ".join([block.title, block.instructions, str(block.settings), *self.read_blocks.values()])
        known = self.shared.known_for(block) | known_readings(said)
        return [
            *block.type.problems(value, settings),
            *find_unsupported_figures(block.type.pieces(value), known),
        ]

    @property
    def lasting_problems(self) -> list[str]:
        """What no other answer would change, said to the reviewer only."""
        return [f"Written without “{title}”, which could not be filled." for title in self.missing]


def load_work(fill_id: int) -> Work:
    """The work of a fill, from its row."""
    fill = Fill.objects.select_related("report__snapshot").get(pk=fill_id)
    report = fill.report
    key = tuple(report.report_documents.values_list("document_id", "slot"))
    shared = load_shared(report.snapshot_id, key)
    block = shared.body.block(fill.block)
    others = report.fills.filter(block__in=block.after).select_related("chosen").prefetch_related("edits")
    values = {other.block: other.current_value for other in others}
    read_blocks, missing = {}, []
    for name in block.after:
        read = shared.body.block(name)
        if (value := values.get(name)) is None:
            missing.append(read.title or name)
        else:
            read_blocks[read.title or name] = read.type.text(read.type.load_value(value))
    profile = find_profile(report.profile)
    return Work(block, shared, profile, read_blocks, missing, cache_key=f"fill-{report.pk}")
