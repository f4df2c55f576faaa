"""A flood of wrong passwords, as a program of its own.

python -m bench.flood ADDRESS TRIES SECONDS one|many: from one address, or each try from another. Prints how often
each status was answered, as JSON.
"""

import json
import sys
import time
from collections import Counter
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlencode, urlsplit

from county.accounts.sessions import csrf_token

CONNECTIONS = 16
TOKEN = "F" * 43


def main() -> int:
    """Some connections send at a steady pace, as fast as they are answered at most."""
    address, tries, seconds, sort = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
    begun = time.monotonic()
    counts = [Counter[int]() for _ in range(CONNECTIONS)]

    def send(lane: int) -> None:
        connection = HTTPConnection(urlsplit(address).netloc, timeout=120)
        for number in range(lane, tries, CONNECTIONS):
            time.sleep(max(0.0, begun + number * seconds / tries - time.monotonic()))
            counts[lane][_try(connection, address, number if sort == "many" else 0)] += 1
        connection.close()

    threads = [Thread(target=send, args=[lane]) for lane in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = sum(counts, Counter[int]())
    json.dump({"statuses": statuses, "seconds": time.monotonic() - begun}, sys.stdout)
    return 0


def _try(connection: HTTPConnection, address: str, number: int) -> int:
    form = {"csrftoken": csrf_token(TOKEN), "name": f"clerk-{number % 50}", "password": f"wrong {number}"}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"openhall-desk={TOKEN}",
        "Origin": address,
        "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
    }
    connection.request("POST", "/admin/login", urlencode(form), headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


if __name__ == "__main__":
    sys.exit(main())
