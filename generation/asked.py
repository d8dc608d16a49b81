"""What a block is and what is asked for it, as hashes: where two are equal, a model is asked the same."""

import hashlib
from collections.abc import Sequence
from typing import Any

import orjson

from generation.profiles import ModelProfile
from generation.prompt import SYSTEM
from templates.blocks.base import AnswerForm
from templates.body import Block


def hash_block(block: Block) -> str:
    """Of all that a super user says of a block and that its text rests on."""
    return _hash(block.model_dump(mode="json", exclude={"block", "candidates"}))


def hash_own(block: Block, files: Sequence[tuple[str, str]]) -> str:
    """Of the block's own part: what is said of it and the (content hash, slot) of each document.

    Neither the outline nor what other blocks say is in it.
    """
    return _hash([hash_block(block), *files])


def hash_asked(
    own: str,
    profile: ModelProfile,
    shared: str,
    part: str,
    form: AnswerForm,
    unwritten: Sequence[str],
) -> str:
    """Of one request as the model gets it.

    `shared` is the hash of the part that all blocks share, `part` the block's own as it is sent, `unwritten`
    the titles of the blocks it should have read and that have no text.
    """
    model = profile.model_dump(
        mode="json", include={"name", "model", "enforce", "messages", "cache", "temperature"}
    )
    # The offline writer reads the documents, and sends nothing.
    sent = [] if profile.offline else [SYSTEM, shared, part, form.max_tokens, form.schema]
    return _hash([own, model, profile.address, *sent, list(unwritten)])


def hash_text(text: str) -> str:
    """Of a long text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _hash(data: Any) -> str:
    return hashlib.sha256(orjson.dumps(data)).hexdigest()
