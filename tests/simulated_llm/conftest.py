"""A simulated LLM for the tests of itself."""

from collections.abc import Iterator

import pytest

from tests.simulated_llm import Behaviour, SimulatedLLM
from tests.simulated_llm.asking import MARKER


@pytest.fixture
def llm() -> Iterator[SimulatedLLM]:
    with SimulatedLLM(Behaviour(part_after=MARKER)) as running:
        yield running
