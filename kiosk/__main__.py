"""`python -m kiosk`: the visitor's window."""

import argparse
import logging
import os
import sys
import time
from pathlib import Path

from catalog.settings import BadSettings, load
from kiosk.settings import Settings


def main() -> int:
    """Returns 0, 2 for wrong usage, 3 when the window cannot be made."""
    given = _arguments()
    try:
        settings = load(Settings, "kiosk.toml", given.config, language=given.lang)
    except BadSettings as error:
        print(error, file=sys.stderr)
        return 2
    if given.shot:
        os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    from kiosk.window import prepare, tame

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    prepare(given.state, given.windowed or ((1080, 1920) if given.shot else None))
    from kivy.core.window import Window

    if Window is None:
        print("no window: start an X server, or set SDL_VIDEODRIVER=offscreen", file=sys.stderr)
        return 3
    width, height = Window.size
    tame(width, height, settings.panel_diagonal_inch)
    from screens.shared.widgets import load_theme

    load_theme()
    from kiosk.app import Kiosk, shot
    from kiosk.shelf import Shelf

    kiosk = Kiosk(settings, Shelf(given.state))
    if given.shot:
        shot(kiosk, given.shot[0], Path(given.shot[1]))
        return 0
    if given.live:
        from kiosk.live import watch

        watch(given.live)
    if given.report_start:
        from kiosk.live import report_start

        report_start(kiosk, _process_start())
    kiosk.run()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kiosk", description="The visitor's window.")
    parser.add_argument("--state", type=Path, default=_default_state(), metavar="DIR", help="state folder")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings file")
    parser.add_argument("--windowed", type=_size, metavar="WxH", help="a window instead of the full screen")
    parser.add_argument("--lang", choices=("zh", "en"), help="language at the start of a visit")
    parser.add_argument(
        "--shot", nargs=2, metavar=("ROUTE", "FILE"), help="draw one screen to a PNG file and end"
    )
    parser.add_argument("--live", type=Path, metavar="FILE", help="keep a PNG file of what is on the screen")
    parser.add_argument(
        "--report-start", action="store_true", help="print the time to the first touchable home, and end"
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


def _process_start() -> float:
    """Seconds since the epoch at which this process began, from the kernel."""
    ticks = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
    since_boot = ticks / os.sysconf("SC_CLK_TCK")
    return time.time() - (time.clock_gettime(time.CLOCK_BOOTTIME) - since_boot)


if __name__ == "__main__":
    sys.exit(main())
