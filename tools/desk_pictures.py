"""Takes the pictures of the county's desk: python -m tools.desk_pictures [FOLDER]

Every page of the menu, as somebody who may open it, on a screen and on a tablet.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from tests.sample import sample_records
from tests.web.addresses import addresses
from tests.web.desk import RunningDesk, running_desk

SIZES = {"screen": (1440, 900), "tablet": (1024, 768)}


def take(folder: Path) -> list[str]:
    """Write every picture into `folder`; returns the names of the pages, each with a picture of every size."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as state,
        running_desk(Path(state), sample_records()) as desk,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        names = [_take(desk, browser, address, folder) for address in addresses()]
        browser.close()
    return names


def _take(desk: RunningDesk, browser: Browser, address: str, folder: Path) -> str:
    name = address.removeprefix("/").removesuffix("/list").strip("/").replace("/", "-")
    for size, (width, height) in SIZES.items():
        viewport = {"width": width, "height": height}
        with desk.context(browser, addresses()[address], viewport=viewport) as context:
            page = context.new_page()
            page.goto(address, wait_until="networkidle")
            page.screenshot(path=folder / f"{name}-{size}.png")
    return name


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/pictures/desk"))
