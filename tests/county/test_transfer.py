"""One corrected telephone number moves little: everything a kiosk fetches, metadata included."""

from pathlib import Path

import msgspec
import pytest

from catalog.records import PublicService
from county.founding import found
from county.settings import read_settings
from tests.county.catalogue import NOW, approve
from tests.county.clients import Client
from tests.county.test_publishing import release
from tests.sample import sample_records

LIMIT = 12 * 1024
"""Bytes of bodies; leaves 8 KB for the headers within the promised 20 KB."""


@pytest.mark.slow
def test_one_corrected_phone_moves_little(tmp_path: Path) -> None:
    settings = read_settings(tmp_path / "state", title="测试县")
    engine = found(settings, {}, "tester", NOW).engine
    records = [record for record in sample_records() if record.id != "county"]
    approve(engine, records)
    release(engine, settings)
    client = Client(settings.repository, tmp_path / "client")
    client.pull()
    first = sum(client.fetched.values())
    moved = []
    services = [record for record in records if isinstance(record, PublicService)]
    for number, service in enumerate(services[::50]):
        channel = msgspec.structs.replace(service.channel, phone=f"0000-99{number}")
        approve(engine, [msgspec.structs.replace(service, channel=channel)])
        release(engine, settings)
        client.pull()
        moved.append(sum(client.fetched.values()))
    engine.dispose()
    assert len(moved) == 3
    assert max(moved) <= LIMIT, (moved, client.fetched)
    assert first > 10 * LIMIT
