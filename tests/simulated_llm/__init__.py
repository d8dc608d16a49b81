"""A simulated LLM behind OpenAI's protocol, for tests and benchmarks, in a thread or as its own process.

In a test: `with SimulatedLLM(Behaviour(latency=0.2), Fault("rate_limit", contains="actions")) as llm:`, then
`llm.base_url` and `llm.requests`. As a process: `python -m tests.simulated_llm --help`.
"""

from tests.simulated_llm.asked import Asked
from tests.simulated_llm.behaviour import Behaviour
from tests.simulated_llm.faults import Fault
from tests.simulated_llm.records import Record
from tests.simulated_llm.threaded import SimulatedLLM

__all__ = ["Asked", "Behaviour", "Fault", "Record", "SimulatedLLM"]
