"""What a fill needs to be written, loaded from its row: its inputs and its writer."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from generation.answers import Answer
from generation.asked import hash_asked, hash_own, hash_text
from generation.calls import Call
from generation.engine.statements import DocumentKey, read_documents
from generation.guards.watch import Watch, load_watch
from generation.llm import ModelFailure
from generation.models import Document, Fill, Report
from generation.offline import DocumentFinder
from generation.profiles import ModelProfile, find_fallback, find_profile
from generation.prompt import SYSTEM, Again, PromptDocument, make_messages, write_own_part, write_shared_part
from generation.reports import hash_inputs
from generation.tokens import count_tokens
from generation.writers import ModelWriter, OfflineWriter, Writer, what_is_asked
from signals.figures import known_readings
from templates.blocks.base import AnswerForm
from templates.body import Block, TemplateBody
from templates.models import Snapshot

_loading = threading.Lock()


class SharedInputs:
    """What all blocks of a report have in common. Snapshots and documents never change, so it is kept."""

    def __init__(
        self, snapshot: Snapshot, documents: list[PromptDocument], files: Sequence[tuple[str, str]]
    ) -> None:
        self.snapshot = snapshot
        # Content hash and slot of each document.
        self.files = files
        self.body = body = snapshot.parsed
        self.documents = documents
        self.prompt = write_shared_part(documents, body)
        self._tokens: dict[str, int] = {}

    @cached_property
    def hash(self) -> str:
        """Of what all blocks are shown."""
        return hash_text(self.prompt)

    def texts_for(self, block: Block) -> list[str]:
        """The texts of the documents the block uses; all of them unless it names some."""
        used = [one.text for one in self.documents if not block.reads or one.slot in block.reads]
        return used or [one.text for one in self.documents]

    def unused_by(self, block: Block) -> list[PromptDocument]:
        """The documents the block does not use."""
        used = self.texts_for(block)
        return [one for one in self.documents if one.text not in used]

    @property
    def known(self) -> frozenset[str]:
        """The figures of all documents, in every notation: every block is shown all of them."""
        with _loading:
            return frozenset().union(*(_known(one.text) for one in self.documents))

    def count_tokens(self, tokenizer: str) -> int:
        """Tokens of what all blocks are shown."""
        if tokenizer not in self._tokens:
            self._tokens[tokenizer] = count_tokens(SYSTEM + self.prompt, tokenizer)
        return self._tokens[tokenizer]

    def finder_for(self, block: Block) -> DocumentFinder:
        """The offline writer's eyes: blocks of prose share the sentences out among them."""
        prose = [one.block for one in self.body.fillable if one.type.prose]
        if block.block not in prose:
            return DocumentFinder(self.texts_for(block))
        others = [what_is_asked(self.body.block(key)) for key in prose if key != block.block]
        return DocumentFinder(self.texts_for(block), others, before=prose.index(block.block))


@lru_cache(maxsize=64)
def _known(text: str) -> frozenset[str]:
    return known_readings(text)


def load_shared(snapshot_id: int, key: DocumentKey) -> SharedInputs:
    """The shared inputs, read once a process however many blocks ask at the same time."""
    with _loading:
        return _load_shared(snapshot_id, key)


@lru_cache(maxsize=16)
def _load_shared(snapshot_id: int, key: DocumentKey) -> SharedInputs:
    rows = Document.objects.in_bulk([pk for pk, _, _ in key])
    documents = [PromptDocument(rows[pk].name, rows[pk].text, slot) for pk, _, slot in key]
    files = [(sha256, slot) for _, sha256, slot in key]
    return SharedInputs(Snapshot.objects.get(pk=snapshot_id), documents, files)


@dataclass
class Work:
    """One block about to be written."""

    block: Block
    shared: SharedInputs
    profile: ModelProfile
    read_blocks: list[tuple[str, str | None]]
    cache_key: str
    stale: bool = False
    # How many versions to write side by side.
    wanted: int = 1
    # What stands there and what a reviewer asks of the next; None for a first writing.
    again: Again | None = None
    # Written to show what the template does: what was asked before need not be asked again.
    is_preview: bool = False
    # Who reads each draft; None where no guard watches the block.
    watch: Watch | None = None

    def writer(self, call: Call, on_text: Callable[[str], None]) -> Writer:
        """Who writes it. Raises `ModelFailure` when it is longer than the model can read."""
        self._check_window(self.profile)
        return self._writer_by(self.profile, call, on_text, [])

    def _writer_by(
        self, profile: ModelProfile, call: Call, on_text: Callable[[str], None], made: list[Answer]
    ) -> Writer:
        if profile.offline:
            note = self.again.note if self.again else ""
            return OfflineWriter(self.block, self.shared.finder_for(self.block), note, made)
        other = self._fallback_of(profile)
        fallback = partial(self._fall_back, other, call, on_text, made) if other else None
        messages = make_messages(profile, self.shared.prompt, self._own_part(profile))
        return ModelWriter(
            self.block,
            self._form,
            profile,
            messages,
            call,
            self.cache_key,
            on_text,
            made,
            fallback,
            vary=self.wanted > 1 or self.again is not None,
        )

    def _fall_back(
        self, other: ModelProfile, call: Call, on_text: Callable[[str], None], made: list[Answer]
    ) -> Writer:
        call.allow(**other.times)
        return self._writer_by(other, call, on_text, made)

    def _fallback_of(self, profile: ModelProfile) -> ModelProfile | None:
        """The first of its fallbacks that can read it all."""
        while other := find_fallback(profile):
            try:
                self._check_window(other)
            except ModelFailure:
                profile = other
            else:
                return other
        return None

    @cached_property
    def _form(self) -> AnswerForm:
        return self.block.type.ask(self.block.parsed_settings)

    def _own_part(self, profile: ModelProfile) -> str:
        enforced = profile.enforce == "schema"
        return write_own_part(
            self.block, self._form, self.shared.body, self.written_blocks, self.again, enforced=enforced
        )

    @cached_property
    def own(self) -> str:
        """The hash of the block's own part."""
        return hash_own(self.block, self.shared.files)

    @cached_property
    def asked(self) -> str:
        """The hash of exactly what is asked, and of which model."""
        unwritten = [title for title, text in self.read_blocks if text is None]
        part = self._own_part(self.profile)
        return hash_asked(self.own, self.profile, self.shared.hash, part, self._form, unwritten)

    def _check_window(self, profile: ModelProfile) -> None:
        """Raise `ModelFailure` with the figures before a call that cannot succeed."""
        if profile.window is None or profile.offline:
            return
        own, max_tokens = self._own_part(profile), self._form.max_tokens
        needed = self.shared.count_tokens(profile.tokenizer) + count_tokens(own, profile.tokenizer)
        if needed + max_tokens > profile.window:
            detail = f"{needed + max_tokens:,} tokens, and can read {profile.window:,}"
            raise ModelFailure("over_window", profile, detail=detail)

    @property
    def is_wished(self) -> bool:
        """Whether a reviewer says what the next version is to be, which goes before the template's limits."""
        return bool(self.again and self.again.note)

    @property
    def written_blocks(self) -> list[tuple[str, str]]:
        """Title and text of the blocks it reads that could be filled."""
        return [(title, text) for title, text in self.read_blocks if text is not None]


def load_work(fill: Fill) -> Work:
    """The work of a fill, from its row."""
    report = fill.report
    key = read_documents(report.pk)
    shared = load_shared(report.snapshot_id, key)
    block = shared.body.block(fill.block)
    read_blocks = read_after(shared.body, block, _load_after(fill, block)) if block.after else []
    profile = find_profile(report.profile)
    inputs = hash_inputs(shared.snapshot, shared.files, profile)
    is_preview = report.purpose == Report.Purpose.PREVIEW
    return Work(
        block,
        shared,
        profile,
        read_blocks,
        cache_key=f"fill-{report.pk}",
        stale=inputs != fill.inputs,
        wanted=_count_wanted(fill, block, profile),
        again=_load_again(fill, block) if fill.has_value and not (is_preview and not fill.note) else None,
        is_preview=is_preview,
        watch=load_watch(shared.body, block),
    )


def _count_wanted(fill: Fill, block: Block, profile: ModelProfile) -> int:
    """How many versions: in a preview as many as are asked for, whatever the template wants in a report."""
    if profile.offline:
        return 1  # It writes the same every time.
    is_first = not fill.has_value and fill.report.purpose != Report.Purpose.PREVIEW
    return max(fill.wanted, block.candidates) if is_first else fill.wanted


def _load_again(fill: Fill, block: Block) -> Again:
    """Without a wish the earlier text is not shown: a model that sees it writes it once more."""
    if not fill.note:
        return Again()
    stands = Fill.objects.select_related("chosen", "edit").get(pk=fill.pk)
    # Nobody who wishes has seen what is withheld.
    value = None if stands.withheld else stands.current_value
    return Again(block.type.text(block.type.load_value(value)) if value else "", fill.note)


def _load_after(fill: Fill, block: Block) -> dict[str, Fill]:
    others = fill.report.fills.filter(block__in=block.after)
    return {other.block: other for other in others.select_related("chosen", "edit")}


def read_after(body: TemplateBody, block: Block, fills: Mapping[str, Fill]) -> list[tuple[str, str | None]]:
    """Title and text of each block this one reads; None for one that could not be filled."""
    texts: list[tuple[str, str | None]] = []
    for name in block.after:
        read, fill = body.block(name), fills.get(name)
        value = None if fill is None or fill.withheld else fill.current_value
        text = read.type.text(read.type.load_value(value)) if value else None
        texts.append((read.title or name, text))
    return texts
