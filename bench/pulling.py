"""A county server, and a box that pulls and builds the demonstration county's edition again and again, until killed.

Prints a line when the first edition was built. The box is started like any program, and has to give way by itself; so
does the county, which in a hall is another machine. To be started in a session of its own.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from sync.manners import give_way
from tests.sample import sample_records
from tests.sync.served import served_county


def main(folder: Path) -> int:
    """Runs until it is killed. Returns 1 when a pull fails."""
    box = folder / "box"
    give_way()
    with served_county(folder / "county") as county:
        county.publish(sample_records())
        root = str(county.settings.repository / "metadata" / "1.root.json")
        sync = [sys.executable, "-m", "sync"]
        for number in range(1_000_000):
            shutil.rmtree(box, ignore_errors=True)
            trust = [*sync, "--state", str(box), "trust", root]
            pull = [*sync, "--once", "--state", str(box), "--url", f"{county.url}repository/"]
            for command in (trust, pull):
                if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
                    return 1
            if number == 0:
                print("pulling", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
