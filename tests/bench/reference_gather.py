"""The comparison for the engine's benchmarks: the same calls with only AsyncOpenAI and asyncio.gather."""

import argparse
import asyncio
import json
import time
from pathlib import Path
from typing import Any

from openai import AsyncOpenAI  # noqa: TID251 - the reference must not go through generation/llm.py


async def ask_once(client: AsyncOpenAI, request: dict[str, Any]) -> str:
    """The answer to one streamed call."""
    stream = await client.chat.completions.create(
        **request, stream=True, stream_options={"include_usage": True}
    )
    texts = [chunk.choices[0].delta.content or "" async for chunk in stream if chunk.choices]
    return "".join(texts)


async def ask_all(base_url: str, requests: list[dict[str, Any]]) -> int:
    """All calls at once over one client; returns how many were answered."""
    async with AsyncOpenAI(base_url=base_url, api_key="none") as client:
        answers = await asyncio.gather(*(ask_once(client, request) for request in requests))
    return sum(bool(answer) for answer in answers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base_url")
    parser.add_argument("requests", type=Path, help="JSON: a list of request bodies, made by Fill itself")
    parser.add_argument("--repeat", type=int, default=1, help="so many times the list, all at once")
    chosen = parser.parse_args()
    requests = json.loads(chosen.requests.read_text()) * chosen.repeat
    wall, cpu = time.perf_counter(), time.process_time()
    answered = asyncio.run(ask_all(chosen.base_url, requests))
    figures = {
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "calls": answered,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
