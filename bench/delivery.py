"""100,000 rows of an outbox: answers lost with p = 0.5, box and server killed at random.

python -m bench.delivery [ROWS]
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.sync.under_fire import under_fire

ROWS = 100_000


def main(rows: int) -> int:
    """Prints what happened. Returns 1 when a row was lost or counted twice."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        battle = under_fire(Path(folder), rows, seed=1)
    print(f"{battle.rows:,} rows, {battle.kept:,} at the county, none more than {battle.most} times")
    print(f"box killed {battle.box_kills} times, server {battle.server_kills} times")
    print(f"{battle.rows / (time.monotonic() - began):.0f} rows a second all the same")
    return int((battle.kept, battle.most) != (battle.rows, 1))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
