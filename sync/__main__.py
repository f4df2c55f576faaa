"""The sync program: `python -m sync [--once [--json]] [--bundle FOLDER] | status [--json] | trust FILE |
enrol URL CODE`."""

import argparse
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from msgspec import structs
from tqdm import tqdm

from catalog.box import Status, default_state, read_active, read_status
from catalog.outbox import KINDS
from catalog.settings import BadSettings, load
from catalog.text import encode
from sync.api import Turned
from sync.attempt import Attempt, BadRoot, Busy, attempt, locked, trust, trusted_root
from sync.enrolment import enrol
from sync.errors import SyncError
from sync.following import follow, speak
from sync.identity import base_url, read_identity
from sync.manners import give_way
from sync.settings import Settings
from sync.shelf import Progress

REPOSITORY = "http://127.0.0.1:8080/repository/"
"""Where a box looks that nobody told anything: at a county server on this machine."""
PROBLEM, USAGE, ENVIRONMENT = 1, 2, 3
"""Exit codes: the county could not be followed, the command line is wrong, this machine is not ready."""


def main(arguments: list[str]) -> int:
    """Run the program; returns its exit code."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except Busy as busy:
        print(f"busy: {busy}")
        return 0
    except BadSettings as error:
        print(error, file=sys.stderr)
        return USAGE
    except (BadRoot, OSError) as error:
        print(error, file=sys.stderr)
        return ENVIRONMENT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sync",
        description="Keeps this box at the county's newest edition. Without --once it goes on until it is "
        "stopped; the signal USR1, or staff at the kiosk, make it look at once.",
    )
    _add_state(parser, default_state())
    parser.add_argument("--config", type=Path, help="settings that differ from config/sync.toml")
    parser.add_argument("--url", help="address of the repository, instead of repository_url")
    parser.add_argument("--interval", type=float, help="seconds between two looks, instead of interval")
    parser.add_argument("--once", action="store_true", help="look once; exit 1 when that fails")
    parser.add_argument(
        "--bundle", type=Path, metavar="FOLDER", help="look once into a folder made by `county bundle`"
    )
    parser.add_argument(
        "--json", action="store_true", help="with --once or --bundle: print the result as JSON"
    )
    parser.set_defaults(run=_sync)
    commands = parser.add_subparsers(title="commands")
    status = commands.add_parser("status", help="what this box shows and how fresh that is")
    _add_state(status, argparse.SUPPRESS)
    status.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    status.set_defaults(run=_show_status)
    root = commands.add_parser("trust", help="start from this root; get the file from the county in person")
    _add_state(root, argparse.SUPPRESS)
    root.add_argument("file", type=Path)
    root.set_defaults(run=_trust)
    taken = commands.add_parser("enrol", help="become a kiosk of a county, with a code from its fleet page")
    _add_state(taken, argparse.SUPPRESS)
    taken.add_argument("--config", type=Path, default=argparse.SUPPRESS, help="settings, such as a proxy")
    taken.add_argument("url", help="address of the county server, such as https://county.example/")
    taken.add_argument("code", help="28 letters and figures; groups and small letters do not matter")
    taken.set_defaults(run=_enrol)
    return parser


def _add_state(parser: argparse.ArgumentParser, default: Path | str) -> None:
    parser.add_argument("--state", type=Path, default=default, help="state folder of the box")


def _sync(options: argparse.Namespace) -> int:
    settings = _settings(options)
    signal.signal(signal.SIGTERM, _stop)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    if options.bundle and not (options.bundle / "metadata").is_dir():
        print(
            f"{options.bundle} is no bundle; make one with: python -m county bundle FOLDER", file=sys.stderr
        )
        return PROBLEM
    with locked(options.state):
        root = trusted_root(options.state)
        if not (options.once or options.bundle):
            logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
            logging.getLogger("tuf").setLevel(logging.WARNING)
            follow(options.state, settings, root, _progress, _words)
        with _progress() as progress:
            result = attempt(options.state, settings, root, datetime.now(UTC), progress, options.bundle)
        if not options.bundle:
            speak(options.state, settings, tuple(KINDS))
    print(encode(_report(result)).decode() if options.json else _words(result))
    return PROBLEM if result.error else 0


def _settings(options: argparse.Namespace) -> Settings:
    """As given; without the repository's address, that of the county that took this box in. Raises BadSettings."""
    settings = load(
        Settings, "sync.toml", options.config, repository_url=options.url, interval=options.interval
    )
    identity = read_identity(options.state)
    usual = f"{identity.county}repository/" if identity else REPOSITORY
    try:
        return structs.replace(settings, repository_url=base_url(settings.repository_url or usual))
    except ValueError as error:
        raise BadSettings(f"repository_url: {error}") from error


def _enrol(options: argparse.Namespace) -> int:
    settings = load(Settings, "sync.toml", options.config)
    try:
        with locked(options.state):
            identity = enrol(options.state, options.url, options.code, settings)
    except ValueError as error:
        print(error, file=sys.stderr)
        return USAGE
    except Busy as busy:
        print(f"{busy}; stop it, enrol, and start it again", file=sys.stderr)
        return ENVIRONMENT
    except SyncError as error:
        print(error, file=sys.stderr)
        if isinstance(error, Turned):
            print(
                "Ask the county for a new code if this one was used or is older than a day.", file=sys.stderr
            )
        return PROBLEM
    print(f"this box is {identity.name} ({identity.kiosk}) of {identity.county}")
    return 0


def _stop(_number: int, _frame: object) -> None:
    raise SystemExit(0)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal, for pulls that take more than two seconds."""
    with tqdm(unit=" records", delay=2, disable=None, leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show


def _words(result: Attempt) -> str:
    cost = f"{result.traffic.sent} bytes sent, {result.traffic.received} received"
    if result.error:
        return f"{result.error.network}: {result.error} ({cost})"
    outcome = result.outcome
    assert outcome
    if not outcome.edition:
        return f"no edition that this box may show yet ({cost})"
    change = f"new, {outcome.objects} objects" if outcome.changed else "unchanged"
    return f"edition {outcome.edition} {outcome.digest[:12]} ({change}; {cost})"


def _report(result: Attempt) -> dict[str, object]:
    report: dict[str, object] = {"outcome": result.outcome, "traffic": result.traffic}
    if result.error is None:
        return report
    error = result.error
    return report | {"error": str(error), "network": error.network, "event": error.event}


def _show_status(options: argparse.Namespace) -> int:
    active, status = read_active(options.state), read_status(options.state)
    if options.json:
        print(encode({"active": active, "status": status}).decode())
    else:
        print(f"edition {active.edition} {active.digest[:12]}" if active else "no edition yet")
        print(_freshness(status) if status else "never tried")
    return 0


def _freshness(status: Status) -> str:
    confirmed = f"{status.confirmed:%Y-%m-%d %H:%M:%S} UTC" if status.confirmed else "never"
    trouble = f"; {status.network}: {status.error}" if status.error else ""
    rejected = f"; rejected {', '.join(digest[:12] for digest in status.rejected)}" if status.rejected else ""
    trial = f"; on probation {status.probation[:12]}" if status.probation else ""
    tried = f"last tried {status.tried:%Y-%m-%d %H:%M:%S} UTC"
    return f"last confirmed {confirmed}; {tried}{trouble}{trial}{rejected}"


def _trust(options: argparse.Namespace) -> int:
    trust(options.state, options.file)
    print(f"{options.state} trusts {options.file}")
    return 0


if __name__ == "__main__":
    give_way()
    raise SystemExit(main(sys.argv[1:]))
