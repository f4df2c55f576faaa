"""The sync client as the public tuf-conformance suite calls it.

    tuf_client.py --metadata-dir D init TRUSTED_ROOT
    tuf_client.py --metadata-dir D --metadata-url U refresh
    tuf_client.py --metadata-dir D --metadata-url U --target-name T … --target-base-url B --target-dir X download

Exit code 0, or 1 when anything was refused. D holds the metadata under plain names, byte for byte as it was served, and
in D/box what a kiosk box keeps beside it. Only what the product adds for itself is left out: editions, and the time
of building as a floor for the clock, as the suite moves the clock to days before that.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tuf.api.exceptions import DownloadError, RepositoryError
from tuf.ngclient import Updater

from catalog.settings import load
from sync.attempt import BadRoot, trust, trusted_root
from sync.chain import Chain
from sync.errors import SyncError
from sync.fetcher import Fetcher
from sync.marks import Marks
from sync.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command."""
    given = _arguments(arguments)
    box: Path = given.metadata_dir / "box"
    try:
        if given.command == "init":
            trust(box, given.root)
            if not (given.metadata_dir / "root.json").exists():
                (given.metadata_dir / "root.json").write_bytes(trusted_root(box))
            return 0
        with (
            closing(Fetcher(load(Settings, "sync.toml"))) as fetcher,
            closing(Marks(box / "state.db")) as marks,
        ):
            chain = Chain(given.metadata_url, trusted_root(box), given.metadata_dir, marks, fetcher)
            signed = chain.refresh(datetime.now(UTC))
            if given.command == "download":
                _download(signed.updater, given.target_name, given.target_base_url, given.target_dir)
    except (SyncError, BadRoot, DownloadError, RepositoryError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


def _download(updater: Updater, names: Sequence[str], url: str, folder: Path) -> None:
    """All targets through one view of the metadata. Raises SyncError, RepositoryError, DownloadError."""
    updater.target_dir = str(folder)
    for name in names:
        target = updater.get_targetinfo(name)
        if target is None:
            raise RepositoryError(f"no target {name}")
        if not updater.find_cached_target(target):
            updater.download_target(target, target_base_url=url)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The sync client for the tuf-conformance suite.")
    parser.add_argument("--metadata-dir", type=Path, required=True)
    parser.add_argument("--metadata-url", default="")
    parser.add_argument("--target-name", action="append", default=[])
    parser.add_argument("--target-base-url", default="")
    parser.add_argument("--target-dir", type=Path)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("init").add_argument("root", type=Path)
    commands.add_parser("refresh")
    commands.add_parser("download")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
