"""The comparison for the engine's benchmarks: the same calls with only AsyncOpenAI and asyncio.gather."""

import argparse
import asyncio
import json
import time

from openai import AsyncOpenAI  # noqa: TID251 - the reference must not go through generation/llm.py

WORDS = "The committee agreed the budget of 2026 and deferred the lease until the next meeting in March. "


async def ask_once(client: AsyncOpenAI, model: str, documents: str, number: int) -> int:
    """One streamed call; returns the characters of its answer."""
    stream = await client.chat.completions.create(
        model=model,
        stream=True,
        stream_options={"include_usage": True},
        messages=[
            {"role": "system", "content": "You fill one block of a report."},
            {"role": "user", "content": f"{documents}\nWrite block {number}."},
        ],
    )
    texts = [chunk.choices[0].delta.content or "" async for chunk in stream if chunk.choices]
    return len("".join(texts))


async def ask_all(base_url: str, model: str, calls: int, kilobytes: int) -> int:
    """All calls at once over one client; returns how many were answered."""
    documents = WORDS * (kilobytes * 1000 // len(WORDS))
    async with AsyncOpenAI(base_url=base_url, api_key="none") as client:
        lengths = await asyncio.gather(
            *(ask_once(client, model, documents, number) for number in range(calls))
        )
    return sum(length > 0 for length in lengths)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base-url", default="http://127.0.0.1:8099/v1")
    parser.add_argument("--model", default="simulated")
    parser.add_argument("--calls", type=int, default=20)
    parser.add_argument("--kilobytes", type=int, default=400, help="size of the shared documents")
    chosen = parser.parse_args()
    wall, cpu = time.perf_counter(), time.process_time()
    answered = asyncio.run(ask_all(chosen.base_url, chosen.model, chosen.calls, chosen.kilobytes))
    figures = {
        "wall": round(time.perf_counter() - wall, 3),
        "cpu": round(time.process_time() - cpu, 3),
        "calls": answered,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
