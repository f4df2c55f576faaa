"""Draws every screen of the demonstration county into docs/pictures/: python -m tools.pictures [FOLDER]

The clock stands still and the edition is fixed, so a picture changes only when its screen does.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from catalog.box import Active, Status, active_path, status_path
from catalog.settings import load
from catalog.text import encode
from kiosk.settings import Settings
from tests.sample import CREATED, sample_store
from tools import desk_pictures, phone_pictures

NOW = CREATED + timedelta(hours=1, minutes=24)
COLOURS = 128
"""Colours of a picture's palette, which makes it a fifth of the size."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One screen: the name of the file, the route, the panel in pixels and inches, the language.

    `first` are the routes that lead there, for what a visitor does before.
    """

    name: str
    route: str
    size: tuple[int, int] = (1080, 1920)
    inches: float = 43.0
    language: str = "zh"
    first: tuple[str, ...] = ()


WIDE = (1920, 1080)
SMALL = (768, 1366)
CHOSEN = ("do/choose/service/birth-registration", "do/choose/life_event/having-a-baby")
PICTURES = (
    Picture("attract", "attract"),
    Picture("home", "home"),
    Picture("home-business", "home/business"),
    Picture("stage", "stage/birth"),
    Picture("events", "events/person"),
    Picture("event", "event/having-a-baby"),
    Picture("service", "service/birth-registration"),
    Picture("service-papers", "service/birth-registration/papers"),
    Picture("service-steps", "service/birth-registration/steps"),
    Picture("handoff", "handoff/service/birth-registration"),
    Picture("search", "search", first=("search", "do/key/s", "do/key/f", "do/key/z")),
    Picture("basket", "basket", first=CHOSEN),
    Picture("bulletin", "bulletin/emg-flu-20261116"),
    Picture("bulletins", "bulletins"),
    Picture("notice", "thanks"),
    Picture("rating", "rating", first=("rating", "do/pick/overall/2", "do/tick/bad/guide-error")),
    Picture("survey", "survey/hall-satisfaction"),
    Picture("guide", "guide"),
    Picture("accessibility", "accessibility"),
    Picture("home-en", "home", language="en"),
    Picture("service-en", "service/birth-registration", language="en"),
    Picture("home-landscape", "home", WIDE),
    Picture("event-landscape", "event/having-a-baby", WIDE),
    Picture("service-landscape", "service/birth-registration", WIDE),
    Picture("home-small", "home", SMALL, 32.0),
    Picture("service-small", "service/birth-registration", SMALL, 32.0),
)


def main() -> None:
    """Draw each picture in a process of its own, since a process has one window."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as state:
        _state(Path(state))
        for number, picture in enumerate(PICTURES):
            print(picture.name, flush=True)
            command = [sys.executable, "-m", "tools.pictures", "--draw", str(number), state, str(folder)]
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        command = [sys.executable, "-m", "tools.contact_sheet", state, str(folder)]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    phone_pictures.take(folder)
    desk = desk_pictures.take(folder / "desk")
    for path in folder.rglob("*.png"):
        Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    (folder / "README.md").write_text(_table(desk))


def draw(picture: Picture, state: Path, folder: Path) -> None:
    """Draw one picture off screen."""
    from kiosk.window import prepare, tame

    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    prepare(state, picture.size)
    tame(*picture.size, picture.inches)
    from screens.shared.widgets import load_theme

    load_theme()
    from kiosk.app import Kiosk
    from kiosk.live import shot
    from kiosk.shelf import Shelf

    settings = load(Settings, "kiosk.toml", language=picture.language)
    kiosk = Kiosk(settings, Shelf(state), lambda: NOW.astimezone(UTC), lambda: 0.0)
    shot(kiosk, (*picture.first, picture.route), folder / f"{picture.name}.png")


def _table(desk: list[str]) -> str:
    """Every picture with its route and panel; the phone's pages stand beside the kiosk's, the county's below."""
    rows = [(p.name, f"`{p.route}`", f"{p.size[0]} x {p.size[1]}, {p.inches:g} inches") for p in PICTURES]
    rows += [(name, f"`{path}`", "phone") for name, path in phone_pictures.PICTURES.items()]
    lines = ["# Pictures", "", "Drawn by `make pictures`.", "", "| Screen | Route | Panel |", "|---|---|---|"]
    lines += [
        f'| <img src="{name}.png" height="320" alt="{name}"> | {route} | {panel} |'
        for name, route, panel in rows
    ]
    lines += [
        "",
        "Every screen as designed, in large type, in high contrast, in low reach, and in all three:",
        "",
    ]
    lines += ["![modes](modes.png)", "", "The county's desk, on a screen and on a tablet:", ""]
    lines += [f"![{name}](desk/{name}-{size}.png)" for name in desk for size in desk_pictures.SIZES]
    return "\n".join(lines) + "\n"


def _state(state: Path) -> None:
    """A box that has just confirmed the demonstration county's edition."""
    (state / "editions").mkdir()
    sample_store(state / "editions" / "sample.db", 128).close()
    active = Active(edition=128, digest="sample", file="editions/sample.db", activated=CREATED)
    active_path(state).write_bytes(encode(active))
    status_path(state).write_bytes(encode(Status(tried=NOW, confirmed=NOW)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--draw"]:
        draw(PICTURES[int(sys.argv[2])], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
