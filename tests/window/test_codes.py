"""Every code on the screen can be read by a phone, at an angle, blurred, in poor light, and says the right address."""

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
import zxingcpp

from catalog.links import phone_url
from tests.sample import COUNTY
from tests.window.conftest import STANDS

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow
PANELS = [((1080, 1920), 43.0), ((1920, 1080), 43.0), ((768, 1366), 32.0), ((1080, 1920), 21.5)]
Picture = np.ndarray


def half(picture: Picture) -> Picture:
    return cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def turned(picture: Picture) -> Picture:
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 20, 0.8)
    return cv2.warpAffine(picture, turn, (width, height), borderValue=200)


def aslant(picture: Picture) -> Picture:
    height, width = picture.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = corners + np.array([[0.08, 0.05], [-0.12, 0.1], [0, -0.02], [0.05, 0]]) * (width, height)
    warp = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    return cv2.warpPerspective(picture, warp, (width, height), borderValue=200)


def blurred(picture: Picture) -> Picture:
    return cv2.GaussianBlur(picture, (0, 0), 1.2)


def faint(picture: Picture) -> Picture:
    noise = np.random.default_rng(1).normal(0, 4, picture.shape)
    return np.clip(110 + picture * 0.22 + noise, 0, 255).astype(np.uint8)


PHOTOGRAPHS = {
    "straight": (),
    "half": (half,),
    "turned": (turned,),
    "aslant": (aslant,),
    "blurred": (blurred,),
    "faint": (faint,),
    "all but half": (turned, aslant, blurred, faint),
    "from far and faint": (half, faint),
    "from far, turned": (turned, half),
    "from far, aslant": (aslant, half),
}


FRAMES = (1.0, 0.93, 1.08)
"""A phone looks many times a second from a hand that moves: the sizes in which OpenCV may read a picture."""


def aimed(stand: "Stand") -> Picture:
    """The code with what is around it, as somebody aims."""
    from screens.shared.widgets import QrCode

    screen = cv2.cvtColor(stand.picture(), cv2.COLOR_RGB2GRAY)
    (code,) = (widget for widget in stand.widgets() if isinstance(widget, QrCode))
    x, y = code.to_window(*code.center)
    reach = min(code.size) * 0.85
    top = len(screen) - y
    return screen[max(0, int(top - reach)) : int(top + reach), max(0, int(x - reach)) : int(x + reach)]


def unread(aim: Picture, url: str) -> list[str]:
    """What could not be read, by which reader."""
    found, reader = [], cv2.QRCodeDetectorAruco()
    for name, steps in PHOTOGRAPHS.items():
        picture = aim
        for step in steps:
            picture = step(picture)
        if [code.text for code in zxingcpp.read_barcodes(picture)] != [url]:
            found.append(f"zxing {name}")
        frames = (cv2.resize(picture, None, fx=size, fy=size) for size in FRAMES)
        if not any(reader.detectAndDecode(frame)[0] == url for frame in frames):
            found.append(f"opencv {name}")
    return found


@pytest.mark.parametrize(("size", "inches"), PANELS)
def test_every_code_can_be_photographed(stands: STANDS, size: tuple[int, int], inches: float) -> None:
    stand: Stand = stands(size, inches)
    long_service, event, long_event = (
        max(stand.services, key=len),
        stand.events[0],
        max(stand.events, key=len),
    )
    kinds = {
        f"service/{stand.service_id}": ("service", stand.service_id),
        f"service/{long_service}": ("service", long_service),
        f"event/{event}": ("life_event", event),
        f"event/{long_event}": ("life_event", long_event),
        f"handoff/service/{long_service}": ("service", long_service),
        f"handoff/life_event/{event}": ("life_event", event),
    }
    found: list[str] = []
    for route, (kind, record_id) in kinds.items():
        stand.go(route)
        assert "127.0.0.1:8080" in stand.words()
        url = phone_url(COUNTY.public_url, kind, record_id, 1)
        found += [f"{route}: {one}" for one in unread(aimed(stand), url)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("size", "inches"), PANELS[1:3])
def test_a_full_list_with_answers_can_be_photographed(
    stands: STANDS, size: tuple[int, int], inches: float
) -> None:
    """Eight services and the answers to five flows, twenty at least, in one code of version 15 or smaller."""
    from kiosk.handoff import QUIET_ZONE

    stand: Stand = stands(size, inches)
    for service in stand.services[:8]:
        stand.go(f"do/choose/service/{service}")
    given = 0
    for event in [event.id for event in stand.catalogue.events if event.flow][:5]:
        stand.go(f"question/life_event/{event}")
        while stand.route.startswith("question/"):
            page = stand.kiosk._frame.shown.page
            stand.kiosk.go(page.next_route or (page.keys or page.options)[0].route)
        stand.go(f"do/choose/answers/life_event/{event}")
        given += len(stand.kiosk.visit.walks["life_event", event].answers)
    assert given >= 20
    stand.go("handoff/list/all")
    handoff = stand.kiosk._frame.shown.page.handoff
    assert len(handoff.url.partition("#")[2].split(".")) == 13
    assert len(handoff.matrix) - 2 * QUIET_ZONE <= 17 + 4 * 15
    aim = aimed(stand)
    for picture in (half(aim), blurred(aim), blurred(half(aim)), aslant(turned(aim))):
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [handoff.url]
