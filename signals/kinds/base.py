"""What every kind of signal can do: read texts, and say what drove it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from signals.to_read import TextToRead, Verdict

__all__ = ["SignalKind", "SignalSettings", "TextToRead", "Verdict"]


class SignalSettings(BaseModel):
    """What a kind of signal can be told. Unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


S = TypeVar("S", bound=SignalSettings)


class SignalKind(ABC, Generic[S]):
    """A kind of signal."""

    name: ClassVar[str]
    label: ClassVar[str]
    about: ClassVar[str]
    Settings: ClassVar[type[SignalSettings]]
    # Whether reading costs a call of a model: then it reads what it is asked to, not everything.
    is_slow: ClassVar[bool] = False

    @abstractmethod
    def made_by(self, settings: S, learned: Mapping[str, Any] | None) -> str:
        """What its readings are made by, for as long as nothing changes them; empty when it cannot read."""

    @abstractmethod
    def read(
        self, settings: S, learned: Mapping[str, Any] | None, texts: Sequence[TextToRead]
    ) -> list[Verdict]:
        """A verdict on each text. It raises nothing: what goes wrong is in the verdict."""
