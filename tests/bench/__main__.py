"""`make bench`: every benchmark, one after the other."""

from tests.bench import twenty_blocks

twenty_blocks.main()
