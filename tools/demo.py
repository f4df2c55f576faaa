"""The demonstration: county server, sync and kiosk on this machine, with the county of assets/sample.

Everything lives in the folder .demo, which a second run uses again and `make clean` removes.
"""

import argparse
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from catalog.box import read_active
from catalog.records import County
from catalog.store import Store
from county.__main__ import main as county
from sync.__main__ import main as sync
from sync.identity import read_identity
from tools.children import Children
from tools.reviewing import review_drafts
from tools.staffing import add_staff

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "assets" / "sample"
PORT = 8080
LONGEST_START = 60
"""Seconds after which a demonstration that shows nothing is given up."""


class Failed(Exception):
    """The demonstration cannot go on; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a demonstration keeps its files and which addresses it has."""

    folder: Path
    port: int
    address: str

    @property
    def county(self) -> Path:
        """State folder of the county server."""
        return self.folder / "county"

    @property
    def box(self) -> Path:
        """State folder that sync and kiosk share."""
        return self.folder / "box"

    @property
    def sync_settings(self) -> Path:
        """What sync is told beside its options: here nobody need wait an hour to see what visitors said."""
        return self.folder / "sync.toml"

    @property
    def picture(self) -> Path:
        """What the kiosk shows, when there is no display."""
        return self.folder / "screen.png"

    @property
    def public_url(self) -> str:
        """Where phones in the same network find the county server."""
        return f"http://{self.address}:{self.port}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 0 when it was stopped, 1 when a program died or a step failed."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    begun = time.monotonic()
    place = Place(options.folder.absolute(), options.port or _free_port(), _lan_address())
    display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and not options.no_display
    try:
        _found(place)
        with Children(place.folder / "log") as children:
            for name, command, environment in _programs(place, display):
                children.start(name, [sys.executable, "-m", *command], os.environ | environment)
                if name == "county":
                    _enrol(place, children)
            _publish(place)
            return _show(place, children, display, begun, options.seconds)
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / ".demo", help="where everything is kept")
    parser.add_argument(
        "--port", type=int, help=f"port of the county server (default: {PORT}, if it is free)"
    )
    parser.add_argument("--seconds", type=float, help="end after so many seconds")
    parser.add_argument(
        "--no-display", action="store_true", help="draw off screen although there is a display"
    )
    return parser


def _found(place: Place) -> None:
    """Found the county server, unless an earlier run has, and have the box trust it."""
    place.picture.unlink(missing_ok=True)
    place.folder.mkdir(parents=True, exist_ok=True)
    place.sync_settings.write_text("outbox_interval = 5\n", encoding="utf-8")
    root = place.county / "repository" / "metadata" / "1.root.json"
    first = not root.exists()
    _county(place, "init", "--demonstration", "--public-url", place.public_url, said=first)
    if sync(["--state", str(place.box), "trust", str(root)]):
        raise Failed(f"the box in {place.box} does not trust this county; remove {place.folder}")


def _enrol(place: Place, children: Children) -> None:
    """Take the box in, unless an earlier run has."""
    if read_identity(place.box) is not None:
        return
    said = StringIO()
    with redirect_stdout(said):
        if county(["enrol", "--state", str(place.county), "演示终端"]):
            raise Failed("county enrol failed")
    code = said.getvalue().splitlines()[1]
    address = f"http://127.0.0.1:{place.port}/"

    def taken() -> bool:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            return sync(["enrol", "--state", str(place.box), address, code]) == 0

    if died := _wait_until(children, taken):
        raise Failed(children.obituary(died))


def _publish(place: Place) -> None:
    """Publish the demonstration county, or renew the signature of what an earlier run published."""
    if _published_url(place) == place.public_url:
        _county(place, "publish", "--refresh")
        return
    print("\nPublishing the demonstration county", flush=True)
    if read_active(place.county) is None:
        _county(place, "import", str(SAMPLE))
    review_drafts(place.county, "county")
    _say_who(place)
    _county(place, "build")
    _county(place, "sign", "--yes")
    _county(place, "publish")


def _say_who(place: Place) -> None:
    """Print the one-time passwords of the desk's staff when they were made just now."""
    passwords = add_staff(place.county)
    if passwords:
        print(f"\n工作台 {place.public_url}/admin/ 的账户与一次性密码（只显示这一次）：")
        for name, password in passwords.items():
            print(f"  {name:<22}{password}")


def _published_url(place: Place) -> str:
    active = read_active(place.county)
    if active is None:
        return ""
    store = Store.open(place.county / active.file)
    try:
        county = store.get(County, "county")
    finally:
        store.close()
    return county.public_url if county else ""


def _county(place: Place, command: str, *arguments: str, said: bool = False) -> None:
    """Carry out a county command; its output is for people only when it is to be `said`."""
    with nullcontext() if said else redirect_stdout(StringIO()):
        code = county([command, "--state", str(place.county), *arguments])
    if code:
        raise Failed(f"county {command} failed with code {code}")


def _show(place: Place, children: Children, display: bool, begun: float, seconds: float | None) -> int:
    """Say where everything is once it can be seen; wait until a program ends, or for so many seconds."""

    def ready() -> bool:
        return read_active(place.box) is not None and (display or place.picture.exists())

    died = _wait_until(children, ready)
    if not died and ready():
        _say_where(place, display, time.monotonic() - begun)
        died = children.wait(seconds)
    if died:
        raise Failed(children.obituary(died))
    if not ready():
        raise Failed(f"nothing to be seen after {LONGEST_START} s; see {place.folder / 'log'}")
    return 0


def _programs(place: Place, display: bool) -> list[tuple[str, list[str], dict[str, str]]]:
    repository = f"http://127.0.0.1:{place.port}/repository/"
    serve = [
        "county",
        "serve",
        "--demonstration",
        "--state",
        str(place.county),
        "--host",
        "0.0.0.0",
        "--port",
        str(place.port),
    ]
    follow = ["sync", "--state", str(place.box), "--url", repository, "--interval", "2"]
    follow += ["--config", str(place.sync_settings)]
    kiosk = ["kiosk.watchdog", "--state", str(place.box), "--windowed"]
    if display:
        return [("county", serve, {}), ("sync", follow, {}), ("kiosk", [*kiosk, "540x960"], {})]
    live = [*kiosk, "1080x1920", "--live", str(place.picture)]
    return [
        ("county", [*serve, "--picture", str(place.picture)], {}),
        ("sync", follow, {}),
        ("kiosk", live, {"SDL_VIDEODRIVER": "offscreen"}),
    ]


def _wait_until(children: Children, ready: Callable[[], bool]) -> str:
    """Wait until something is so; the name of a program that ended before."""
    deadline = time.monotonic() + LONGEST_START
    while not ready() and time.monotonic() < deadline:
        if died := children.wait(0.1):
            return died
    return ""


def _say_where(place: Place, display: bool, seconds: float) -> None:
    print(f"\nThe demonstration is up after {seconds:.1f} s.")
    if display:
        print("  kiosk           in its window")
    else:
        print("  kiosk           there is no display, so it draws off screen; its live picture:")
        print(f"                  {place.public_url}/demo")
    print(f"  phone pages     {place.public_url}/m/")
    print(f"  desk of staff   {place.public_url}/admin/")
    print(f"  repository      {place.public_url}/repository/")
    print(f"  files and logs  {place.folder}")
    print(
        "The server listens on all addresses of this machine so that phones in its network reach it: only for"
    )
    print("a demonstration. Ctrl-C ends everything.", flush=True)


def _free_port() -> int:
    for port in (PORT, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("0.0.0.0", port))
            except OSError:
                continue
            number: int = probe.getsockname()[1]
            return number
    raise OSError("no free port")


def _lan_address() -> str:
    """This machine's address in its network; asking for it sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        address: str = probe.getsockname()[0]
        return address


if __name__ == "__main__":
    sys.exit(main())
