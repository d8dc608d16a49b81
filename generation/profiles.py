"""Model profiles: what is known of each model that can fill a block."""

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, TypedDict

from django.conf import settings
from pydantic import Field, ValidationError, field_validator

from templates.blocks.base import Strict, first_error

OFFLINE = "offline"
_DEFAULT = "default"
_OPENAI = "https://api.openai.com/v1"
_DEFAULT_MODEL = "gpt-4.1-mini"


class Times(TypedDict):
    """Seconds until the first token, between two tokens, and for the whole."""

    first_token: float
    gap: float
    total: float


class ModelProfile(Strict):
    """One entry of `llm.toml`. Times are seconds, prices are per million tokens."""

    name: str
    model: str
    # Empty: the server that OPENAI_BASE_URL names. Never OpenAI unless it says so: documents are private.
    base_url: str = ""
    key_variable: str = "OPENAI_API_KEY"
    window: int | None = None
    # schema: the server enforces it by grammar. prompt: it stands in the message, and is checked here.
    enforce: Literal["schema", "prompt"] = Field("prompt", alias="schema")
    cache: Literal["none", "key", "breakpoint"] = "none"
    messages: Literal["single", "split"] = "single"
    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: float | None = None
    input_price: float = Field(0, ge=0)
    # Where it is not set, reading from the cache or writing to it costs what other input does.
    cached_price: float | None = Field(None, ge=0)
    cache_write_price: float | None = Field(None, ge=0)
    output_price: float = Field(0, ge=0)
    # Calls under way at once, in one process; the others queue.
    concurrency: int = Field(64, ge=1)
    tokenizer: Literal["o200k_base", "cl100k_base"] = "o200k_base"
    connect_timeout: float = 10
    first_token_timeout: float = 300
    gap_timeout: float = 60
    total_timeout: float = 900
    leader_deadline: float = 60
    retries: int = Field(4, ge=0)
    # The profile that is asked when this one's server is down, refuses for its load, or has no credit left.
    fallback: str = ""

    @property
    def offline(self) -> bool:
        """Whether this is the offline writer: no model, no calls."""
        return self.name == OFFLINE

    @property
    def address(self) -> str:
        """Where its server is."""
        return self.base_url or os.environ.get("OPENAI_BASE_URL", "")

    @property
    def key(self) -> str:
        """The key from the environment; servers without keys get a word that stands for none."""
        return os.environ.get(self.key_variable, "") or "none"

    @property
    def times(self) -> Times:
        """How long a call by this profile may take."""
        return Times(first_token=self.first_token_timeout, gap=self.gap_timeout, total=self.total_timeout)

    def cost(self, *, inputs: int, cached: int, written: int, outputs: int) -> float:
        """What these tokens cost; `cached` and `written` are among the `inputs`."""
        plain = max(inputs - cached - written, 0)
        cached_price = self.input_price if self.cached_price is None else self.cached_price
        write_price = self.input_price if self.cache_write_price is None else self.cache_write_price
        by_million = plain * self.input_price + outputs * self.output_price
        return (by_million + cached * cached_price + written * write_price) / 1_000_000


class UnknownProfile(ValueError):
    """No such profile, or a profile file that cannot be read; the message says what to do."""


def default_profile() -> ModelProfile:
    """The profile that FILL_MODEL and OPENAI_* name; the offline writer when they name none."""
    profiles = _profiles_in(settings.FILL_MODELS)
    if settings.FILL_MODEL == OFFLINE:
        return _offline()
    if settings.FILL_MODEL in profiles:
        return _with_address(profiles[settings.FILL_MODEL])
    if not (os.environ.get("OPENAI_API_KEY") or os.environ.get("OPENAI_BASE_URL")):
        if settings.FILL_MODEL:
            raise UnknownProfile(
                f"FILL_MODEL is “{settings.FILL_MODEL}”, but there is no such profile in "
                f"{settings.FILL_MODELS.name}, and neither OPENAI_API_KEY nor OPENAI_BASE_URL is set."
            )
        return _offline()
    base_url = os.environ.get("OPENAI_BASE_URL") or _OPENAI
    own = base_url.rstrip("/") != _OPENAI
    return ModelProfile.model_validate(
        {
            "name": _DEFAULT,
            "model": settings.FILL_MODEL or _DEFAULT_MODEL,
            "base_url": base_url,
            # Servers of one's own enforce schemas by grammar and cache prefixes by themselves.
            "schema": "schema" if own else "prompt",
            "cache": "none" if own else "key",
            "max_tokens_field": "max_tokens" if own else "max_completion_tokens",
            "temperature": 0 if own else None,
            # A small server of one's own may read for minutes, and stop one answer to read for another.
            "first_token_timeout": 900 if own else 300,
            "gap_timeout": 300 if own else 60,
            "total_timeout": 3600 if own else 900,
            "leader_deadline": 600 if own else 60,
        }
    )


def find_profile(name: str) -> ModelProfile:
    """The profile of this name. Raises `UnknownProfile`."""
    if name == OFFLINE:
        return _offline()
    if profile := _profiles_in(settings.FILL_MODELS).get(name):
        return _with_address(profile)
    default = default_profile()
    if name == default.name:
        return default
    raise UnknownProfile(f"There is no model profile “{name}” here; add it to {settings.FILL_MODELS.name}.")


def find_fallback(profile: ModelProfile) -> ModelProfile | None:
    """Who is asked when `profile` fails for good; None where nobody is named, or nobody known here."""
    try:
        return find_profile(profile.fallback) if profile.fallback else None
    except UnknownProfile:
        return None


def _with_address(profile: ModelProfile) -> ModelProfile:
    if profile.address:
        return profile
    raise UnknownProfile(
        f"The model profile “{profile.name}” has no server: set OPENAI_BASE_URL, or its base_url."
    )


def _offline() -> ModelProfile:
    return ModelProfile.model_validate({"name": OFFLINE, "model": OFFLINE})


class _ProfileFile(Strict):
    """`llm.toml` as a whole."""

    profile: list[ModelProfile] = []

    @field_validator("profile")
    @classmethod
    def _names_differ(cls, profiles: list[ModelProfile]) -> list[ModelProfile]:
        names = [profile.name for profile in profiles]
        for name in names:
            if name in (_DEFAULT, OFFLINE):
                raise ValueError(f"the name “{name}” has a meaning of its own; choose another")
            if names.count(name) > 1:
                raise ValueError(f"two profiles are called “{name}”")
        return profiles

    @field_validator("profile")
    @classmethod
    def _fallbacks_end(cls, profiles: list[ModelProfile]) -> list[ModelProfile]:
        fallbacks = {profile.name: profile.fallback for profile in profiles}
        for name, fallback in fallbacks.items():
            # Only what this file names: documents go to no server that merely happens to be set.
            if fallback and fallback != OFFLINE and fallback not in fallbacks:
                raise ValueError(f"the fallback “{fallback}” of “{name}” is no profile of this file")
            passed = [name]
            while next_one := fallbacks.get(passed[-1], ""):
                if next_one in passed:
                    raise ValueError(f"the fallbacks of “{name}” lead back to “{next_one}”")
                passed.append(next_one)
        return profiles


@cache
def _profiles_in(path: Path) -> dict[str, ModelProfile]:
    if not path.is_file():
        raise UnknownProfile(f"There is no file of model profiles at {path}.")
    try:
        file = _ProfileFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnknownProfile(f"{path.name} is not TOML: {error}.") from error
    except ValidationError as error:
        raise UnknownProfile(f"{path.name}: {first_error(error)}") from error
    return {profile.name: profile for profile in file.profile}
