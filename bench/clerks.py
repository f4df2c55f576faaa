"""Clerks at work, as a program of its own: lists, searches and forms, one request every few seconds each.

python -m bench.clerks ADDRESS SECONDS PAUSE <sessions; prints the seconds that each page took, as JSON.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from threading import Lock, Thread

import requests

PAGES = ("list", "search", "edit")
WORDS = ("登记", "证", "补贴", "变更", "医保", "公积金")


def main() -> int:
    """One thread a clerk."""
    address, seconds, pause = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
    sessions: list[dict[str, str]] = json.load(sys.stdin)
    taken: dict[str, list[float]] = {page: [] for page in PAGES}
    lock = Lock()
    until = time.monotonic() + seconds

    def work(number: int) -> None:
        for page, spent in _work(address, sessions[number], pause, until, random.Random(number)):
            with lock:
                taken[page].append(spent)

    threads = [Thread(target=work, args=[number]) for number in range(len(sessions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    json.dump(taken, sys.stdout)
    return 0


def _work(
    address: str, session: dict[str, str], pause: float, until: float, chance: random.Random
) -> Iterator[tuple[str, float]]:
    with requests.Session() as client:
        client.cookies.set("openhall-desk", session["token"])
        time.sleep(chance.uniform(0, pause))
        while time.monotonic() < until:
            page = chance.choice(PAGES)
            path = {
                "list": f"/admin/records?kind=service&page={chance.randint(1, 20)}",
                "search": f"/admin/records?kind=service&q={chance.choice(WORDS)}",
                "edit": f"/admin/records/service/{session['record']}/edit",
            }[page]
            begun = time.monotonic()
            answer = client.get(address + path, timeout=60, allow_redirects=False)
            yield page, time.monotonic() - begun
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code}")
            time.sleep(chance.uniform(0.5, 1.5) * pause)


if __name__ == "__main__":
    sys.exit(main())
