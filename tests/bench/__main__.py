"""`make bench`: every benchmark, one after the other."""

from tests.bench import twenty_blocks
from tests.bench.word_export import measure as word_export

twenty_blocks.main()
word_export.main()
