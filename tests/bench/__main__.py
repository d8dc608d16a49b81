"""`make bench`: every benchmark, one after the other."""

from tests.bench import (
    against_script,
    backfill,
    floors,
    kills,
    monitoring,
    report_page,
    teaching,
    thousand_calls,
    twenty_blocks,
    typing_speed,
    watchers,
)
from tests.bench.word_export import measure as word_export

twenty_blocks.main()
against_script.main()
thousand_calls.main()
kills.main()
floors.main()
word_export.main()
watchers.main()
report_page.main()
typing_speed.main()
backfill.main()
monitoring.main()
teaching.main()
