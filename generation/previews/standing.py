"""How each block of a preview stands: whether what is there is what the draft would give now."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from generation.engine.statements import read_documents
from generation.engine.work import SharedInputs, Work, load_shared, read_after
from generation.flags import load_fills
from generation.guards.watch import load_watch
from generation.models import Fill, Report
from generation.models.fills import UNFINISHED
from generation.profiles import ModelProfile, UnknownProfile, find_profile
from templates.body import Block

State = Fill.State


class Standing(StrEnum):
    """What a super user is told of a block."""

    FRESH = "fresh"
    # What was said of the block itself is another now, or its documents are: to be written at once.
    OUTDATED = "outdated"
    # The block is what it was; what is asked with it is not (outline, language, what it reads, the model).
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True)
class BlockStanding:
    """One block: how it stands, whether it is being written, whether its text was known and nobody asked.

    `tried`: exactly this was to be written, and failed or was stopped; it runs again when asked.
    """

    standing: Standing
    writing: bool = False
    from_cache: bool = False
    tried: bool = False


class Seen:
    """A preview as it was just loaded: its fills, and for each what would be asked now."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.fills = load_fills(report)
        self._shared: SharedInputs | None = None
        self._works: dict[str, Work] = {}

    @property
    def shared(self) -> SharedInputs:
        """What all blocks have in common."""
        if self._shared is None:
            self._shared = load_shared(self.report.snapshot_id, read_documents(self.report.pk))
        return self._shared

    @property
    def profile(self) -> ModelProfile | None:
        """By which it is written; None where none is known."""
        try:
            return find_profile(self.report.profile)
        except UnknownProfile:
            return None

    def work(self, key: str) -> Work | None:
        """What is asked of a block, by what stands now in those it reads; None without a model."""
        if key not in self._works and self.profile is not None:
            block = self.shared.body.block(key)
            reads = read_after(self.shared.body, block, self.fills)
            watch = load_watch(self.shared.body, block)
            self._works[key] = Work(block, self.shared, self.profile, reads, cache_key="", watch=watch)
        return self._works.get(key)

    def stands(self, key: str) -> BlockStanding:
        """How a block stands now."""
        fill, work = self.fills[key], self.work(key)
        chosen = fill.chosen
        writing = fill.state in UNFINISHED
        from_cache = bool(chosen and chosen.from_cache)
        if writing:
            # Who waits has read nothing yet, and will read what is there then.
            is_new = fill.state != State.RUNNING or work is None or fill.asked in ("", work.asked)
            return BlockStanding(Standing.FRESH if is_new else Standing.STALE, writing, from_cache)
        if work is None:
            return BlockStanding(Standing.STALE if chosen else Standing.MISSING, from_cache=from_cache)
        if chosen and chosen.asked == work.asked:
            return BlockStanding(Standing.FRESH, from_cache=from_cache)
        tried = fill.asked == work.asked
        if chosen is None:
            return BlockStanding(Standing.MISSING, tried=tried)
        standing = Standing.STALE if chosen.own == work.own else Standing.OUTDATED
        return BlockStanding(standing, from_cache=from_cache, tried=tried)

    def forget_readers(self, keys: Collection[str]) -> None:
        """What reads these blocks is asked something else from now on."""
        for block in self.report.snapshot.parsed.fillable:
            if set(block.after) & set(keys):
                self._works.pop(block.block, None)

    def layers(self) -> Iterator[list[Block]]:
        """The blocks in the order in which they can be written: each after all that it reads."""
        left, done = list(self.report.snapshot.parsed.fillable), set[str]()
        while left:
            layer = [block for block in left if done.issuperset(block.after)]
            yield layer
            done |= {block.block for block in layer}
            left = [block for block in left if block.block not in done]
