"""Run as `python -m tests.bench.word_export`."""

from tests.bench.word_export.measure import main

main()
