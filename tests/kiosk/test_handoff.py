"""The code that carries a page away."""

import cv2
import numpy as np
import pytest
import zxingcpp

from catalog.links import phone_url
from kiosk.handoff import QUIET_ZONE, qr_matrix

URLS = [
    phone_url("http://127.0.0.1:8080", "service", "x", 1),
    phone_url("https://zwgk.qinghe.gov.cn", "life_event", "newborn-registration-in-one-visit", 12345),
    phone_url("https://政务公开.example", "service", "出生登记", 7),
]


def picture(url: str, module: int = 4) -> np.ndarray:
    dark = np.array(qr_matrix(url), dtype=bool)
    return np.kron(np.where(dark, 0, 255), np.ones((module, module))).astype(np.uint8)


@pytest.mark.parametrize("url", URLS)
def test_the_code_says_the_address(url: str) -> None:
    assert zxingcpp.read_barcodes(picture(url))[0].text == url
    assert cv2.QRCodeDetector().detectAndDecode(picture(url))[0] == url


def test_the_quiet_zone_is_white() -> None:
    dark = np.array(qr_matrix(URLS[0]))
    inside = dark[QUIET_ZONE:-QUIET_ZONE, QUIET_ZONE:-QUIET_ZONE]
    assert dark.sum() == inside.sum()
    assert inside[0].any()
    assert inside[:, 0].any()


@pytest.mark.parametrize(("part", "read"), [(6, [URLS[1]]), pytest.param(2, [], id="control")])
def test_a_tenth_of_the_code_may_be_dirty(part: int, read: list[str]) -> None:
    dirty = picture(URLS[1])
    side = len(dirty)
    dirty[side // 2 : side // 2 + side // part, side // 2 : side // 2 + side // part] = 255
    assert [code.text for code in zxingcpp.read_barcodes(dirty)] == read
