"""The demonstration county's flows hold what is promised, on examples and on random walks."""

from random import Random

import pytest

from catalog.guided.automatic import automatic
from catalog.guided.examples import run
from catalog.records import GuidedFlow, PublicService
from tests.catalog.guided.walks import fault
from tests.sample import sample_records

WALKS = 25
"""Of each flow; `python -m bench walks` takes 10,000."""


@pytest.fixture(scope="module")
def services() -> dict[str, PublicService]:
    return {one.id: one for one in sample_records() if isinstance(one, PublicService)}


@pytest.fixture(scope="module")
def flows() -> list[GuidedFlow]:
    return [one for one in sample_records() if isinstance(one, GuidedFlow)]


def test_every_example_comes_out(flows: list[GuidedFlow], services: dict[str, PublicService]) -> None:
    assert {flow.id: run(flow, services) for flow in flows} == {flow.id: [] for flow in flows}


def test_random_walks(flows: list[GuidedFlow], services: dict[str, PublicService]) -> None:
    random = Random(4)
    assert [found for flow in flows for _ in range(WALKS) if (found := fault(flow, services, random))] == []


def test_random_walks_of_automatic_flows(services: dict[str, PublicService]) -> None:
    random = Random(5)
    found = [automatic(service) for service in services.values()]
    asking = [flow for flow in found if flow is not None]
    assert asking
    assert [wrong for flow in asking for _ in range(2) if (wrong := fault(flow, services, random))] == []
