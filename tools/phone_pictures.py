"""Takes the pictures of the phone pages: python -m tools.phone_pictures [FOLDER]"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from county.web.app import create_app
from tests.county.web.state import MORNING, publish
from tests.sample import sample_records
from tests.web.serving import serving

PICTURES = {"phone-service": "/m/service/birth-registration?e=3", "phone-event": "/m/event/having-a-baby?e=3"}


def take(folder: Path) -> None:
    """Write every picture into `folder`, with the first paper of each list ticked."""
    with TemporaryDirectory() as state:
        publish(Path(state), sample_records(), 3)
        with serving(create_app(Path(state), lambda: MORNING)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            page = browser.new_page(
                viewport={"width": 390, "height": 844},
                device_scale_factor=2,
                locale="zh-CN",
                reduced_motion="reduce",
            )
            for name, path in PICTURES.items():
                page.goto(address + path)
                page.locator("input").first.focus()
                page.keyboard.press("Space")
                page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
                page.screenshot(path=folder / f"{name}.png")
            browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/pictures"))
