"""The records that no workbook brings: the county itself and its working calendar."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

import msgspec
from chinese_calendar import is_workday
from chinese_calendar.constants import holidays

from catalog.calendar import calendar_year
from catalog.records import CalendarYear, County, Outline, Record
from county.settings import Settings

PROFILE = ("title", "title_en", "zone_title", "zone_title_en", "area_code", "public_url", "demonstration")
"""The settings that become the county's record."""


def county(settings: Settings) -> County:
    """The county's record as the settings have it."""
    stated = {name: getattr(settings, name) for name in PROFILE}
    return updated(County(id="county", title="", zone_title="", public_url=""), stated)


def updated(record: County, given: Mapping[str, Any]) -> County:
    """The county's record with what the operator gave on the command line; None means not given."""
    stated = {name: given[name] for name in PROFILE if given.get(name) is not None}
    if "public_url" in stated:
        stated["public_url"] = stated["public_url"].rstrip("/")
    return msgspec.structs.replace(record, **stated)


def completed(record: County, read: Iterable[Record]) -> County:
    """The county's record with an empty title or area code taken from the county's outline."""
    for outline in read:
        if isinstance(outline, Outline) and outline.outline_kind == "county":
            return msgspec.structs.replace(
                record,
                title=record.title or outline.title,
                area_code=record.area_code or outline.area_code,
            )
    return record


def calendar_years(today: date) -> list[CalendarYear]:
    """The years that the chinesecalendar package covers, from the year before last."""
    years = sorted({day.year for day in holidays if day.year >= today.year - 2})
    return [_calendar_year(year) for year in years]


@cache
def _calendar_year(year: int) -> CalendarYear:
    return calendar_year(year, is_workday)
