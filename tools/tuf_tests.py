"""`python -m tools.tuf_tests`: runs the tests that python-tuf ships with its source against the installed library.

The source archive and what its tests need beyond our environment are fetched once, each pinned by its SHA-256, into
.build/tuf. Exit code 0, 1 when a test fails, 3 when the packages cannot be had.
"""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

FOLDER = Path(__file__).parent.parent / ".build" / "tuf"
SOURCE = "tuf==7.0.1 --hash=sha256:5ada1db78da3518fa851e28588f4b2249b8662a28ae528f54afa2a1de541fb31"
TOOLS = """
freezegun==1.5.5 --hash=sha256:cd557f4a75cf074e84bc374249b9dd491eaeacd61376b9eb3c423282211619d2
python-dateutil==2.9.0.post0 --hash=sha256:a8b2bc7bffae282281c8140a97d3aa9c14da0b136dfe83f850eea9a5f7470427
six==1.17.0 --hash=sha256:4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274
"""


def main() -> int:
    """Fetch what is missing, run the tests."""
    if not (FOLDER / "ready").exists():
        try:
            _fetch()
        except subprocess.CalledProcessError:
            print(
                "The source archive of tuf 7.0.1 cannot be had from the package index; its tests did not run."
            )
            return 3
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-n",
        "2",
        "-W",
        "default",
        "tests",
    ]
    environment = os.environ | {"PYTHONPATH": str(FOLDER / "tools")}
    return 1 if subprocess.run(command, cwd=FOLDER / "source", env=environment, check=False).returncode else 0


def _fetch() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    (FOLDER / "source.txt").write_text(SOURCE)
    (FOLDER / "tools.txt").write_text(TOOLS)
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    pinned = ["--no-deps", "--require-hashes", "-r"]
    fetch = ["download", "--no-binary", ":all:", "--no-build-isolation", "-d", str(FOLDER)]
    subprocess.run([*pip, *fetch, *pinned, str(FOLDER / "source.txt")], check=True)
    subprocess.run(
        [*pip, "install", "--target", str(FOLDER / "tools"), *pinned, str(FOLDER / "tools.txt")], check=True
    )
    (archive,) = FOLDER.glob("tuf-*.tar.gz")
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            _, _, inner = member.name.partition("/")
            if inner.startswith(("tests/", "examples/")):  # not tuf/: it is the installed one that counts
                member.name = inner
                tar.extract(member, FOLDER / "source", filter="data")
    (FOLDER / "ready").touch()


if __name__ == "__main__":
    sys.exit(main())
