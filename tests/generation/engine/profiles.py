"""Model profiles that give up fast."""

from pathlib import Path

from pytest_django import Settings

_USUAL: dict[str, object] = {
    "model": "simulated",
    "retries": 1,
    "first_token_timeout": 1.2,
    "gap_timeout": 1.2,
    "total_timeout": 20,
    "connect_timeout": 2,
}


def use_profiles(settings: Settings, folder: Path, **profiles: dict[str, object]) -> None:
    """A file of these profiles, by name with what differs from the usual; reports are filled by the first."""
    lines = []
    for name, more in profiles.items():
        lines += ["[[profile]]", f'name = "{name}"']
        lines += [f"{key} = {value!r}" for key, value in (_USUAL | more).items()]
    settings.FILL_MODELS = folder / "llm.toml"
    settings.FILL_MODELS.write_text("\n".join(lines))
    settings.FILL_MODEL = next(iter(profiles))
