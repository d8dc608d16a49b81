"""The simulated LLM in a thread of the test that uses it."""

import asyncio
import socket
import threading
from types import TracebackType
from typing import Self

import uvicorn

from tests.simulated_llm.behaviour import Behaviour
from tests.simulated_llm.faults import Fault
from tests.simulated_llm.records import Record, Totals
from tests.simulated_llm.server import Application

START_SECONDS = 10
KEEP_ALIVE_SECONDS = 600
BACKLOG = 4096


class SimulatedLLM:
    """`with SimulatedLLM(Behaviour(...), Fault(...)) as llm:` serves at `llm.base_url` until the block ends.

    Leaving the block hangs up on every caller at once; from then on the address is unreachable.
    """

    def __init__(self, behaviour: Behaviour | None = None, *faults: Fault) -> None:
        self._application = Application(behaviour, faults)
        # Named, or asyncio leaves Nagle on and every small answer waits 40 ms.
        self._socket = socket.socket(proto=socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"
        self._server = _ThreadServer(configure(self._application))
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)

    @property
    def requests(self) -> list[Record]:
        """Every chat request since the start or the last reset, in the order of arrival."""
        return self._application.records

    @property
    def totals(self) -> Totals:
        return self._application.totals

    @property
    def running(self) -> int:
        """Requests that are being answered now."""
        return sum(record.is_running for record in self.requests)

    def add_fault(self, fault: Fault) -> None:
        self._application.script.add(fault)

    def reset(self, behaviour: Behaviour | None = None, *faults: Fault) -> None:
        """Forget requests, cached prefixes and faults; without a behaviour the present one stays.

        What is being streamed comes to its end at once.
        """
        self._application.reset(behaviour, faults)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._server.ready.wait(START_SECONDS):
            raise RuntimeError("the simulated LLM did not start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
        self._thread.join(START_SECONDS)


def configure(application: Application, host: str = "127.0.0.1", port: int = 0) -> uvicorn.Config:
    """uvicorn's settings: no logs, and connections kept so long that no client meets one just closed."""
    return uvicorn.Config(
        application,
        host=host,
        port=port,
        loop="asyncio",
        http="h11",
        ws="none",
        interface="asgi3",
        lifespan="off",
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=0,
    )


class _ThreadServer(uvicorn.Server):
    """uvicorn that says when it listens and stops at once; its own loop looks ten times a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def main_loop(self) -> None:
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        self.ready.set()
        await self._stopped.wait()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listening in sockets or []:
            listening.close()
        for connection in list(self.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()
