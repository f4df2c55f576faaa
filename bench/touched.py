"""The kiosk at one route, which says where its targets are, and nothing else that differs from `python -m kiosk`.

    python -m bench.touched STATE ROUTE

Prints one line of JSON once the page is drawn: the centre of every target by its route, in pixels from the top left.
"""

import json
import sys
from pathlib import Path
from typing import Any

from catalog.settings import load
from kiosk.settings import Settings
from kiosk.window import prepare, tame


def made(state: Path) -> Any:
    """The kiosk as `python -m kiosk` makes it, in a window that is there already; nothing of Kivy may be before."""
    settings = load(Settings, "kiosk.toml", None)
    prepare(state, None)
    from kivy.core.window import Window

    width, height = Window.size
    tame(width, height, settings.panel_diagonal_inch)
    from screens.shared.widgets import load_theme

    load_theme()
    from kiosk.app import Kiosk
    from kiosk.shelf import Shelf

    return Kiosk(settings, Shelf(state))


def main() -> None:
    """Runs until it is ended."""
    state, route = Path(sys.argv[1]), sys.argv[2]
    kiosk = made(state)
    from kivy.clock import Clock
    from kivy.core.window import Window

    from screens.shared.widgets import Target

    kiosk.navigator.go(route)

    def tell(_seconds: float) -> None:
        found: dict[str, list[int]] = {}
        targets: list[Any] = [w for w in Window.children[0].walk(restrict=True) if isinstance(w, Target)]
        for target in targets:
            x, y = target.to_window(*target.center)
            found.setdefault(target.route, [int(x), int(Window.height - y)])
        print(json.dumps(found), flush=True)

    def flipping(_window: Any) -> None:
        Window.unbind(on_flip=flipping)
        Clock.schedule_once(tell, 1)

    Window.bind(on_flip=flipping)
    kiosk.run()


if __name__ == "__main__":
    main()
