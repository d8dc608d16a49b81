"""How much reading one file may take."""

from dataclasses import dataclass

MEGABYTE = 1_000_000
# Of a mail; bytes.
LARGEST_ATTACHMENT = 25 * MEGABYTE


@dataclass(frozen=True)
class Limits:
    """Seconds, of the clock and of the processor alike; the others are megabytes.

    `unpacked` counts what a zipped file's parts hold (pictures and films stay packed), `text` what is
    read from it.
    """

    seconds: int = 60
    memory: int = 2000
    unpacked: int = 500
    text: int = 100
