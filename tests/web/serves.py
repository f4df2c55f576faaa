"""What a page of the desk owes everybody: it fits the screen, the keyboard reaches it, it shuts nobody out."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

from playwright.sync_api import ConsoleMessage, Dialog, Error, Page

SIZES = ((1440, 900), (1024, 768))
"""Width and height of the screens that offices have, in pixels."""

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
_GRAVE = """async () => {
  const found = await axe.run({ resultTypes: ["violations"] });
  return found.violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => [one.id, ...one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200))].join(" "));
}"""
_WIDE = """async () => {
  const wide = () => document.documentElement.scrollWidth - innerWidth;
  for (let frame = 0; frame < 60 && wide() > 0; frame += 1) await new Promise(requestAnimationFrame);
  return wide();
}"""
_UNREACHABLE = """
[...document.querySelectorAll('[onclick], [role=button], a[href], button, input, select, textarea')]
  .filter(e => e.tabIndex < 0 && !e.disabled && e.type !== 'hidden' && e.checkVisibility()
               && !e.closest('[role=menu], [role=tablist], .ts-wrapper, .select2'))
  .map(e => e.outerHTML.slice(0, 120))"""


@contextmanager
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser says while this lasts, such as what its content security policy forbade.

    Pages are kept from test to test, because a new tab costs as much as five pages.
    """
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    def fail(error: Error) -> None:
        said.append(str(error))

    def leave(dialog: Dialog) -> None:
        if dialog.type != "beforeunload":
            said.append(f"dialog: {dialog.message}")
        dialog.accept()

    page.on("console", hear)
    page.on("pageerror", fail)
    page.on("dialog", leave)
    yield said
    page.remove_listener("console", hear)
    page.remove_listener("pageerror", fail)
    page.remove_listener("dialog", leave)


def grave(page: Page) -> list[str]:
    """Each serious or critical thing that axe-core finds: its name and where it is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found: list[str] = page.evaluate(_GRAVE)
    return found


def too_wide(page: Page) -> dict[int, int]:
    """Width of a screen → by how many pixels the open page is too wide for it. Ends at the first size."""
    found = {}
    for width, height in reversed(SIZES):
        page.set_viewport_size({"width": width, "height": height})
        found[width] = page.evaluate(_WIDE)
    return {width: wide for width, wide in found.items() if wide > 0}


def unreachable(page: Page) -> list[str]:
    """What a mouse can press and the Tab key does not come to."""
    found: list[str] = page.evaluate(_UNREACHABLE)
    return found
