"""One report of 20 blocks on 400 KB of documents, filled from the command line by a simulated LLM."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from tests.bench.fill_reports import make_document, make_template
from tests.simulated_llm import Behaviour, SimulatedLLM

ROOT = Path(__file__).parents[2]
# What stands between the shared prefix and a block's own part of the prompt.
OWN_PART = "Now write only the part"


@dataclass(frozen=True)
class Run:
    """What one fill took: seconds, and tokens as the server counts them."""

    slowest: float
    wall: float
    prompt_tokens: int
    uncached_tokens: int
    shared_tokens: int
    own_tokens: int
    status: int

    @property
    def overhead(self) -> float:
        """Seconds over the slowest block."""
        return self.wall - self.slowest

    @property
    def uncached_share(self) -> float:
        """Uncached tokens by what must be read at least: the shared part once and each block's own."""
        return self.uncached_tokens / (self.shared_tokens + self.own_tokens)


def fill_twenty(behaviour: Behaviour, folder: Path, *, blocks: int = 20, kilobytes: int = 400) -> Run:
    """Fill a report of `blocks` blocks with `manage.py fill`, in a data folder of its own."""
    template, document = folder / "twenty.yaml", folder / "document.txt"
    template.write_text(yaml.safe_dump(make_template(blocks)))
    document.write_text(make_document(kilobytes))
    outputs = ["-o", str(folder / "out.docx"), "--json", str(folder / "out.json")]
    # Words of the document alone: an answer with a problem would be asked for again.
    with SimulatedLLM(replace(behaviour, answers=lambda asked: make_document(1))) as llm:
        done = subprocess.run(
            [sys.executable, "manage.py", "fill", str(template), str(document), *outputs],
            cwd=ROOT,
            env=os.environ
            | {"FILL_VAR": str(folder), "OPENAI_BASE_URL": llm.base_url, "OPENAI_API_KEY": "simulated"},
            capture_output=True,
            check=False,
        )
        requests = llm.requests
        shared = min(len(one.raw_body.split(OWN_PART.encode())[0]) for one in requests)
        own = sum(len(one.raw_body) - shared for one in requests)
        result = json.loads((folder / "out.json").read_text())
        return Run(
            slowest=max((one.ended_at or 0) - one.arrived_at for one in requests),
            wall=result["seconds"],
            prompt_tokens=sum(one.prompt_tokens for one in requests),
            uncached_tokens=sum(one.prompt_tokens - one.cached_tokens for one in requests),
            shared_tokens=shared // 4,
            own_tokens=own // 4,
            status=done.returncode,
        )


def main(runs: int = 5) -> None:
    """Print the medians of several runs."""
    timed, cached = [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            timed.append(
                fill_twenty(Behaviour(latency=(2, 6), chunks=100, part_after=OWN_PART), Path(folder))
            )
        with tempfile.TemporaryDirectory() as folder:
            behaviour = Behaviour(latency=(1, 2), chunks=50, prefill_speed=50_000, part_after=OWN_PART)
            cached.append(fill_twenty(behaviour, Path(folder)))
    over = statistics.median(run.overhead for run in timed)
    share = statistics.median(run.uncached_share for run in cached)
    print(f"20 blocks, 400 KB, calls of 2-6 s, prefill 0: {over:.2f} s over the slowest block (target 0.30)")
    print(f"  each run: {', '.join(f'{run.wall:.2f} - {run.slowest:.2f}' for run in timed)}")
    print(f"20 blocks, 400 KB, cache on: {share:.3f} x documents and own prompts uncached (target 1.10)")
    every = statistics.median(run.prompt_tokens for run in cached)
    print(f"  {statistics.median(run.uncached_tokens for run in cached):,.0f} of {every:,.0f} prompt tokens")


if __name__ == "__main__":
    main()
