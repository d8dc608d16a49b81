"""The signals that guards can name: chosen by title, and warned of where one would not run."""

from collections.abc import Iterable, Iterator, Sequence
from types import GenericAlias
from typing import Annotated, Any

from pydantic import Field as Setting
from pydantic import create_model

from signals.models import Signal
from templates.blocks.base import Strict
from templates.body import Guard, Key


def name_signals(named: Iterable[str]) -> dict[str, str]:
    """What each signal that can be chosen is called, and each that is `named` already, whatever it is."""
    named = set(named)
    labels = {
        signal.name: f"{signal.title}{_what_is_wrong(signal)}"
        for signal in Signal.objects.defer("learned")
        if signal.archived is None or signal.name in named
    }
    return labels | {name: f"{name} (no such signal)" for name in sorted(named - labels.keys())}


def list_of_guards(base: type[Strict], labels: dict[str, str]) -> Any:
    """Guards whose signal is chosen from a list; any other name is taken, too.

    A template may come before its signals, or from somewhere else.
    """
    if not labels:
        return GenericAlias(list, (base,))
    chosen: dict[str, Any] = {"enum": list(labels), "labels": labels}
    signal = (Annotated[Key, Setting(json_schema_extra=chosen)], Setting("", title="Signal"))
    fields: dict[str, Any] = {"signal": signal}
    return GenericAlias(list, (create_model("Guard", __base__=base, **fields),))


def find_idle_guards(guards: Sequence[Guard]) -> list[str]:
    """A sentence for each of these guards that would not run."""
    return list(_warn(guards)) if guards else []


def _warn(guards: Sequence[Guard]) -> Iterator[str]:
    known = {one.name: one for one in Signal.objects.filter(name__in={one.signal for one in guards})}
    for name in dict.fromkeys(guard.signal for guard in guards):
        signal = known.get(name)
        if signal is None:
            yield (
                f"The guard “{name}” does not run: there is no signal of this name. "
                "Make or import it under “Signals”, or choose another."
            )
        elif signal.archived:
            yield f"The guard “{signal.title}” does not run: its signal is archived. Choose another."
        elif not signal.made_by:
            yield f"The guard “{signal.title}” does not run: its signal is not ready. Teach it first."


def _what_is_wrong(signal: Signal) -> str:
    if signal.archived:
        return " (archived)"
    return "" if signal.made_by else " (not ready)"
