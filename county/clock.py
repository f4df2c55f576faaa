"""The county's own time."""

from datetime import datetime, timedelta, timezone

COUNTY_TIME = timezone(timedelta(hours=8))
"""All of China keeps one time, without summer time."""


def local(moment: datetime) -> datetime:
    """A moment on the county's clocks."""
    return moment.astimezone(COUNTY_TIME)
