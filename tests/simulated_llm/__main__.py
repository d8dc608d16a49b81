"""The simulated LLM as its own process, for benchmarks and for trying the product by hand."""

import argparse
import gc
from dataclasses import replace
from typing import Any, get_args

import uvicorn

from tests.simulated_llm.behaviour import Amount, Behaviour
from tests.simulated_llm.faults import Fault, FaultKind
from tests.simulated_llm.server import Application
from tests.simulated_llm.threaded import configure


def read_amount(text: str) -> Amount:
    """2.5, or 2-6 for a range."""
    low, dash, high = text.partition("-")
    return (float(low), float(high)) if dash else float(low)


def read_fault(text: str) -> Fault:
    """KIND or KIND,name=value,...: rate_limit,contains=actions,count=2,retry_after=1."""
    named, *pairs = text.split(",")
    kind: FaultKind | None = next((kind for kind in get_args(FaultKind) if kind == named), None)
    if kind is None:
        raise argparse.ArgumentTypeError(f"{named} is none of {', '.join(get_args(FaultKind))}")
    settings = dict(pair.split("=", 1) for pair in pairs)
    count = settings.pop("count", "1")
    fault = Fault(
        kind,
        contains=settings.pop("contains", ""),
        count=None if count == "all" else int(count),
        after=int(settings.pop("after", 0)),
    )
    numbers: dict[str, Any] = {name: float(value) for name, value in settings.items()}
    return replace(fault, **numbers)


def read_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    plain = Behaviour()
    parser = argparse.ArgumentParser(prog="python -m tests.simulated_llm", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--latency", type=read_amount, default=plain.latency, help="seconds, or a range: 2-6")
    parser.add_argument("--seconds-per-word", type=float, default=plain.seconds_per_word)
    parser.add_argument("--chunks", type=int, default=plain.chunks)
    parser.add_argument(
        "--prefill-speed", type=float, default=plain.prefill_speed, help="tokens/s; 0: no time"
    )
    parser.add_argument("--cache", choices=["off", "automatic", "breakpoint"], default=plain.cache)
    parser.add_argument("--schema-outside-prefix", action="store_true", help="as llama.cpp and vLLM")
    parser.add_argument("--window", type=int, default=plain.window)
    parser.add_argument("--words", type=read_amount, default=plain.words, help="of prose: 120, or 80-400")
    parser.add_argument("--part-after", default=plain.part_after, help="marker before the block's part")
    parser.add_argument("--api-key", default=None)
    parser.add_argument("--refuses", action="append", default=[], help="a request field answered 400")
    parser.add_argument("--model", default=plain.model)
    parser.add_argument("--fault", type=read_fault, action="append", default=[], help=read_fault.__doc__)
    return parser.parse_args(arguments)


def make_application(chosen: argparse.Namespace) -> Application:
    behaviour = Behaviour(
        latency=chosen.latency,
        seconds_per_word=chosen.seconds_per_word,
        chunks=chosen.chunks,
        prefill_speed=chosen.prefill_speed,
        cache=chosen.cache,
        schema_in_prefix=not chosen.schema_outside_prefix,
        window=chosen.window,
        words=chosen.words,
        part_after=chosen.part_after,
        api_key=chosen.api_key,
        refuses=tuple(chosen.refuses),
        model=chosen.model,
        keep_bodies=False,
    )
    return Application(behaviour, chosen.fault)


def main() -> None:
    chosen = read_arguments()
    config = configure(make_application(chosen), chosen.host, chosen.port)
    print(f"http://{chosen.host}:{chosen.port}/v1", flush=True)
    gc.freeze()
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main()
