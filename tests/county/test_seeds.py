"""The records that a county starts with, and the settings that they come from."""

from datetime import date
from pathlib import Path

import pytest

from county.seeds import calendar_years, county, updated
from county.settings import BadSettings, read_settings


def test_the_county_is_what_the_settings_say(tmp_path: Path) -> None:
    record = county(read_settings(tmp_path, title="某县", public_url="https://hall.example/"))
    assert (record.id, record.title, record.public_url) == ("county", "某县", "https://hall.example")
    changed = updated(record, {"zone_title": "新名称", "title": None, "demonstration": True})
    assert (changed.title, changed.zone_title, changed.demonstration) == ("某县", "新名称", True)


def test_a_file_replaces_the_defaults_and_the_command_line_the_file(tmp_path: Path) -> None:
    override = tmp_path / "own.toml"
    override.write_text("port = 9000\nhost = '0.0.0.0'\n")
    settings = read_settings(tmp_path, override, port=9001)
    assert (settings.host, settings.port, settings.targets_days) == ("0.0.0.0", 9001, 180)


@pytest.mark.parametrize("text", ["prot = 1", "port = 'many'", "targets_threshold = 2", "port = "])
def test_wrong_settings_are_refused(tmp_path: Path, text: str) -> None:
    override = tmp_path / "own.toml"
    override.write_text(text)
    with pytest.raises(BadSettings, match=r"own\.toml"):
        read_settings(tmp_path, override)


def test_the_years_that_are_announced() -> None:
    years = {year.id: year for year in calendar_years(date(2026, 11, 22))}
    assert {"2024", "2025", "2026"} <= years.keys()
    assert "2023" not in years
    year = years["2026"]
    assert year.confirmed
    assert date(2026, 2, 17) in year.holidays
    assert date(2026, 2, 14) in year.working_weekends
    assert all(day.year == 2026 for day in (*year.holidays, *year.working_weekends))
    assert all(day.weekday() >= 5 for day in year.working_weekends)
