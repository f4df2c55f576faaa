"""Looking into one edition: `python -m catalog search EDITION QUERY | show EDITION KIND ID | verify EDITION`.

EDITION is a store file, such as `stores/<digest>.db` of the county or `editions/<digest>.db` of a box.
Exit status: 0 found or sound, 1 nothing found or damaged, 2 wrong usage, 3 the file cannot be read.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from catalog.edition import Damaged
from catalog.records import RECORD_TYPES
from catalog.search import Hit
from catalog.store import Store
from catalog.text import encode

FOUND, PROBLEM, UNREADABLE = 0, 1, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    path: Path = options.edition
    run: Callable[[Store, argparse.Namespace], int] = options.run
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        return _fail(
            f"{path}: {error.strerror}. Name the file of an edition, for example editions/….db", UNREADABLE
        )
    try:
        with closing(Store.open(path)) as store:
            return run(store, options)
    except Damaged as error:
        return _fail(
            f"{path}: {error}. The edition is damaged or no edition; build or pull it again.", PROBLEM
        )


def search(store: Store, options: argparse.Namespace) -> int:
    """Print what a visitor would find."""
    hits = store.index.search(options.query, options.limit, options.kind)
    if options.json:
        sys.stdout.buffer.write(encode({"query": options.query, "hits": hits}) + b"\n")
    else:
        for hit in hits:
            print(_line(hit))
    if not hits:
        return _fail(f"Nothing found for {options.query!r}.", PROBLEM)
    return FOUND


def show(store: Store, options: argparse.Namespace) -> int:
    """Print one record as JSON."""
    record = store.get(RECORD_TYPES[options.kind], options.id)
    if record is None:
        return _fail(f"No {options.kind} has the id {options.id!r}; `search` shows ids.", PROBLEM)
    sys.stdout.buffer.write(msgspec.json.format(encode(record), indent=2) + b"\n")
    return FOUND


def verify(store: Store, options: argparse.Namespace) -> int:
    """Check the file and its content against its manifest."""
    store.verify()
    manifest = store.manifest
    count = sum(kind.root.records for kind in manifest.kinds)
    if options.json:
        answer = {
            "edition": manifest.edition,
            "digest": store.edition_digest,
            "records": count,
            "sound": True,
        }
        sys.stdout.buffer.write(encode(answer) + b"\n")
    else:
        print(f"Edition {manifest.edition}, {count} records, digest {store.edition_digest}: sound")
    return FOUND


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m catalog", description="Look into one edition.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    searching = commands.add_parser("search", help="find records as a visitor would")
    showing = commands.add_parser("show", help="print one record as JSON")
    verifying = commands.add_parser("verify", help="check the file against its manifest")
    for command in (searching, showing, verifying):
        command.add_argument("edition", metavar="EDITION", type=Path, help="store file of an edition")
    searching.add_argument("query", metavar="QUERY", help="Chinese, pinyin, initials, English, or a mixture")
    searching.add_argument("--limit", type=int, default=10, help="how many hits (default: 10)")
    searching.add_argument("--kind", action="append", default=[], choices=RECORD_TYPES, help="only this kind")
    searching.add_argument("--json", action="store_true", help="one JSON object: query, hits")
    searching.set_defaults(run=search)
    showing.add_argument("kind", metavar="KIND", choices=RECORD_TYPES, help=", ".join(RECORD_TYPES))
    showing.add_argument("id", metavar="ID")
    showing.set_defaults(run=show)
    verifying.add_argument(
        "--json", action="store_true", help="one JSON object: edition, digest, records, sound"
    )
    verifying.set_defaults(run=verify)
    return parser


def _line(hit: Hit) -> str:
    reason = f"  ({hit.reason})" if hit.reason else ""
    return f"{hit.score:7.2f}  {hit.kind}/{hit.id}  {hit.title}{reason}"


def _fail(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
