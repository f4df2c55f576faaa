"""The demonstration county's flows hold what is promised, on examples and on random walks."""

from random import Random

import pytest

from catalog.guided.automatic import automatic
from catalog.guided.examples import run
from catalog.records import GuidedFlow, PublicService
from tests.catalog.guided.walks import Walker
from tests.sample import sample_records

pytestmark = pytest.mark.slow

WALKS = 40
"""Of each flow; `python -m bench.walks` takes 10,000."""


@pytest.fixture(scope="module")
def services() -> dict[str, PublicService]:
    return {one.id: one for one in sample_records() if isinstance(one, PublicService)}


@pytest.fixture(scope="module")
def flows() -> list[GuidedFlow]:
    return [one for one in sample_records() if isinstance(one, GuidedFlow)]


def test_every_example_comes_out(flows: list[GuidedFlow], services: dict[str, PublicService]) -> None:
    assert {flow.id: run(flow, services) for flow in flows} == {flow.id: [] for flow in flows}


def test_random_walks(flows: list[GuidedFlow], services: dict[str, PublicService]) -> None:
    assert faults([Walker(flow, services) for flow in flows], WALKS) == []


def test_random_walks_of_automatic_flows(services: dict[str, PublicService]) -> None:
    asking = [flow for service in services.values() if (flow := automatic(service))]
    assert asking
    assert faults([Walker(flow, services) for flow in asking], 2) == []


def faults(walkers: list[Walker], walks: int) -> list[str]:
    random = Random(4)
    found = [walker.fault(random) for walker in walkers for _ in range(walks)]
    return [fault for fault in found if fault]
