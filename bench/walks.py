"""Random walks through every guided flow of the demonstration county: engine, phone page and printed sheet agree.

On each walk the rules are computed a second time (tests/catalog/guided/walks.py), no answer may be lost by changing
another, the order of answering may not matter, and being unsure may not take anything away. The same number of walks
is replayed by the script of the phone page in Chromium, and put on the printed sheet.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context
from random import Random
from time import perf_counter

from playwright.sync_api import Page, sync_playwright

from catalog.guided.towns import towns_of
from catalog.records import FloorPlan, GuidedFlow, Outline, Place, PublicService
from county.web.phone.words import words
from tests.catalog.guided.walks import Walker
from tests.sample import sample_records
from tests.web.walks import County, engine, faults

WALKS = 10_000
BATCH = 500
CHROMIUM = "/usr/bin/chromium"
SHOWN = 3
"""Faults that are printed of each flow."""


def main() -> int:
    """Returns 1 when anything differs."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--walks", type=int, default=WALKS, help="walks of each flow")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    flows = [record.id for record in sample_records() if isinstance(record, GuidedFlow)]
    walked = partial(walk, walks=arguments.walks, seed=arguments.seed)
    failed = 0
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for flow, (found, seconds) in zip(flows, pool.map(walked, flows), strict=True):
            failed += bool(found)
            said = "\n  ".join(["differs:", *found]) if found else "the same everywhere"
            print(f"{flow:36} {arguments.walks:6} walks {seconds:6.0f} s  {said}", flush=True)
    print(f"{len(flows)} flows, {failed} with differences")
    return int(failed > 0)


def walk(name: str, walks: int, seed: int) -> tuple[list[str], float]:
    """The first faults of a flow, and the seconds that it took."""
    flow = next(one for one in sample_records() if isinstance(one, GuidedFlow) and one.id == name)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        engine(page)
        started = perf_counter()
        found = list(islice(_faults(flow, _county(), page, walks, Random(f"{seed} {name}")), SHOWN))
        browser.close()
    return found, perf_counter() - started


def _faults(flow: GuidedFlow, county: County, page: Page, walks: int, random: Random) -> Iterator[str]:
    walker = Walker(flow, county.services)
    yield from (fault for _ in range(walks) if (fault := walker.fault(random)))
    for start in range(0, walks, BATCH):
        language = words("en" if start // BATCH % 2 else "zh")
        yield from faults(page, flow, county, language, min(BATCH, walks - start), random)


def _county() -> County:
    records = sample_records()
    return County(
        {one.id: one for one in records if isinstance(one, PublicService)},
        next((one for one in records if isinstance(one, FloorPlan)), None),
        towns_of(
            (one for one in records if isinstance(one, Outline)),
            (one for one in records if isinstance(one, Place)),
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
