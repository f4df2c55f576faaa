"""`python -m kiosk`: the visitor's window."""

import argparse
import faulthandler
import gc
import logging
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from catalog.settings import BadSettings, load
from kiosk.profile import PROFILES
from kiosk.settings import Settings
from kiosk.window import prepare, tame

SHOT_SIZE = (1080, 1920)
NO_WINDOW = "no window: start a display server, or draw off screen with SDL_VIDEODRIVER=offscreen"


def main() -> int:
    """Returns 0 at the end or after SIGTERM or SIGINT, 2 for wrong usage, 3 when there is no window to be had,
    75 when staff asked for a restart."""
    given = _arguments()
    if given.command == "pin":
        return set_pin(given.state)
    gc.disable()  # until there is a window: a start makes a great many things and drops none
    try:
        settings = load(Settings, "kiosk.toml", given.config, language=given.lang, profile=given.profile)
    except BadSettings as error:
        print(error, file=sys.stderr)
        return 2
    if given.shot:
        os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    _log()
    prepare(given.state, given.windowed or (SHOT_SIZE if given.shot else None))
    _end_on_signals()
    from kivy.core.window import Window

    if Window is None:
        print(NO_WINDOW, file=sys.stderr)
        return 3
    width, height = Window.size
    tame(width, height, settings.panel_diagonal_inch)
    return _run(given, settings)


def _run(given: argparse.Namespace, settings: Settings) -> int:
    from screens.shared.widgets import load_theme

    load_theme()
    from kivy.clock import Clock

    from catalog.box import factory
    from kiosk import live, vitals
    from kiosk.app import Kiosk
    from kiosk.forgetting import collect_between_visits
    from kiosk.shelf import Shelf

    shelf = Shelf(given.state, factory())

    def shown() -> str:
        return shelf.store.edition_digest if shelf.store else ""

    kiosk = Kiosk(settings, shelf, safe=given.safe)
    if given.shot:
        live.shot(kiosk, given.shot[:1], Path(given.shot[1]))
        return 0
    if given.live:
        live.watch(given.live)
    if given.heartbeat is not None:
        faulthandler.register(signal.SIGUSR1)
        live.beat(kiosk, given.heartbeat)
        errors = vitals.Errors()
        logging.getLogger().addHandler(errors)
        vitals.keep(kiosk, given.state, shown, lambda: datetime.now(UTC), errors)
    if given.report_start:

        def report() -> None:
            print(f"{live.milliseconds_alive():.0f}", flush=True)

        live.report_start(kiosk, report)
    Clock.schedule_once(lambda _seconds: collect_between_visits())
    kiosk.run()
    return kiosk.exit_code


def set_pin(state: Path) -> int:
    """Ask for a new PIN twice and keep its hash. Returns 1 when it is refused, 3 when it cannot be kept."""
    import getpass

    from kiosk.pin import Lock, weakness

    pin = getpass.getpass("New PIN: ")
    trouble = weakness(pin) or ("" if getpass.getpass("Once more: ") == pin else "the two are not the same")
    if trouble:
        print(f"refused: {trouble}", file=sys.stderr)
        return 1
    try:
        Lock(state).set(pin, os.urandom)
    except OSError as error:
        print(error, file=sys.stderr)
        return 3
    print("The PIN is set. To reach the pad tap the screen's upper corners: left, right, right, left, left.")
    return 0


def _log() -> None:
    """Warnings and worse go to the standard error."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    logging.basicConfig(handlers=[handler], format="%(levelname)s %(message)s")


def _end_on_signals() -> None:
    """SIGTERM and SIGINT end the main loop after its current round. SDL leaves signals alone that have a handler."""
    from kivy.base import EventLoop

    def end(_number: int, _frame: FrameType | None) -> None:
        EventLoop.quit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kiosk", description="The visitor's window.")
    parser.add_argument(
        "command", nargs="?", choices=("pin",), help="pin: set the PIN that opens the staff's panel, and end"
    )
    parser.add_argument("--state", type=Path, default=_default_state(), metavar="DIR", help="state folder")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings file")
    parser.add_argument("--windowed", type=_size, metavar="WxH", help="a window instead of the full screen")
    parser.add_argument("--profile", choices=tuple(PROFILES), help="how much is shown; wall: without touch")
    parser.add_argument("--lang", choices=("zh", "en"), help="language at the start of a visit")
    parser.add_argument(
        "--shot", nargs=2, metavar=("ROUTE", "FILE"), help="draw one screen to a PNG file and end"
    )
    parser.add_argument("--live", type=Path, metavar="FILE", help="keep a PNG file of what is on the screen")
    parser.add_argument(
        "--report-start",
        action="store_true",
        help="start at home; print the milliseconds until it could be touched",
    )
    parser.add_argument("--safe", action="store_true", help="show only that this kiosk is out of service")
    parser.add_argument(
        "--heartbeat",
        type=int,
        metavar="FD",
        help="file descriptor to write a byte to when frames are drawn, for kiosk.watchdog",
    )
    return parser.parse_args()


def _default_state() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "openhall" / "box"


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    try:
        return int(width), int(height)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text}: expected WIDTHxHEIGHT in pixels, such as 1080x1920"
        ) from None


if __name__ == "__main__":
    sys.exit(main())
