"""What a QR code says."""

from urllib.parse import urlsplit

import pytest

from catalog.links import PAGES, host, phone_url
from catalog.records import RECORD_TYPES


def test_names_the_page_and_the_edition() -> None:
    url = phone_url("https://zone.example.gov.cn", "life_event", "having-a-baby", 12)
    assert url == "https://zone.example.gov.cn/m/event/having-a-baby?e=12"


def test_carries_nothing_of_the_visitor() -> None:
    assert urlsplit(phone_url("http://10.0.0.1:8080", "service", "id-card-first", 1)).fragment == ""


def test_only_known_kinds_have_pages() -> None:
    assert set(PAGES) <= set(RECORD_TYPES)
    with pytest.raises(KeyError):
        phone_url("http://x", "synonym", "s1", 1)


def test_shows_host_and_port() -> None:
    assert host("http://10.0.0.1:8080") == "10.0.0.1:8080"
    assert host("https://zone.example.gov.cn/base") == "zone.example.gov.cn"
