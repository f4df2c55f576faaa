"""The kiosk, which says when an emergency bulletin was drawn, and nothing else that differs from `python -m kiosk`.

    python -m bench.alarmed STATE

Prints a line for the first frame, and one for each frame that shows another bulletin over the screen than before.
"""

import sys
from pathlib import Path
from typing import Any

from bench.touched import made


def main() -> None:
    """Runs until it is ended."""
    kiosk = made(Path(sys.argv[1]))
    from kivy.core.window import Window

    told = [None]

    def flipping(_window: Any) -> None:
        if (shown := kiosk._alarm.shown) != told[0]:
            told[0] = shown
            print(shown or "-", flush=True)

    Window.bind(on_flip=flipping)
    kiosk.run()


if __name__ == "__main__":
    main()
